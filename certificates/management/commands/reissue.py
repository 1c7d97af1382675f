"""`manage.py reissue KID`: issues again every certificate that a closed key made worthless."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from certificates.actions import reissues
from certificates.management.rings import key_of, refusals_told
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = "Replaces what a closed key signed from its day on, with the same content; run again, it goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kid", help="as list_keys shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            made, problems = reissues.reissue(by=SYSTEM, on=today(), key=key_of(options["kid"]))
        self.stdout.write(
            f"Issued again: {made}. Their bases print the new sheets; old codes lead to the new ones."
        )
        for number, code in problems.items():
            self.stdout.write(f"Left as it is: {number} ({code}).")

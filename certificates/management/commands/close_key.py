"""`manage.py close_key KID --from 2026-03-01 --reason "…"`: a key that somebody else may have had."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from certificates.actions import keys
from certificates.management.rings import key_of, named, refusals_told
from certificates.queries.keys import touched_by
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = (
        "Closes a leaked key: what it signed from the given day on verifies no more, and what it signed before "
        "needs the registry's record. The next key takes over, or one is made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "kid", help="as list_keys shows it; an id that begins with - in its 12-digit form"
        )
        parser.add_argument(
            "--from",
            dest="from_",
            required=True,
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the first day on which somebody else may have had it",
        )
        parser.add_argument("--reason", required=True, help="what happened, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        key = key_of(options["kid"])
        with refusals_told():
            following = keys.close(
                by=SYSTEM, on=today(), key=key, from_=options["from_"], reason=options["reason"]
            )
            key.refresh_from_db()
            self.stdout.write(f"Closed from {key.compromised_from}: {named(key)}.")
            if following:
                self.stdout.write(f"Signs from now on: {named(following)}.")
            for other in keys.equip(by=SYSTEM, on=today()):
                self.stdout.write(f"Made: {named(other)}.")
        count = touched_by(key).count()
        self.stdout.write(f"Certificates that no longer verify and must be issued again: {count}.")
        if count:
            kid = options["kid"]
            self.stdout.write(f"list_keys --touched {kid} lists them, reissue {kid} replaces them.")

"""`manage.py rotate_key --federation 620500`: the next key takes over from the active one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from certificates.actions import keys
from certificates.management.rings import add_ring_arguments, named, refusals_told, ring_of
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = "Retires the active key and lets the next one sign; what the old one signed keeps verifying."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_ring_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        purpose, owner = ring_of(options)
        with refusals_told():
            key = keys.rotate(by=SYSTEM, on=today(), owner=owner, purpose=purpose)
            self.stdout.write(f"Signs from now on: {named(key)}.")
            # The service key always has a next one: see keys.equip.
            for other in keys.equip(by=SYSTEM, on=today()):
                self.stdout.write(f"Made: {named(other)}.")

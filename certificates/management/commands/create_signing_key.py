"""`manage.py create_signing_key --federation 620500`: makes a federation's signing key."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.actions import keys
from registry.models import Federation
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = "Makes the key that signs the certificates of a federation's region and the regions below."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--federation", required=True, metavar="CODE", help="region code of the federation: 620500"
        )
        parser.add_argument(
            "--not-before",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="first issue date it may sign (default: today)",
        )

    def handle(self, *, federation: str, not_before: date | None, **options: Any) -> None:
        owner = Federation.objects.select_related("region").filter(region__code=federation).first()
        if owner is None:
            raise CommandError(f"No federation in region {federation}. Found one first, or check the code.")
        on = today()
        key = keys.create(by=SYSTEM, on=on, owner=owner, not_before=not_before or on)
        self.stdout.write(
            f"Signing key {key.kid} of {owner.name}, for certificates from {key.not_before} on."
        )
        self.stdout.write("Back up the folder SIGNING_KEY_DIR, apart from the database.")

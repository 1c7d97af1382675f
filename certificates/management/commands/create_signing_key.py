"""`manage.py create_signing_key --federation 620500`: makes a key; the first of its kind signs at once."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from certificates.actions import keys
from certificates.management.rings import add_ring_arguments, named, parse_kid, refusals_told, ring_of
from certificates.models import SigningKey
from certificates.models.keys import KeyState
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = (
        "Makes a signing key of a federation, or of the installation (--purpose). Where one is active already, "
        "the new one is published as the next and waits for rotate_key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = add_ring_arguments(parser)
        whose.add_argument(
            "--missing", action="store_true", help="only the installation's own keys that are not there yet"
        )
        parser.add_argument(
            "--not-before",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="first issue date it may sign (default: today)",
        )
        parser.add_argument("--kid", type=parse_kid, help="take this key, which is in the key store already")

    def handle(self, *args: Any, **options: Any) -> None:
        made = []
        with refusals_told():
            if not options["missing"]:
                made.append(self._create(options))
            # Certificates without status lists and a trust bundle would be half a thing.
            made += keys.equip(by=SYSTEM, on=today())
        for key in made:
            self.stdout.write(f"Made: {named(key)}, for what is dated from {key.not_before} on.")
        if any(key.state == KeyState.NEXT for key in made):
            self.stdout.write("A next key signs nothing until rotate_key: verifiers learn of it first.")
        if made:
            self.stdout.write("Back up the key store, apart from the database.")

    def _create(self, options: dict[str, Any]) -> SigningKey:
        purpose, owner = ring_of(options)
        on = today()
        return keys.create(
            by=SYSTEM,
            on=on,
            owner=owner,
            purpose=purpose,
            not_before=options["not_before"] or on,
            kid=options["kid"],
        )

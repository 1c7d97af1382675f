"""`manage.py list_keys`: every signing key, its state, and how many certificates it signed."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from certificates.keystore import key_store
from certificates.management.rings import key_of, named
from certificates.models import SigningKey
from certificates.proof import base64url
from certificates.queries.keys import touched_by


class Command(BaseCommand):
    help = "Lists the signing keys; with --touched, the certificates that closing a key made worthless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--touched", metavar="KID", help="as CSV, what this closed key signed from its day on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["touched"]:
            self._list_touched(key_of(options["touched"]))
            return
        there = set(key_store().kids())
        known = SigningKey.objects.select_related("owner").annotate(signed=Count("certificates"))
        for key in known.order_by("owner_id", "purpose", "not_before", "pk"):
            until = f" to {key.not_after}" if key.not_after else ""
            closed = f", closed from {key.compromised_from}" if key.compromised_from else ""
            gone = "" if base64url.decode(key.kid) in there else ", not in the key store"
            self.stdout.write(
                f"{named(key)}, from {key.not_before}{until}{closed}, {key.signed} certificates{gone}"
            )
        for kid in sorted(there - {base64url.decode(key.kid) for key in known}):
            self.stdout.write(f"{kid.hex()}: in the key store, not in use")

    def _list_touched(self, key: SigningKey) -> None:
        table = csv.writer(self.stdout)
        table.writerow(["number", "issued_on", "status", "cohort", "base"])
        rows = touched_by(key).values_list(
            "number", "issued_on", "status", "enrolment__cohort__public_id", "base_name"
        )
        table.writerows(rows.iterator())

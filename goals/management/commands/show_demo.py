"""Prints who can sign in to the demo, one certificate to look at, and how its (invented) holder opens it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from certificates.models import Certificate
from certificates.proof import codes, fragment
from goals.demo.accounts import ACCOUNTS, PASSWORD
from registry.models import Account


class Command(BaseCommand):
    help = (
        "Shows the demo's accounts and one certificate for anyone and for its holder, if the demo is loaded."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(
            Account.objects.filter(username__in=[held.username for held in ACCOUNTS]).values_list(
                "username", flat=True
            )
        )
        if not known:
            return
        self.stdout.write(f"\nDemo accounts (password of all: {PASSWORD})")
        for held in ACCOUNTS:
            if held.username in known:
                self.stdout.write(f"  {held.username:<11} {held.role:<19} {held.name}  {held.organisation}")
        certificate = Certificate.objects.in_force().select_related("person").order_by("pk").first()
        if certificate is not None:
            address = fragment.url(settings.PUBLIC_BASE_URL, certificate.code, certificate.fragment)
            self.stdout.write(f"\nA certificate, as its QR holds it:\n  {address}")
            self.stdout.write(
                f"\nIts holder opens it at {settings.PUBLIC_BASE_URL}/my/ with\n"
                f"  number {codes.format_number(str(certificate.number))}, name {certificate.holder_name}, "
                f"last four characters of the ID {certificate.person.citizen_id[-4:]}"
            )

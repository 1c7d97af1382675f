"""Opens an account with a role in a federation: the first one of an installation, which then opens the others."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from registry import words
from registry.actions import accounts
from registry.errors import RegistryError
from registry.models import Federation
from registry.requests import today
from registry.rules.access import FEDERATION_ROLES, SYSTEM, Role


class Command(BaseCommand):
    help = "Open an account, e.g. open_account chen 陈思远 --federation 620500. Asks for the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="name of the person")
        parser.add_argument("--federation", required=True, help="code of its region")
        parser.add_argument("--role", default=Role.FEDERATION_OFFICER, choices=sorted(FEDERATION_ROLES))

    def handle(self, *args: Any, **options: Any) -> None:
        federation = Federation.objects.filter(region__code=options["federation"]).first()
        if federation is None:
            raise CommandError(
                f"No federation in region {options['federation']}: run found_federation first."
            )
        # Never an argument: those stay in the shell's history and in the process list.
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            with transaction.atomic():
                accounts.open_account(
                    by=SYSTEM,
                    on=today(),
                    username=options["username"],
                    name=options["name"],
                    password=password,
                    role=options["role"],
                    federation=federation,
                )
        except RegistryError as error:
            raise CommandError(f"{words.say(error.code, error.facts)} {error}") from error
        self.stdout.write(f"{options['username']}: {options['role']} of {federation.name}")

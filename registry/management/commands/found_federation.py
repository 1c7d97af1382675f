"""Founds a federation from the command line: how a new installation begins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry import words
from registry.actions import federations
from registry.errors import RegistryError
from registry.models import Region
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = "Found the federation of a region, e.g. found_federation 620500 天水市残疾人联合会"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("region", help="code of the region (GB/T 2260), 000000 for the nation")
        parser.add_argument("name", help="name of the federation")
        parser.add_argument("--public-name", default="", help="neutral name printed on certificates")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.in_force(today()).filter(code=options["region"]).first()
        if region is None:
            raise CommandError(
                f"No region {options['region']} in force. Run load_regions first, and check the code."
            )
        try:
            federation = federations.found(
                by=SYSTEM, on=today(), region=region, name=options["name"], public_name=options["public_name"]
            )
        except RegistryError as error:
            raise CommandError(f"{words.say(error.code, error.facts)} {error}") from error
        self.stdout.write(f"{federation.name}: certificates say {federation.public_name}")

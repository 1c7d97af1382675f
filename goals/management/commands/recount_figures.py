"""Counts the figures from scratch and compares; with --check it changes nothing and may exit with
1.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goals.actions import recounts
from registry.requests import today


class Command(BaseCommand):
    help = "Recount the figures from scratch; mend what differs, or with --check only tell (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only compare; exit with 1 when something differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = recounts.recount(on=today(), check=options["check"])
        for (period, code), count in sorted(found.wrong_people.items()):
            self.stdout.write(f"{period} {code}: {count} people counted wrong")
        for wrong in found.wrong_totals:
            place = f"{wrong.period} {wrong.region_code} {wrong.cell}".rstrip()
            for name in sorted({*wrong.kept, *wrong.counted}):
                kept, counted = wrong.kept.get(name, 0), wrong.counted.get(name, 0)
                if kept != counted:
                    self.stdout.write(f"{place}: {name} is kept as {kept}, the people count {counted}")
        if found.agrees:
            self.stdout.write(f"{found.people} people recounted: everything agrees")
        elif options["check"]:
            raise CommandError("The figures differ. Run recount_figures without --check to mend them.")
        else:
            self.stdout.write("Mended.")

"""Adds the appended changes of the two-skills counts to the totals of their regions."""

from typing import Any

from django.core.management.base import BaseCommand

from goals.actions import coverage


class Command(BaseCommand):
    help = "Fold the deltas of the two-skills counts into the totals; figures do not change by it."

    def handle(self, *args: Any, **options: Any) -> None:
        folded = 0
        while count := coverage.fold():
            folded += count
        self.stdout.write(f"deltas folded: {folded}")

"""What a mere date changes: who counts, and which rate limits are spent. Run it daily, after midnight in China."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from goals.actions import recounts
from registry.actions import throttles
from registry.requests import today

A_WEEK = timedelta(days=7)
# The longest window of any limit is an hour.
A_DAY = timedelta(days=1)


class Command(BaseCommand):
    help = "Count people whose external certificate ran out or who reached working age; forget spent rate limits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", type=date.fromisoformat, help="first day, as 2024-06-03; default a week ago"
        )
        parser.add_argument("--on", type=date.fromisoformat, help="last day; default today")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or today()
        # A week, so that some missed nights are made good; counting somebody twice changes nothing.
        counted = recounts.beat(since=options["since"] or on - A_WEEK, on=on)
        self.stdout.write(f"people counted afresh: {counted}")
        forgotten = throttles.forget(before=timezone.now() - A_DAY)
        self.stdout.write(f"spent rate limits forgotten: {forgotten}")

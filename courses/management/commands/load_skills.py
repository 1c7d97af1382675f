"""Loads the seeded skills; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.actions import skills


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        counts = skills.load()
        self.stdout.write(f"skills: {counts['created']} created, {counts['changed']} changed")

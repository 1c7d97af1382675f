"""manage.py load_regions: the region tree of GB/T 2260."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.actions import regions


class Command(BaseCommand):
    help = "Loads the regions of China, with retired codes and local units. Run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = regions.load()
        self.stdout.write(
            f"regions: {loaded.created} created, {loaded.changed} changed, {loaded.total} in all"
        )

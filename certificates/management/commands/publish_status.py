"""`manage.py publish_status --to FOLDER`: the status lists as files, for a web server or CDN."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.actions import status_lists
from certificates.management.rings import refusals_told


class Command(BaseCommand):
    help = "Writes the status lists that changed or are a day old, each in one step, to be served under /status/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", required=True, type=Path, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            written = status_lists.publish(at=timezone.now(), to=options["to"])
        if not written:
            self.stdout.write("No status list changed.")
        for number in written:
            self.stdout.write(f"Status list {number} written.")

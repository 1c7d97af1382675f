"""`manage.py export_verifier`: one HTML file that checks certificates without a network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.views.verifier import verifier_file


class Command(BaseCommand):
    help = "Writes the offline verifier, a single HTML file with today's keys and status lists, to hand out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="where to write it")
        parser.add_argument(
            "--without-status",
            action="store_true",
            help="leave the status lists out: the file then never says that a certificate is in force",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = verifier_file(timezone.now(), with_status=not options["without_status"])
        options["to"].write_text(made, encoding="utf-8")
        self.stdout.write(f"{options['to']}: {len(made.encode()) // 1024} KiB")

"""`make run`: prepare whatever is missing, say what is there, serve the site with a worker beside it until Ctrl-C."""

import os
import shutil
import subprocess
import sys
import time
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from registry.models import Person, Region


class Command(BaseCommand):
    help = "Prepares the database, loads regions, skills, plans and demo data once, and serves the site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="do everything but serve")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRODUCTION and "PUBLIC_BASE_URL" not in os.environ:
            # Addresses and QR codes lead to the port that is served; the server and the worker read it too.
            settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{options['port']}"
            os.environ["PUBLIC_BASE_URL"] = settings.PUBLIC_BASE_URL
        self._step("translations", lambda: call_command("compile_translations", verbosity=0))
        self._step("static files", lambda: call_command("collectstatic", interactive=False, verbosity=0))
        self._step("database", lambda: call_command("migrate", interactive=False, verbosity=0))
        if not Region.objects.exists():
            self._step("regions", lambda: call_command("load_regions", stdout=StringIO()))
        self._step("skills", lambda: call_command("load_skills", stdout=StringIO()))
        self._step("plans", lambda: call_command("load_plans", stdout=StringIO()))
        if not settings.PRODUCTION and not Person.objects.exists():
            self.stdout.write("demo data (about a minute, once)")
            call_command("load_demo", stdout=self.stdout)
        if not settings.PRODUCTION:
            call_command("show_demo", stdout=self.stdout)
        self._step("keys", lambda: call_command("create_signing_key", "--missing", stdout=StringIO()))
        if options["prepare_only"]:
            return
        self.stdout.write(f"\nServing http://127.0.0.1:{options['port']}/  (Ctrl-C stops)")
        self.stdout.flush()
        # Beside the server, in the same process group: Ctrl-C reaches both, and it ends when the server is gone.
        subprocess.Popen(  # noqa: S603  # this program itself
            [sys.executable, sys.argv[0], "worker", "--with-parent", "--grace", "5"],
            env={**os.environ, "LOG_LEVEL": "WARNING"},
            stdin=subprocess.DEVNULL,
        )
        granian = shutil.which("granian", path=os.path.dirname(sys.executable)) or "granian"
        # Replaces this process, so that Ctrl-C reaches the server itself.
        os.execv(  # noqa: S606  # a program of this environment, no shell between
            granian,
            [
                *(granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(options["port"])),
                *("--workers", "1", "--blocking-threads", "4", "--log-level", "error"),
                "registry.wsgi:application",
            ],
        )

    def _step(self, name: str, work: Any) -> None:
        self.stdout.write(f"{name:<14}", ending="")
        self.stdout.flush()
        begun = time.perf_counter()
        work()
        self.stdout.write(f"ready in {time.perf_counter() - begun:.1f} s")

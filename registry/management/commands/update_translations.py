"""manage.py update_translations: brings the .po files to the state of the sources (needs GNU gettext)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from registry import catalogues


class Command(BaseCommand):
    help = "Adds new messages to the English catalogues and drops those no longer used; then makes zh-Hant."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        known = {app: translated(app) for app in catalogues.APPS}
        # A message of two apps has one translation: what one app has is used for the others.
        shared = {key: entry for app in reversed(catalogues.APPS) for key, entry in known[app].items()}
        for app, wanted in messages_of_the_sources().items():
            held = shared | known[app]
            entries = [merged(entry, held.get((entry.msgctxt, entry.msgid))) for entry in wanted]
            catalogues.write(entries, catalogues.path_of(app, "en"), "en")
            empty = sum(not entry.translated() for entry in entries)
            self.stdout.write(f"{app}: {len(entries)} messages, {empty} to translate")
        call_command("make_zh_hant", stdout=self.stdout)


def translated(app: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """The English messages of an app that have a translation, by context and id."""
    entries = catalogues.read(catalogues.path_of(app, "en"))
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if entry.translated()}


def merged(found: polib.POEntry, held: polib.POEntry | None) -> polib.POEntry:
    """The message as the sources have it, with the translation we hold; never a fuzzy guess."""
    fresh = polib.POEntry(msgid=found.msgid, msgctxt=found.msgctxt)
    fresh.flags = [flag for flag in found.flags if flag != "fuzzy"]
    if found.msgid_plural:
        fresh.msgid_plural, fresh.msgstr_plural = found.msgid_plural, {0: "", 1: ""}
        if held is not None and held.msgid_plural:
            fresh.msgstr_plural = dict(held.msgstr_plural)
    elif held is not None:
        fresh.msgstr = held.msgstr
    return fresh


# makemessages knows gettext and _ only; views that need both call the first one _now.
COLLECT = """
import sys
from django.core.management import execute_from_command_line
from django.core.management.commands import makemessages
makemessages.Command.xgettext_options += ["--keyword=_now"]
execute_from_command_line(["django", *sys.argv[1:]])
"""


def messages_of_the_sources() -> dict[str, polib.POFile]:
    """Every message that the code and templates of each app hold, collected in a copy of them."""
    if shutil.which("xgettext") is None:
        raise CommandError("GNU gettext is needed (Debian: apt install gettext).")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for app in catalogues.APPS:
            shutil.copytree(
                settings.BASE_DIR / app,
                copy / app,
                ignore=shutil.ignore_patterns("locale", "static", "__pycache__"),
            )
            (copy / app / "locale").mkdir()
        subprocess.run(  # noqa: S603  # this program itself
            [
                sys.executable,
                "-c",
                COLLECT,
                "makemessages",
                "-l",
                "en",
                "--no-location",
                "--no-wrap",
                "-v",
                "0",
            ],
            cwd=copy,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "registry.settings",
                "PYTHONPATH": folder,
                "TWOSKILLS_ENV": "development",
                "TWOSKILLS_VAR": str(copy / "var"),
            },
            check=True,
        )
        return {app: catalogues.read(catalogues.path_of(app, "en", copy)) for app in catalogues.APPS}

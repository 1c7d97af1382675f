"""manage.py make_zh_hant: the zh-Hant catalogues, out of the Chinese message ids (development only)."""

from typing import Any

import polib
from django.core.management.base import BaseCommand

from registry import catalogues

# Characters as Taiwan writes them, words unchanged: these are the mainland's own terms.
OPENCC_CONFIG = "s2tw"


class Command(BaseCommand):
    help = "Makes the zh-Hant translations of every app from the message ids of its English catalogue."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for app in catalogues.APPS:
            if not catalogues.path_of(app, "en").exists():
                continue
            entries = traditional(catalogues.read(catalogues.path_of(app, "en")))
            catalogues.write(entries, catalogues.path_of(app, "zh_Hant"), "zh_Hant")
            self.stdout.write(f"{app}: {len(entries)} messages")


def traditional(english: polib.POFile) -> list[polib.POEntry]:
    """The zh-Hant entry of every message."""
    from opencc import OpenCC

    convert, corrected = OpenCC(OPENCC_CONFIG).convert, catalogues.overrides()
    entries = []
    for entry in english:
        if entry.obsolete:
            continue
        text = corrected.get(entry.msgid) or convert(entry.msgid)
        made = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, flags=list(entry.flags))
        if entry.msgid_plural:
            made.msgid_plural, made.msgstr_plural = entry.msgid_plural, {0: text}
        else:
            made.msgstr = text
        entries.append(made)
    return entries

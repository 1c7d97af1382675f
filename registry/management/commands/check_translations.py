"""manage.py check_translations: no message untranslated, fuzzy, left over, with other placeholders or two meanings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError

from registry import catalogues
from registry.management.commands.make_zh_hant import traditional
from registry.management.commands.update_translations import messages_of_the_sources

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


class Command(BaseCommand):
    help = "Fails when a translation is missing or out of step with the sources. Run update_translations to see to it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(problems())
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} translations to see to: run manage.py update_translations.")


def problems() -> Iterator[str]:
    """Every message that is not right, and why."""
    held_by_app = {app: catalogues.read(catalogues.path_of(app, "en")) for app in catalogues.APPS}
    yield from disagreements(held_by_app)
    for app, wanted in messages_of_the_sources().items():
        english = held_by_app[app]
        held, used = (
            {(e.msgctxt, e.msgid) for e in entries if not e.obsolete} for entries in (english, wanted)
        )
        yield from (f"{app} en: missing {msgid!r}" for _context, msgid in sorted(used - held, key=str))
        yield from (f"{app} en: no longer used {msgid!r}" for _context, msgid in sorted(held - used, key=str))
        for entry in english:
            yield from (f"{app} en: {problem} {entry.msgid!r}" for problem in faults(entry))
        path = catalogues.path_of(app, "zh_Hant")
        made = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in traditional(english)}
        if made != {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in catalogues.read(path)}:
            yield f"{app} zh_Hant: out of step with the message ids"


def disagreements(held: Mapping[str, Iterable[polib.POEntry]]) -> Iterator[str]:
    """Messages that two apps translate differently: every page would show the first app's words."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for app, entries in held.items():
        for entry in entries:
            if not entry.obsolete:
                words = (entry.msgstr, entry.msgid_plural, *entry.msgstr_plural.values())
                found[entry.msgctxt or "", entry.msgid][app] = words
    for (_context, msgid), by_app in sorted(found.items()):
        if len(set(by_app.values())) > 1:
            said = ", ".join(f"{app} {'/'.join(filter(None, words))!r}" for app, words in by_app.items())
            yield f"en: {msgid!r} has one meaning for every app, or a context for each: {said}"


def faults(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    if entry.obsolete:
        yield "obsolete"
    elif entry.fuzzy:
        yield "fuzzy"
    elif not entry.translated():
        yield "untranslated"
    elif any(
        not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(entry.msgid))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ):
        yield "other placeholders than"

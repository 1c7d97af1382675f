"""Where the translations lie, and how their files are read and written.

The message id is the Chinese text itself (docs/adr/0002-chinese-message-ids.md). English is translated by hand;
zh-Hant is made from the message ids by OpenCC, with corrections in `registry/locale/zh_Hant_overrides.json`.
"""

import json
import os
from pathlib import Path

import polib
from django.conf import settings

APPS = ("registry", "courses", "certificates", "goals")
OVERRIDES = "registry/locale/zh_Hant_overrides.json"
HEADERS = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh_Hant": "nplurals=1; plural=0;"}


def path_of(app: str, language: str, root: Path = settings.BASE_DIR) -> Path:
    """The catalogue of one app in one language ("en", "zh_Hant")."""
    return root / app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    """The catalogue in a file; an empty one where there is none."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def write(entries: list[polib.POEntry], path: Path, language: str) -> None:
    """Write a catalogue in the order of its message ids, with nothing that changes from run to run."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {**HEADERS, "Language": language, "Plural-Forms": PLURALS[language]}
    catalogue.extend(sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalogue}\n", encoding="utf-8")


def compile_to_mo(path: Path) -> bool:
    """Compile a catalogue beside itself if it is newer than what was compiled; whether it was."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
        return False
    fresh = compiled.with_suffix(f".{os.getpid()}")
    polib.pofile(str(path)).save_as_mofile(str(fresh))
    fresh.replace(compiled)  # another process never sees half a file
    return True


def overrides() -> dict[str, str]:
    """zh-Hant texts that were corrected by hand, by message id."""
    path = settings.BASE_DIR / OVERRIDES
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found

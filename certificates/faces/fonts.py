"""The two embedded fonts (Noto Sans SC and Noto Serif SC, OFL), and which characters they can show."""

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import ImageFont

from certificates.faces.errors import MissingGlyph

SANS: Path = pylopdf_fonts_zh_cn.sans_path()
SERIF: Path = pylopdf_fonts_zh_cn.serif_path()
FOLDER: Path = SANS.parent

SOFT_HYPHEN = 0xAD  # in the fonts but unseen: two names that look the same would not be the same


def require_glyphs(texts: Iterable[str]) -> None:
    """Raises MissingGlyph with every character neither font can show, so that no name prints with a gap."""
    shown = _shown()
    missing = {character: None for text in texts for character in text if ord(character) not in shown}
    if missing:
        raise MissingGlyph(characters=list(missing))


def shown(text: str, replacement: str) -> str:
    """The text with a sign for each character that neither font can show: for papers that are words, not proof."""
    held = _shown()
    return "".join(character if ord(character) in held else replacement for character in text)


@cache
def _shown() -> frozenset[int]:
    """What one font or the other has: made once, for it takes longer than checking a whole class."""
    return covered(SANS) | covered(SERIF)


def runs(text: str, first: Path) -> list[tuple[Path, str]]:
    """Splits a text by font: `first` for all it can show, the other font for the few characters it lacks."""
    other = SERIF if first == SANS else SANS
    shown = covered(first)
    parts: list[tuple[Path, str]] = []
    for character in text:
        path = first if ord(character) in shown else other
        if parts and parts[-1][0] == path:
            parts[-1] = (path, parts[-1][1] + character)
        else:
            parts.append((path, character))
    return parts


@cache
def sized(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """The font at a size for Pillow. Basic layout: the same on every machine, with or without libraqm."""
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def covered(path: Path) -> frozenset[int]:
    """Code points the font has a glyph for: its Unicode `cmap` of format 12 (OpenType specification)."""
    data = path.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, _checksum, offset, _length in records if tag == b"cmap")
    (encodings,) = struct.unpack_from(">H", data, cmap + 2)
    for i in range(encodings):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)
        if (platform, encoding) == (3, 10):  # Windows, full Unicode
            return frozenset(_format_12(data, cmap + offset)) - {SOFT_HYPHEN}
    raise ValueError(f"{path.name} has no full Unicode cmap")


def _format_12(data: bytes, start: int) -> Iterable[int]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    for first, last, _glyph in struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * groups]):
        yield from range(first, last + 1)

"""Breaks a text into lines of a given width by the Chinese rules of line breaking (避头尾)."""

import re
from collections.abc import Callable

Measure = Callable[[str], float]

# W3C "Requirements for Chinese Text Layout", 3.1.3: these may not begin a line …
NOT_FIRST = "，。、；：！？）》」』】〕〉”’·…—～％／),.;:!?%]}/"
# … and these may not end one.
NOT_LAST = "（《「『【〔〈“‘([{"

# What stays whole: a Chinese date, a Latin word or number, or one character; with the spaces after it.
_PIECE = re.compile(
    r"(?:\d{4}年\d{1,2}月\d{1,2}日|[A-Za-z0-9\u00c0-\u024f'@#&+_-]+|.)\s*",
    re.DOTALL | re.ASCII,
)
_NAME_PART = re.compile(r"[^·]*·+|[^·]+")


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width` (in the unit of `measure`), spaces at a line's end not counted.

    Joined again, the lines are the text: nothing is lost or added. A single character wider than
    `width` has a line of its own.
    """
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if pieces and (piece[0] in NOT_FIRST or pieces[-1].rstrip()[-1:] in NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return _fill(pieces, width, measure)


def wrap_name(name: str, width: float, measure: Measure) -> list[str]:
    """The same for a person's name, which breaks only after a middle dot: 阿卜杜热合曼· is one part."""
    return _fill(_NAME_PART.findall(name), width, measure)


def _fill(pieces: list[str], width: float, measure: Measure) -> list[str]:
    lines = [""]
    for piece in pieces:
        if _fits(lines[-1] + piece, width, measure):
            lines[-1] += piece
        elif _fits(piece, width, measure):
            lines.append(piece)
        else:  # longer than a whole line: cut wherever the line is full
            for character in piece:
                if not _fits(lines[-1] + character, width, measure):
                    lines.append("")
                lines[-1] += character
    return [line for line in lines if line] or [""]


def _fits(line: str, width: float, measure: Measure) -> bool:
    return measure(line.rstrip()) <= width

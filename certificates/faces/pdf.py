"""The paper face: a tagged A4 PDF (PDF/UA-1 and PDF/A-2a), one certificate or a batch, one sheet for each."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst

from certificates.faces import fonts, qr, typesetting
from certificates.faces.errors import FaceTooLong
from certificates.faces.face import Face, Picture

TEMPLATE = Path(__file__).with_name("certificate.typ")
QR_MM = 36
"""Side of the printed QR with its quiet zone; grows by itself for a long text (`QrCode.printed_mm`)."""
STEPS = 5
"""Sizes in the template, from 16 to 12 points for the facts: smaller would not be fair to low vision."""


def one(face: Face) -> bytes:
    """The PDF of one certificate. Raises MissingGlyph, FaceTooLong, QrTooLong or QrUnreadable."""
    return batch([face], title=f"{face.title} {face.holder_name}")


def batch(faces: Sequence[Face], *, title: str) -> bytes:
    """One PDF with a sheet for each face, in the order given; the same faces give the same bytes.

    `title` is the document's title, read out when the file opens; its language is that of the first face.
    Raises MissingGlyph, FaceTooLong, QrTooLong or QrUnreadable: then nothing is made.
    """
    if not faces:
        raise ValueError("a batch needs at least one certificate")
    fonts.require_glyphs(text for face in faces for text in face.texts())
    return _fitted(faces, title, _pdf)


def picture(face: Face, *, pixels_per_inch: int = 60) -> bytes:
    """The sheet as a PNG, to look at on a screen before anything is printed. Raises like `one`."""
    fonts.require_glyphs(face.texts())
    return _fitted([face], face.title, partial(_png, pixels_per_inch=pixels_per_inch))


def _fitted(faces: Sequence[Face], title: str, compiled: Callable[[str, date], bytes]) -> bytes:
    """Compiles, and again with the words of too long a sheet one step smaller, until all fit."""
    sheets = [_sheet(face) for face in faces]
    shown = {key: found for face in faces for key, found in _pictures(face)}
    content = {
        "title": title,
        "language": faces[0].language,
        "faces": sheets,
        # As numbers: typst reads no other bytes out of JSON. Once for the batch, however many sheets show it.
        "pictures": {key: list(found.png) for key, found in shown.items()},
    }
    newest = max(face.issued_on for face in faces)
    while True:
        try:
            return compiled(json.dumps(content, ensure_ascii=False), newest)
        except typst.TypstError as error:
            over = re.search(r"over: ([\d ]+)", error.message)
            if not over:
                raise
        for place in map(int, over[1].split()):
            sheets[place]["step"] += 1
            if sheets[place]["step"] == STEPS:
                raise FaceTooLong(position=place + 1)


def _pdf(content: str, day: date) -> bytes:
    return typesetting.pdf(TEMPLATE, day, batch=content)


def _png(content: str, day: date, *, pixels_per_inch: int) -> bytes:
    return typesetting.png(TEMPLATE, pixels_per_inch=pixels_per_inch, batch=content)


def _sheet(face: Face) -> dict[str, Any]:
    symbol = qr.draw(face.url, qr.error_correction_for(QR_MM))
    side = symbol.printed_mm(QR_MM)
    return {
        "language": face.language,
        "second": face.second.language if face.second else "",
        "titles": face.titles(),
        "certifies": face.lines("certifies"),
        "holder_name": face.holder_name,
        "statement": face.lines("statement"),
        "facts": face.facts(),
        "award": face.award(),
        "seal_place": face.words.seal,
        "proof": face.proof(),
        "instruction": face.lines("instruction"),
        # One text for a voice that cannot change its language in the middle of it.
        "qr_alt": " ".join(face.lines("qr_alt")),
        **{name: {"key": key, "alt": found.alt} for name, (key, found) in _named_pictures(face).items()},
        "specimen": face.specimen,
        "step": 0,
        "qr_svg": symbol.svg(),
        "qr_mm": side,
        "qr_quiet_mm": side * qr.QUIET_ZONE / symbol.width,
    }


def _named_pictures(face: Face) -> dict[str, tuple[str, Picture]]:
    named = {"logo": face.logo, "seal": face.seal}
    return {name: (sha256(found.png).hexdigest(), found) for name, found in named.items() if found}


def _pictures(face: Face) -> Iterable[tuple[str, Picture]]:
    return _named_pictures(face).values()

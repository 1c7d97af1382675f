"""The paper face: a tagged A4 PDF (PDF/UA-1 and PDF/A-2a), one certificate or a batch, one sheet for each."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

from certificates.faces import fonts, qr
from certificates.faces.errors import FaceTooLong
from certificates.faces.face import Face

TEMPLATE = Path(__file__).with_name("certificate.typ")
QR_MM = 36
"""Side of the printed QR with its quiet zone; grows by itself for a long text (`QrCode.printed_mm`)."""
STEPS = 5
"""Sizes in the template, from 16 to 12 points for the facts: smaller would not be fair to low vision."""

_one_at_a_time = Lock()


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
    sheets = [_sheet(face) for face in faces]
    content = {"title": title, "language": faces[0].language, "faces": sheets}
    newest = max(face.issued_on for face in faces)
    while True:
        try:
            return _compile(json.dumps(content, ensure_ascii=False), newest)
        except typst.TypstError as error:
            over = re.search(r"over: ([\d ]+)", error.message)
            if not over:
                raise
        for place in map(int, over[1].split()):
            sheets[place]["step"] += 1
            if sheets[place]["step"] == STEPS:
                raise FaceTooLong(position=place + 1)


def _compile(content: str, day: date) -> bytes:
    with _one_at_a_time:
        made = _compiler().compile(
            sys_inputs={"batch": content},
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    return cast(bytes, made)


def _sheet(face: Face) -> dict[str, Any]:
    symbol = qr.draw(face.url, qr.error_correction_for(QR_MM))
    side = symbol.printed_mm(QR_MM)
    return {
        "language": face.language,
        "words": asdict(face.words),
        "title": face.title,
        "holder_name": face.holder_name,
        "facts": face.facts(),
        "award": face.award(),
        "proof": face.proof(),
        "step": 0,
        "qr_svg": symbol.svg(),
        "qr_mm": side,
        "qr_quiet_mm": side * qr.QUIET_ZONE / symbol.width,
    }


@cache
def _compiler() -> typst.Compiler:
    """One for the process, which keeps the fonts read. Used under the lock: a compile changes its inputs."""
    families = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[fonts.FOLDER],
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=families)

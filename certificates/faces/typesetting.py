"""Typst, for every paper of the site: a template and its content in, a tagged PDF (PDF/UA-1, PDF/A-2a) or a picture out."""

from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst

from certificates.faces import fonts

_one_at_a_time = Lock()


def pdf(template: Path, day: date, **content: str) -> bytes:
    """The PDF, dated `day`: the same content gives the same bytes. Raises typst.TypstError."""
    with _one_at_a_time:
        made = _compiler(template).compile(
            sys_inputs=content,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    return cast(bytes, made)


def png(template: Path, *, pixels_per_inch: int, **content: str) -> bytes:
    """The first sheet as a picture. Raises typst.TypstError."""
    with _one_at_a_time:
        made = _compiler(template).compile(sys_inputs=content, format="png", ppi=pixels_per_inch)
    return cast(bytes, made)


@cache
def _compiler(template: Path) -> typst.Compiler:
    """One for the process and template, which keeps the fonts read. Used under the lock: a compile changes its inputs."""
    return typst.Compiler(template, root=template.parent, font_paths=_families())


@cache
def _families() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[fonts.FOLDER],
    )

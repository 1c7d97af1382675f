"""A paper as a tagged A4 PDF (PDF/UA-1 and PDF/A-2a), set by typst like the certificates."""

import json
from dataclasses import asdict
from pathlib import Path

from certificates.faces import fonts, typesetting
from goals.papers.paper import Paper

TEMPLATE = Path(__file__).with_name("paper.typ")
REPLACEMENT = "□"


def made(paper: Paper) -> bytes:
    """The PDF; the same paper gives the same bytes. A character that the fonts lack is printed as an empty box."""
    content = json.dumps(asdict(paper), ensure_ascii=False, default=_plain)
    return typesetting.pdf(TEMPLATE, paper.day, paper=fonts.shown(content, REPLACEMENT))


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)

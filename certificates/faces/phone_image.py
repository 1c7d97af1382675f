"""The phone face: one tall grey picture, big enough to read on a small screen and to be scanned from it."""

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

from certificates.faces import fonts, qr
from certificates.faces.errors import FaceTooLong, QrUnreadable
from certificates.faces.face import Face
from certificates.faces.wrap import Measure, wrap, wrap_name

WIDTH = 1080
"""Pixels: three for each point of the common 360-point phone, so 48 px here is 16 px there."""
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
LABEL_COLUMN = 250
LONGEST = 8000
"""Pixels; a canvas no real certificate fills, cropped to what was drawn."""
BLACK, LABEL_GREY, RULE_GREY, WHITE = 0, 70, 150, 255
GREYS = 8


def draw(face: Face) -> bytes:
    """The PNG of one certificate, 1080 px wide. The same face gives the same bytes.

    Raises MissingGlyph, FaceTooLong, QrTooLong, or QrUnreadable when the QR cannot be read from the
    finished file.
    """
    fonts.require_glyphs(face.texts())
    symbol = qr.draw(face.url, "M")
    page = _Page()
    words = face.words
    page.down(110)
    page.centred(face.title, (100, 92, 84, 76, 68), fonts.SERIF, bold=2)
    page.down(34)
    page.rule(260, BLACK)
    page.down(56)
    page.centred(words.certifies, (44,), fonts.SANS, shade=LABEL_GREY)
    page.down(30)
    page.centred(
        face.holder_name,
        (116, 100, 88, 76, 64),
        fonts.SERIF,
        bold=1,
        breaking=wrap_name,
    )
    page.down(36)
    page.centred(words.statement, (46, 42), fonts.SANS)
    page.down(60)
    page.pairs(face.facts(), 50)
    page.down(48)
    page.rule(INNER, RULE_GREY)
    page.down(48)
    page.pairs(face.award(), 46)
    page.down(48)
    page.rule(INNER, RULE_GREY)
    page.down(20)
    page.square(symbol)
    page.down(10)
    page.pairs(face.proof(), 54)
    page.down(34)
    page.left(words.instruction, 40)
    page.down(100)
    file = _png(page.finished())
    if qr.read_back(Image.open(io.BytesIO(file)).convert("L")) != face.url:
        raise QrUnreadable(version=symbol.version)
    return file


@dataclass
class _Page:
    """A canvas filled from the top; `y` is how far it has come."""

    canvas: Image.Image = field(default_factory=lambda: Image.new("L", (WIDTH, LONGEST), WHITE))
    y: int = 0

    def __post_init__(self) -> None:
        self.pen = ImageDraw.Draw(self.canvas)

    def down(self, pixels: int) -> None:
        self.y += pixels

    def rule(self, width: int, shade: int) -> None:
        left = (WIDTH - width) // 2
        self.pen.rectangle((left, self.y, left + width - 1, self.y + 3), fill=shade)
        self.y += 4

    def centred(
        self,
        text: str,
        sizes: Sequence[int],
        font: Path,
        *,
        bold: int = 0,
        shade: int = BLACK,
        breaking: Callable[[str, float, Measure], list[str]] = wrap,
    ) -> None:
        """In the first size that fits one line, or else broken into lines in the last."""
        size = next((size for size in sizes if _width(text, size, font) <= INNER), sizes[-1])
        for line in _even(lambda width: breaking(text, width, lambda part: _width(part, size, font))):
            x = (WIDTH - _width(line.rstrip(), size, font)) / 2
            self._line(x, line, size, font, bold=bold, shade=shade)

    def left(self, text: str, size: int, x: int = MARGIN, shade: int = BLACK) -> None:
        for line in wrap(text, WIDTH - MARGIN - x, lambda part: _width(part, size)):
            self._line(x, line, size, shade=shade)

    def pairs(self, items: list[tuple[str, str]], size: int) -> None:
        """Label on the left, value beside it, both wrapped in their columns."""
        label_size = round(size * 0.8)
        for i, (label, value) in enumerate(items):
            self.down(18 if i else 0)
            top = self.y
            self.down(round((size - label_size) * 0.9))  # both stand on one base line
            for line in wrap(label, LABEL_COLUMN - 24, lambda part: _width(part, label_size)):
                self._line(MARGIN, line, label_size, shade=LABEL_GREY)
            below_label, self.y = self.y, top
            self.left(value, size, MARGIN + LABEL_COLUMN)
            self.y = max(self.y, below_label)

    def square(self, symbol: qr.QrCode) -> None:
        """The QR, as big as whole pixels for each module allow."""
        picture = symbol.image((WIDTH - 60) // symbol.width)
        self.canvas.paste(picture, ((WIDTH - picture.width) // 2, self.y))
        self.y += picture.height

    def finished(self) -> Image.Image:
        """Cropped, with a double frame like that of the paper certificate."""
        if self.y > LONGEST:
            raise FaceTooLong(position=1)
        picture = self.canvas.crop((0, 0, WIDTH, self.y))
        pen = ImageDraw.Draw(picture)
        pen.rectangle((20, 20, WIDTH - 21, self.y - 21), outline=BLACK, width=6)
        pen.rectangle((34, 34, WIDTH - 35, self.y - 35), outline=BLACK, width=2)
        return picture

    def _line(
        self,
        x: float,
        line: str,
        size: int,
        font: Path = fonts.SANS,
        *,
        bold: int = 0,
        shade: int = BLACK,
    ) -> None:
        baseline = self.y + round(size * 1.1)
        for path, run in fonts.runs(line, font):
            drawn = fonts.sized(path, size)
            self.pen.text(
                (x, baseline),
                run,
                fill=shade,
                font=drawn,
                anchor="ls",
                stroke_width=bold / 2,
            )
            x += drawn.getlength(run)
        self.y += round(size * 1.45)


def _even(broken: Callable[[float], list[str]]) -> list[str]:
    """The narrowest setting that needs no further line, so that no single character hangs below."""
    full = broken(INNER)
    narrower = (broken(INNER * share) for share in (0.6, 0.7, 0.8, 0.9))
    return next((lines for lines in narrower if len(lines) == len(full)), full)


def _width(text: str, size: int, font: Path = fonts.SANS) -> float:
    return sum(fonts.sized(path, size).getlength(run) for path, run in fonts.runs(text, font))


def _png(picture: Image.Image) -> bytes:
    """Few greys make a small file, and the eye sees no difference in letters."""
    step = 255 / (GREYS - 1)
    small = picture.point([round(value / step) for value in range(256)]).convert("P")
    small.putpalette([round(step * (i // 3)) for i in range(3 * GREYS)])
    out = io.BytesIO()
    # Runs of one grey are what there is to compress: a third of the time of a full search, and no larger.
    small.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()

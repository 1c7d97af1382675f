"""The phone face: one tall picture, grey but for logo and seal, big enough to read and to scan from a small screen."""

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from certificates.faces import fonts, qr
from certificates.faces.errors import FaceTooLong, QrUnreadable
from certificates.faces.face import Face, Pair, Picture
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
COLOURS = 64
"""Of each picture."""
LOGO_WIDTH, LOGO_HEIGHT, SEAL_SIDE = INNER, 150, 380


def draw(face: Face) -> bytes:
    """The PNG of one certificate, 1080 px wide. The same face gives the same bytes.

    Raises MissingGlyph, FaceTooLong, QrTooLong, or QrUnreadable when the QR cannot be read from the
    finished file.
    """
    fonts.require_glyphs(face.texts())
    symbol = qr.draw(face.url, "M")
    page = _Page()
    page.down(110)
    if face.specimen:
        page.centred(face.specimen, (64,), fonts.SANS, bold=1, shade=LABEL_GREY)
        page.down(24)
    if face.logo:
        page.picture(face.logo, width=LOGO_WIDTH, height=LOGO_HEIGHT)
        page.down(30)
    page.centred(face.title, (100, 92, 84, 76, 68), fonts.SERIF, bold=2)
    if face.second:
        page.down(8)
        page.centred(face.second.title, (46, 40), fonts.SANS)
    page.down(34)
    page.rule(260, BLACK)
    page.down(56)
    page.sentence(face.lines("certifies"), 44, shade=LABEL_GREY)
    page.down(30)
    page.centred(
        face.holder_name,
        (116, 100, 88, 76, 64),
        fonts.SERIF,
        bold=1,
        breaking=wrap_name,
    )
    page.down(36)
    page.sentence(face.lines("statement"), 46)
    page.down(60)
    page.pairs(face.facts(), 50)
    page.down(48)
    page.rule(INNER, RULE_GREY)
    page.down(48)
    page.pairs(face.award(), 46)
    if face.seal:
        page.down(36)
        page.picture(face.seal, width=SEAL_SIDE, height=SEAL_SIDE)
    page.down(48)
    page.rule(INNER, RULE_GREY)
    page.down(20)
    page.square(symbol)
    page.down(10)
    page.pairs(face.proof(), 54)
    page.down(34)
    for line, size in zip(face.lines("instruction"), (40, 36), strict=False):
        page.left(line, size)
        page.down(10)
    page.down(90)
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
        self.pictures: list[tuple[Image.Image, int, int]] = []

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

    def sentence(self, lines: Sequence[str], size: int, *, shade: int = BLACK) -> None:
        """In each language of the certificate, the second one smaller below."""
        for line, own in zip(lines, (size, round(size * 0.82)), strict=False):
            self.centred(line, (own, own - 4), fonts.SANS, shade=shade)

    def picture(self, shown: Picture, *, width: int, height: int) -> None:
        """In the middle, as big as fits; kept aside, for it has colours and the page has not."""
        opened = Image.open(io.BytesIO(shown.png)).convert("RGBA")
        scale = min(width / opened.width, height / opened.height)
        size = (max(1, round(opened.width * scale)), max(1, round(opened.height * scale)))
        self.pictures.append((opened.resize(size, Image.Resampling.LANCZOS), (WIDTH - size[0]) // 2, self.y))
        self.y += size[1]

    def left(self, text: str, size: int, x: int = MARGIN, shade: int = BLACK) -> None:
        for line in wrap(text, WIDTH - MARGIN - x, lambda part: _width(part, size)):
            self._line(x, line, size, shade=shade)

    def pairs(self, items: list[Pair], size: int) -> None:
        """Label on the left, value beside it, both wrapped in their columns; a second language below each."""
        label_size = round(size * 0.8)
        for i, pair in enumerate(items):
            self.down(18 if i else 0)
            top = self.y
            self.down(round((size - label_size) * 0.9))  # both stand on one base line
            for text, own in ((pair.label, label_size), (pair.label_too, round(label_size * 0.8))):
                for line in wrap(text, LABEL_COLUMN - 24, partial(_width, size=own)):
                    self._line(MARGIN, line, own, shade=LABEL_GREY)
            below_label, self.y = self.y, top
            for text, own in ((pair.value, size), (pair.value_too, round(size * 0.8))):
                if text:
                    self.left(text, own, MARGIN + LABEL_COLUMN)
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
        return _coloured(_greys(picture), self.pictures)

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


def _greys(picture: Image.Image) -> Image.Image:
    """Few greys make a small file, and the eye sees no difference in letters."""
    step = 255 / (GREYS - 1)
    small = picture.point([round(value / step) for value in range(256)]).convert("P")
    small.putpalette(_palette_of_greys())
    return small


def _palette_of_greys() -> list[int]:
    return [round(255 / (GREYS - 1) * (i // 3)) for i in range(3 * GREYS)]


def _coloured(page: Image.Image, pictures: Sequence[tuple[Image.Image, int, int]]) -> Image.Image:
    """The page with its pictures, each of which brings some colours of its own into the palette."""
    palette = _palette_of_greys()
    for picture, x, y in pictures:
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        own = paper.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        first = len(palette) // 3
        colours = (own.getpalette() or [])[: 3 * COLOURS]
        palette += colours
        page.paste(own.point([(first + value) % 256 for value in range(256)]), (x, y))
    page.putpalette(palette)
    return page


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    colours = len(picture.getpalette() or []) // 3
    if colours <= 16:
        # Runs of one grey are what there is to compress: a third of the time of a full search, and no larger.
        picture.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    else:
        picture.save(out, "PNG", bits=8, compress_level=6)
    return out.getvalue()

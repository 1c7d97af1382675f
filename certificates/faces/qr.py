"""The QR of a certificate: drawn by one library, read back by another before anyone sees it."""

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import zxingcpp
from PIL import Image
from qrcode import QRCode, constants, util
from qrcode.exceptions import DataOverflowError

from certificates.faces.errors import QrTooLong, QrUnreadable

ErrorCorrection = Literal["M", "Q"]

QUIET_ZONE = 4
"""Modules left white on each side (ISO/IEC 18004)."""
SMALLEST_MODULE_MM = 0.5
"""A phone at arm's length still separates 0.5 mm modules; below about 0.45 mm readers begin to fail."""
SELF_CHECK_PX = 3
SIGNED_MASK = 2
"""The mask of symbols that are mostly signature. Such digits look random under all eight masks, so that trying
each, four fifths of the time it takes to draw, gains nothing: over 960 blurred, turned, badly lit pictures the
tried mask was read as often as this one (42 % at M, 45 % at Q, conditions chosen so that about half fail)."""
MOSTLY_SIGNATURE = 100
"""Digits after the # from which on that holds."""

_LEVELS = {"M": constants.ERROR_CORRECT_M, "Q": constants.ERROR_CORRECT_Q}
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


@dataclass(frozen=True)
class QrCode:
    """A drawn QR symbol that has been read back."""

    text: str
    error_correction: ErrorCorrection
    version: int
    modules: tuple[tuple[bool, ...], ...]
    """Rows of dark (True) and light modules, without the quiet zone."""

    @property
    def width(self) -> int:
        """Modules across, with the quiet zone on both sides."""
        return len(self.modules) + 2 * QUIET_ZONE

    @cached_property
    def path(self) -> str:
        """The dark modules as one SVG path in a square of `width` units."""
        return "".join(_row_path(y, row) for y, row in enumerate(self.modules, QUIET_ZONE))

    def svg(self) -> str:
        """A whole SVG file, white behind, with no style and no script, so that a strict CSP allows it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.width}" '
            f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{self.width}v{self.width}H0z"/>'
            f'<path d="{self.path}"/></svg>'
        )

    def image(self, module_px: int) -> Image.Image:
        """A 1-bit picture, quiet zone included."""
        return _image(self.modules, module_px)

    def png(self, module_px: int = 10) -> bytes:
        """The same as a PNG file."""
        out = io.BytesIO()
        self.image(module_px).save(out, "PNG", optimize=True)
        return out.getvalue()

    def printed_mm(self, at_least: float = 30) -> float:
        """Side of the printed square in millimetres, quiet zone included: `at_least`, or more when a long
        text makes a symbol whose modules would be smaller than SMALLEST_MODULE_MM."""
        return max(at_least, self.width * SMALLEST_MODULE_MM)


def error_correction_for(printed_mm: float) -> ErrorCorrection:
    """Q from 30 mm on, where the modules stay big enough and a stain on the paper costs most; M below that
    and on screens, where bigger modules help more (measured with three readers over 18 simulated conditions
    of blur, tilt, dirt and bad light)."""
    return "Q" if printed_mm >= 30 else "M"


def draw(url: str, error_correction: ErrorCorrection = "Q") -> QrCode:
    """Draws the QR of `url` in the smallest version that holds it, and reads it back.

    Raises QrTooLong when no version holds it, QrUnreadable when it does not read back as `url`.
    """
    signed = len(url.partition("#")[2]) >= MOSTLY_SIGNATURE
    symbol = QRCode(
        error_correction=_LEVELS[error_correction], border=0, mask_pattern=SIGNED_MASK if signed else None
    )
    for segment in segments(url):
        symbol.add_data(segment, optimize=0)
    try:
        symbol.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise QrTooLong(length=len(url)) from error
    modules = tuple(tuple(map(bool, row)) for row in symbol.modules)
    if read_back(_image(modules, SELF_CHECK_PX)) != url:
        raise QrUnreadable(version=symbol.version)
    return QrCode(url, error_correction, symbol.version, modules)


def segments(url: str) -> list[util.QRData]:
    """Splits `HTTPS://HOST/C/CODE#DIGITS` into the modes that pack it best: alphanumeric (5.5 bits a
    character), one byte for the #, which no denser mode holds, and numeric (3.3 bits a digit)."""
    address, hash_sign, fragment = url.partition("#")
    return [_segment(part) for part in (address, hash_sign, fragment) if part]


def read_back(image: Image.Image) -> str:
    """The text of the QR in a picture, or "" when there is none to be read."""
    found = zxingcpp.read_barcode(
        image, formats=zxingcpp.BarcodeFormats(zxingcpp.QRCode), text_mode=zxingcpp.TextMode.Plain
    )
    return found.text if found else ""


def _segment(part: str) -> util.QRData:
    if part.isascii() and part.isdigit():
        return util.QRData(part, mode=util.MODE_NUMBER)
    if _ALPHANUMERIC.fullmatch(part):
        return util.QRData(part, mode=util.MODE_ALPHA_NUM)
    return util.QRData(part, mode=util.MODE_8BIT_BYTE)


def _image(modules: tuple[tuple[bool, ...], ...], module_px: int) -> Image.Image:
    side = len(modules)
    small = Image.new("1", (side + 2 * QUIET_ZONE,) * 2, 1)
    dots = Image.new("1", (side, side))
    dots.putdata([0 if dark else 1 for row in modules for dark in row])
    small.paste(dots, (QUIET_ZONE, QUIET_ZONE))
    return small.resize((small.width * module_px,) * 2, Image.Resampling.NEAREST)


def _row_path(y: int, row: tuple[bool, ...]) -> str:
    """One rectangle for each run of dark modules."""
    text = "".join("1" if dark else "0" for dark in row)
    return "".join(
        f"M{QUIET_ZONE + run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z" for run in re.finditer("1+", text)
    )

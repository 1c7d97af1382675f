"""The texts of the QR codes in a photo or PDF that a stranger hands in.

Pictures and PDFs are taken apart by large libraries in C, and the file may have been made to break them. So all of
it happens in a process of its own, with little memory and time, whose crash is an answer like any other:
`scan_failed`. That costs about half a second a file.

Needs `pillow`, `zxing-cpp` and `pypdfium2`; they are loaded in that process only.
"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .errors import ScanError

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 64_000_000
MAX_SIDE = 4000  # a 12-megapixel photo stays as it is; a certificate's QR needs no more
MAX_PAGES = 10
MAX_TEXTS = 100
DOTS_PER_INCH = 200
SECONDS = 20
MEMORY = 2**31
# All that the process is told of where it runs: no secret of the site is in its reach by name.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
# What cameras, scanners and chats write. Pillow knows many more, some by starting other programs.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000", "PPM")
# A progressive JPEG draws the whole picture once for each scan; honest ones have about ten.
MAX_JPEG_SCANS = 64
_PDFIUM_WRONG_PASSWORD = 4


def read(data: bytes) -> list[str]:
    """The texts of all QR codes found, page by page; empty if there are none.

    Only the first pages of a PDF and the first picture of an animation are looked at. Raises ScanError:
    scan_too_large, scan_format, scan_encrypted, scan_failed. Never any other exception, whatever the bytes.
    """
    if len(data) > MAX_BYTES:
        raise ScanError("scan_too_large")
    try:
        done = subprocess.run(  # noqa: S603 (this very file, by our own Python)
            [sys.executable, "-X", "utf8", "-m", __name__],
            cwd=Path(__file__).parents[2],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            # Few memory arenas: on a machine of many cores each thread's would count against the limit.
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
            | {"MALLOC_ARENA_MAX": "2"},
        )
        found = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ScanError("scan_failed") from error
    if "code" in found:
        raise ScanError(found["code"])
    return [str(text) for text in found["texts"]]


def texts_in(data: bytes) -> list[str]:
    """As `read`, in this very process: only for bytes that one trusts not to crash it."""
    pictures = _pdf_pages(data) if data[:1024].lstrip().startswith(b"%PDF") else [_picture(data)]
    texts = dict.fromkeys(text for picture in pictures for text in _codes_in(picture))
    return list(texts)[:MAX_TEXTS]


def _picture(data: bytes) -> Any:
    """The picture in grey, upright and not larger than needed."""
    from PIL import Image, ImageOps

    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ScanError("scan_too_large") from error
    except Exception as error:
        # Pillow has no single error tree: a damaged file can raise nearly anything.
        raise ScanError("scan_format") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ScanError("scan_too_large")
    is_jpeg = picture.format in ("JPEG", "MPO") or picture.info.get("compression") == "jpeg"
    if is_jpeg and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ScanError("scan_format")
    try:
        picture.draft("L", (MAX_SIDE, MAX_SIDE))
        turned = picture.getexif()
        even = _even(picture)
        even.thumbnail((MAX_SIDE, MAX_SIDE))
        even.getexif().update(turned)
        upright = ImageOps.exif_transpose(even)
        if upright.has_transparency_data:
            # A QR on nothing is meant to lie on paper.
            with_alpha = upright.convert("RGBA")
            upright = Image.new("RGBA", upright.size, "white")
            upright.alpha_composite(with_alpha)
        return upright.convert("L")
    except Exception as error:
        raise ScanError("scan_format") from error


def _even(picture: Any) -> Any:
    """The picture in a mode whose pixels can be mixed, so that making it smaller loses no thin lines."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "P"):
        return picture.convert("RGBA" if picture.has_transparency_data else "L")
    return picture


def _pdf_pages(data: bytes) -> list[Any]:
    """The first pages as they would be printed, in grey."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == _PDFIUM_WRONG_PASSWORD
        raise ScanError("scan_encrypted" if encrypted else "scan_format") from error
    pages = []
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            longer = max(*page.get_size(), 1.0)
            scale = min(DOTS_PER_INCH / 72, MAX_SIDE / longer)
            pages.append(page.render(scale=scale, grayscale=True).to_pil())
    except Exception as error:
        # pypdfium2 passes on what its C library and Pillow raise.
        raise ScanError("scan_format") from error
    return pages


def _codes_in(picture: Any) -> list[str]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats(zxingcpp.QRCode)
    found = zxingcpp.read_barcodes(picture, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found]


def _limit() -> None:
    """Take memory and time away from this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows; `read` still ends it after SECONDS
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    _limit()
    try:
        answer: dict[str, Any] = {"texts": texts_in(sys.stdin.buffer.read())}
    except ScanError as error:
        answer = {"code": error.code}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()

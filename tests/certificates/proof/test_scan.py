"""QR codes out of photos and PDFs: what people hand in is read, what was made to do harm is refused in time."""

import io
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from certificates.proof import scan
from certificates.proof.errors import ScanError

TEXT = "HTTPS://CERT.EXAMPLE.CN/C/R99KXYH0CRRU#105853017968573513919144939411444432860395434377826"


def qr(text: str = TEXT, scale: int = 4) -> Image.Image:
    return Image.fromarray(zxingcpp.create_barcode(text, zxingcpp.QRCode).to_image(scale=scale))


def sheet(*texts: str) -> Image.Image:
    """A grey sheet of paper with these codes on it."""
    paper = Image.new("L", (1200, 900), 220)
    for place, text in enumerate(texts or (TEXT,)):
        paper.paste(qr(text), (60 + 300 * (place % 4), 80 + 300 * (place // 4)))
    return paper


def file_of(picture: Image.Image, form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(ScanError) as refusal:
        scan.read(data)
    assert refusal.value.step == 0
    return refusal.value.code


@pytest.mark.parametrize("form", scan.FORMATS)
def test_every_form_of_picture_is_read(form: str) -> None:
    assert scan.texts_in(file_of(sheet(), form)) == [TEXT]


def test_it_reads_in_a_process_of_its_own() -> None:
    program = (
        "import sys; from certificates.proof import scan; "
        "texts = scan.read(sys.stdin.buffer.read()); "
        "sys.exit(texts != [sys.argv[1]] or any(n in sys.modules for n in ('PIL', 'zxingcpp', 'pypdfium2')))"
    )
    root = Path(scan.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, TEXT], cwd=root, input=file_of(sheet(), "PNG"), timeout=60
    )
    assert done.returncode == 0


def test_the_sites_secrets_do_not_go_along(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    real = subprocess.run

    def run(*arguments: Any, **options: Any) -> Any:
        given.update(options["env"])
        return real(*arguments, **options)

    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr(subprocess, "run", run)
    assert scan.read(file_of(sheet(), "PNG")) == [TEXT]
    assert given.keys() <= {*scan.ENVIRONMENT, "MALLOC_ARENA_MAX"}


@pytest.mark.parametrize("turn", [2, 3, 4, 5, 6, 7, 8])
def test_a_photo_that_only_says_how_it_is_turned_is_read(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    assert scan.texts_in(file_of(sheet(), "JPEG", exif=exif)) == [TEXT]


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "P", "1", "LA", "RGBA"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    form = "TIFF" if mode == "CMYK" else "PNG"
    assert scan.texts_in(file_of(sheet().convert(mode), form)) == [TEXT]


def test_a_picture_with_16_bits_of_grey_is_read() -> None:
    deep = sheet().convert("I").point(lambda value: value * 200 + 3000).convert("I;16")
    assert scan.texts_in(file_of(deep, "PNG")) == [TEXT]


def test_a_large_black_and_white_scan_is_read() -> None:
    page = Image.new("1", (4960, 7016), 1)
    page.paste(qr(scale=14).convert("1"), (3001, 5003))
    assert scan.texts_in(file_of(page, "TIFF", compression="group4")) == [TEXT]


def test_a_code_on_transparent_ground_is_read() -> None:
    code = qr().convert("RGBA")
    code.putdata([(0, 0, 0, 0 if pixel[0] else 255) for pixel in code.getdata()])
    assert scan.texts_in(file_of(code, "PNG")) == [TEXT]


def test_a_large_photo_is_made_smaller_and_read() -> None:
    photo = Image.new("L", (9000, 6000), 230)
    photo.paste(qr(scale=14), (2000, 1500))
    assert scan.texts_in(file_of(photo, "JPEG")) == [TEXT]


def test_each_code_is_told_once_and_only_qr_codes_are() -> None:
    picture = sheet(TEXT, "SECOND", TEXT)
    other = zxingcpp.create_barcode("OTHER", zxingcpp.DataMatrix).to_image(scale=6)
    picture.paste(Image.fromarray(other), (60, 500))
    assert sorted(scan.texts_in(file_of(picture, "PNG"))) == [TEXT, "SECOND"]


def test_a_picture_without_codes_has_no_texts() -> None:
    assert scan.texts_in(file_of(Image.new("L", (300, 300), 255), "PNG")) == []


def pdf(*pages: Image.Image) -> bytes:
    return file_of(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)


def test_the_codes_of_a_pdf_come_page_by_page() -> None:
    assert scan.read(pdf(sheet("FIRST"), sheet("SECOND"))) == ["FIRST", "SECOND"]


def test_only_the_first_pages_of_a_pdf_are_looked_at() -> None:
    pages = [Image.new("L", (60, 60), 255)] * scan.MAX_PAGES
    assert scan.texts_in(pdf(*pages, sheet())) == []
    assert scan.texts_in(pdf(*pages[1:], sheet())) == [TEXT]


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(sheet()))))
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    assert refused(target.getvalue()) == "scan_encrypted"


def test_a_page_as_large_as_a_house_costs_no_more_than_another() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=2_000_000, height=2_000_000)
    target = io.BytesIO()
    writer.write(target)
    assert scan.read(target.getvalue()) == []


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "PDF"])
def test_a_file_that_ends_too_early_is_read_or_refused(form: str) -> None:
    whole = file_of(sheet(), form)
    for part in (0.1, 0.5, 0.98):
        with suppress(ScanError):
            assert scan.texts_in(whole[: int(len(whole) * part)]) in ([], [TEXT])


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG with a false header: it says its size, and holds `data`."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8001, 12_000, 100_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(side: int) -> None:
    before = time.monotonic()
    assert refused(png(side, side, zlib.compress(bytes(2**20)))) == "scan_too_large"
    assert time.monotonic() - before < 10


def test_a_jpeg_that_draws_itself_over_and_over_is_refused() -> None:
    whole = file_of(sheet(), "JPEG", progressive=True)
    assert scan.texts_in(whole) == [TEXT]
    bomb = whole[:-2] + b"\xff\xda\0\x08\x01\x01\0\x01\x3f\x10" * 100 + whole[-2:]
    assert refused(bomb) == "scan_format"


def test_a_huge_file_is_not_even_begun() -> None:
    assert refused(bytes(scan.MAX_BYTES + 1)) == "scan_too_large"


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"GIF89a"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data) == "scan_format"


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "SECONDS", 0.01)
    assert refused(file_of(sheet(), "PNG")) == "scan_failed"


@settings(max_examples=40)
@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([file_of(sheet(), form) for form in ("PNG", "JPEG", "PDF")])))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ScanError):
        assert isinstance(scan.texts_in(bytes(whole)), list)

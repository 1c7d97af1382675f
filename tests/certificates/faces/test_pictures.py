"""Logos and seals as they are uploaded: by people, and by those who mean harm."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw

from certificates.faces.errors import PictureUnfit
from certificates.faces.pictures import LEAST_SIDE, LOGO, MOST_BYTES, MOST_SIDE, SEAL, taken


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def mark(size: tuple[int, int] = (400, 400), mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).ellipse((10, 10, size[0] - 10, size[1] - 10), fill=(200, 20, 20))
    return picture.convert(mode)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_a_png_of_any_kind_becomes_one_that_fits(mode: str) -> None:
    made = opened(taken(saved(mark((900, 900), mode)), SEAL))
    assert (made.format, made.mode) == ("PNG", "RGBA")
    assert max(made.size) == SEAL.width


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_of_any_kind_too(mode: str) -> None:
    assert opened(taken(saved(mark((900, 500), mode), "JPEG"), LOGO)).format == "PNG"


def test_it_is_never_made_bigger_and_its_empty_margin_goes() -> None:
    sheet = Image.new("RGB", (1000, 1000), "white")
    sheet.paste(mark((200, 100)), (300, 600))
    assert opened(taken(saved(sheet), LOGO)).size == (181, 81)


def test_nothing_but_pixels_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    made = taken(saved(mark(), "JPEG", exif=exif, comment=b"a secret name"), SEAL)
    assert b"secret" not in made
    assert set(opened(made).info) == set()


def test_colours_are_read_through_the_profile_of_the_file() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = opened(taken(saved(mark(), icc_profile=lab), SEAL)).convert("RGB")
    middle = made.getpixel((made.width // 2, made.height // 2))
    assert all(abs(is_now - was) <= 3 for is_now, was in zip(middle, (200, 20, 20), strict=True))
    assert taken(saved(mark(), icc_profile=b"no profile at all"), SEAL)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert taken(saved(mark()), SEAL) == taken(saved(mark()), SEAL)


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (saved(mark(), "GIF"), "format"),
        (saved(mark(), "TIFF"), "format"),
        (b"%PDF-1.7", "format"),
        (saved(mark())[:300], "broken"),
        (saved(mark(), "JPEG")[:200], "broken"),
        (bomb(MOST_SIDE), "broken"),
        (bomb(MOST_SIDE + 1), "pixels"),
        (bomb(200_000), "pixels"),
        (b"x" * (MOST_BYTES + 1), "bytes"),
        (saved(mark((LEAST_SIDE, LEAST_SIDE))), "small"),
        (saved(Image.new("RGB", (400, 400), "white")), "empty"),
        (saved(Image.new("RGBA", (400, 400), (0, 0, 0, 0))), "empty"),
    ],
    ids=range(14),
)
def test_what_is_no_picture_to_print_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PictureUnfit) as refusal:
        taken(data, SEAL)
    assert refusal.value.facts["reason"] == reason

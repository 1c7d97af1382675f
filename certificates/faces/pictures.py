"""Logos and seals as they come: checked, freed of everything but their pixels, and made as small as print needs."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, UnidentifiedImageError

from certificates.faces.errors import PictureUnfit

MOST_BYTES = 2 * 1024 * 1024
MOST_SIDE = 6000
"""Pixels. A scan of A4 at 600 dpi is 4,960 by 7,016; a logo or seal is a piece of it."""
LEAST_SIDE = 60
_FORMATS = ("PNG", "JPEG")


@dataclass(frozen=True)
class Box:
    """The room a picture has, in pixels: at 300 dpi for paper."""

    width: int
    height: int


LOGO = Box(1240, 212)
"""105 mm by 18 mm."""
SEAL = Box(496, 496)
"""42 mm, the size of an official seal."""


def taken(data: bytes, box: Box) -> bytes:
    """The picture as a PNG in sRGB that fits the box, without metadata; the same data gives the same bytes.

    Raises PictureUnfit.
    """
    if len(data) > MOST_BYTES:
        raise PictureUnfit(reason="bytes", limit=MOST_BYTES // 1024 // 1024)
    picture = _in_srgb(_opened(data))
    picture = picture.crop(_seen(picture))
    if min(picture.size) < LEAST_SIDE:
        raise PictureUnfit(reason="small", limit=LEAST_SIDE)
    picture.thumbnail((box.width, box.height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Only these two decoders look at what a stranger sent, and size is known before pixels are read.
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if max(picture.size) > MOST_SIDE:
                raise PictureUnfit(reason="pixels", limit=MOST_SIDE)
            picture.load()
    except UnidentifiedImageError:
        raise PictureUnfit(reason="format") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureUnfit(reason="pixels", limit=MOST_SIDE) from None
    except (OSError, ValueError, SyntaxError):
        raise PictureUnfit(reason="broken") from None
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """With its own colours read through its profile, as red, green, blue and alpha."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            profile = None  # an unreadable profile: the numbers are taken as sRGB
    plain = picture.convert("RGBA")
    plain.info.clear()
    return plain


def _seen(picture: Image.Image) -> tuple[int, int, int, int]:
    """The part that shows on white paper: an empty margin around a logo would make it small in print."""
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    seen = paper.convert("L").point([255] * 245 + [0] * 11).getbbox()
    if seen is None:
        raise PictureUnfit(reason="empty")
    return seen

"""Pictures of the pages for the README: `SCREENSHOTS=docs/pictures pytest tests/journeys -n0`."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = os.environ.get("SCREENSHOTS", "")
COLOURS = 64


def take(page: Page, name: str, height: int | None = None) -> None:
    """The page from its top, as high as the window or as asked; nothing without a folder for it."""
    if not FOLDER:
        return
    size = page.viewport_size
    if height:
        page.set_viewport_size({"width": size["width"], "height": height})
    page.evaluate("scrollTo(0, 0)")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.set_viewport_size(size)
    keep(shot, f"{name}-{size['width']}")


def keep(picture: Image.Image, name: str) -> None:
    """A few colours are enough for text, and a tenth of the bytes."""
    if FOLDER:
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(Path(FOLDER) / f"{name}.png", optimize=True)

"""How often the printed QR is read after print, camera and mishaps, by three readers we did not write.

Run: `python benchmarks/qr_reading.py [trials]` (after `make test` has installed jsqr). Prints a table and writes
results/qr_reading.md with a picture beside it.

Each trial is one still picture; a phone takes many. The symbol is drawn as on the certificate, printed at 300 dpi
with ink that spreads, and photographed: scaled to the camera's pixels, turned, tilted, blurred (in millimetres of
paper), stained, shaded, and saved as a JPEG. The same pictures go to every reader.
"""

import io
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import strftime

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageChops, ImageDraw, ImageFilter  # noqa: E402
from pyzbar import pyzbar  # noqa: E402

from certificates.faces import qr  # noqa: E402
from tests.certificates.faces.samples import URL  # noqa: E402

RESULTS = Path(__file__).with_name("results")
DPI = 300
TEXT_ONLY = URL.partition("#")[0]
"""What the QR would hold without the signature: the smallest there could be, for comparison."""


@dataclass(frozen=True)
class Condition:
    """What happens between the printer and the reader."""

    name: str
    per_mm: float = 10
    """Camera pixels for a millimetre of paper."""
    tilt: float = 0
    """Degrees away from looking straight down."""
    blur_mm: float = 0.04
    dirt: float = 0
    """Share of the symbol under a stain."""
    contrast: float = 1
    shade: float = 0
    """How dark the dark side of a lamp's shade is."""
    curve: float = 0
    """Degrees of arc of paper that does not lie flat."""
    jpeg: int = 80


CONDITIONS = [
    Condition("flatbed scan, 300 dpi", per_mm=DPI / 25.4, blur_mm=0),
    Condition("near, 14 px a mm", per_mm=14),
    Condition("near, 10 px a mm"),
    Condition("arm's length, 7 px a mm", per_mm=7),
    Condition("far, 5 px a mm", per_mm=5),
    Condition("tilted 35 degrees", tilt=35),
    Condition("tilted 50 degrees", tilt=50),
    Condition("out of focus, 0.11 mm", blur_mm=0.11),
    Condition("out of focus, 0.22 mm", blur_mm=0.22),
    Condition("stains over 2 %", dirt=0.02),
    Condition("stains over 5 %", dirt=0.05),
    Condition("stains over 8 %", dirt=0.08),
    Condition("faint print", contrast=0.35),
    Condition("lamp from one side", shade=0.6),
    Condition("curved paper", curve=50),
    Condition("forwarded in a chat, JPEG 30", jpeg=30),
    Condition("forwarded from far, JPEG 30", per_mm=5, jpeg=30),
    Condition("a bit of everything", per_mm=8, tilt=25, blur_mm=0.08, dirt=0.02, shade=0.4, contrast=0.7),
]


def printed(symbol: qr.QrCode, side_mm: float, chance: random.Random) -> Image.Image:
    """The symbol on white paper, at the printer's resolution, its ink spread by some hundredths of a millimetre."""
    side = round(side_mm / 25.4 * DPI)
    ink = symbol.image(8).convert("L").resize((side, side), Image.Resampling.LANCZOS)
    spread = ink.filter(ImageFilter.GaussianBlur(0.8)).point(lambda grey: 0 if grey < 150 else 255)
    paper = Image.new("L", (side * 2, side * 2), 250)
    paper.paste(spread, (side // 2, side // 2))
    return paper


def photographed(paper: Image.Image, side_mm: float, how: Condition, chance: random.Random) -> Image.Image:
    """What the camera sees of it."""
    if how.dirt:
        paper = stained(paper, how.dirt, chance)
    wide = paper.width
    picture = paper.rotate(chance.uniform(-180, 180), Image.Resampling.BICUBIC, fillcolor=250)
    if how.curve:
        picture = curved(picture, how.curve)
    if how.tilt:
        picture = tilted(picture, how.tilt)
    scale = how.per_mm * 25.4 / DPI
    blur = how.blur_mm / 25.4 * DPI
    picture = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
    picture = picture.resize((round(wide * scale),) * 2, Image.Resampling.BOX)
    dark = 128 - 120 * how.contrast
    picture = picture.point(lambda grey: dark + grey * (235 - dark) / 255)
    if how.shade:
        lamp = Image.linear_gradient("L").resize(picture.size).rotate(chance.choice((0, 90, 180, 270)))
        lamp = lamp.point(lambda light: 255 - light * how.shade)
        picture = ImageChops.multiply(picture, lamp)
    noise = Image.effect_noise(picture.size, 14)
    picture = Image.blend(picture, noise, 0.06)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=how.jpeg)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


def stained(paper: Image.Image, share: float, chance: random.Random) -> Image.Image:
    """Blots on the symbol that leave its three corners alone, up to a share of its area."""
    paper = paper.copy()
    draw = ImageDraw.Draw(paper)
    side = paper.width // 2
    area = 0.0
    while area < share * side * side:
        radius = chance.uniform(0.02, 0.06) * side
        x, y = (chance.uniform(0.12, 0.88) * side for _ in range(2))
        near_left, near_top, far_right, far_down = (
            x < 0.35 * side,
            y < 0.35 * side,
            x > 0.65 * side,
            y > 0.65 * side,
        )
        if (near_left and (near_top or far_down)) or (near_top and far_right):
            continue
        centre = (x + side / 2, y + side / 2)
        box = [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius]
        draw.ellipse(box, fill=chance.choice((20, 90, 250)))
        area += 3.14159 * radius * radius
    return paper


def tilted(picture: Image.Image, degrees: float) -> Image.Image:
    """Seen from above the lower edge: the far edge is shorter and the height is less."""
    from math import cos, radians, sin

    side = picture.width
    far = 0.5 * (1 - 1 / (1 + 0.35 * sin(radians(degrees)))) * side
    height = side * cos(radians(degrees))
    top = (side - height) / 2
    corners = [(far, top), (side - far, top), (side, top + height), (0, top + height)]
    return picture.transform(
        picture.size,
        Image.Transform.PERSPECTIVE,
        perspective(corners, [(0, 0), (side, 0), (side, side), (0, side)]),
        Image.Resampling.BICUBIC,
        fillcolor=250,
    )


def perspective(seen: list[tuple[float, float]], flat: list[tuple[float, float]]) -> list[float]:
    """The eight numbers that take a seen point back to the flat one, by Gauss's elimination."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                rows[other] = [a - rows[other][at] * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[8] for row in rows]


def curved(picture: Image.Image, degrees: float) -> Image.Image:
    """Wrapped on a cylinder: strips near the edges are seen narrower."""
    from math import asin, radians, sin

    side, strips, half = picture.width, 40, radians(degrees) / 2
    mesh = []
    for strip in range(strips):
        left, right = strip * side // strips, (strip + 1) * side // strips
        a, b = ((asin((2 * edge / side - 1) * sin(half)) / half + 1) / 2 * side for edge in (left, right))
        mesh.append(((left, 0, right, side), (a, 0, a, side, b, side, b, 0)))
    return picture.transform(
        picture.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=250
    )


def by_zxing(pictures: list[Image.Image]) -> list[str]:
    return [qr.read_back(picture) for picture in pictures]


def by_zbar(pictures: list[Image.Image]) -> list[str]:
    found = (pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE]) for picture in pictures)
    return [symbols[0].data.decode("utf-8", "replace") if symbols else "" for symbols in found]


def by_jsqr(pictures: list[Image.Image]) -> list[str]:
    """The JavaScript reader that many web pages use; asked in one go."""
    from tests import interop

    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for at, picture in enumerate(pictures):
            (Path(folder) / str(at)).write_bytes(picture.tobytes())
            sizes.append(picture.size)
        read: list[str] = interop.node(
            Path(__file__).with_name("read_with_jsqr.mjs"), {"folder": folder, "sizes": sizes}, seconds=1200
        )
    return read


READERS: dict[str, Callable[[list[Image.Image]], list[str]]] = {
    "zxing-cpp": by_zxing,
    "zbar": by_zbar,
    "jsQR": by_jsqr,
}
SYMBOLS: list[tuple[str, float, qr.ErrorCorrection, str]] = [
    ("30 mm, Q", 30, "Q", URL),
    ("25 mm, M", 25, "M", URL),
    ("30 mm, address only, Q", 30, "Q", TEXT_ONLY),
]


def measure(trials: int) -> tuple[str, Image.Image]:
    lines, sheet = [], Image.new("L", (len(CONDITIONS) * 130, len(SYMBOLS) * 130), 255)
    heads = [f"{name} ({reader})" for name, *_rest in SYMBOLS for reader in [*READERS, "any"]]
    lines.append("| condition | " + " | ".join(heads) + " |")
    lines.append("|---|" + "---:|" * len(heads))
    totals: list[list[float]] = [[] for _ in heads]
    for column, how in enumerate(CONDITIONS):
        cells = []
        for row, (_name, side_mm, correction, text) in enumerate(SYMBOLS):
            symbol = qr.draw(text, correction)
            chance = random.Random(f"{how.name} {side_mm}")
            pictures = [
                photographed(printed(symbol, side_mm, chance), side_mm, how, chance) for _ in range(trials)
            ]
            sheet.paste(pictures[0].resize((124, 124)), (column * 130, row * 130))
            read = [[text == found for found in reader(pictures)] for reader in READERS.values()]
            read.append([any(trial) for trial in zip(*read, strict=True)])
            cells += [100 * sum(hits) / trials for hits in read]
        for total, cell in zip(totals, cells, strict=True):
            total.append(cell)
        lines.append(f"| {how.name} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
        print(lines[-1], flush=True)
    means = [sum(total) / len(total) for total in totals]
    lines.append("| **mean of the conditions** | " + " | ".join(f"**{mean:.0f}**" for mean in means) + " |")
    print(lines[-1])
    return "\n".join(lines), sheet


def main(trials: int) -> None:
    version = {name: qr.draw(text, correction).version for name, _mm, correction, text in SYMBOLS}
    table, sheet = measure(trials)
    RESULTS.mkdir(exist_ok=True)
    sheet.save(RESULTS / "qr_reading.png", optimize=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout
    (RESULTS / "qr_reading.md").write_text(
        "# How often the printed QR is read\n\n"
        f"`python benchmarks/qr_reading.py {trials}`, {strftime('%Y-%m-%d')}, commit {commit.strip()}: "
        f"per cent of {trials} single still pictures read, each condition; QR versions "
        + ", ".join(f"{name}: {number}" for name, number in version.items())
        + ".\n\nSimulated; no real printer or phone was used. One picture of each cell, left to right in the order of the "
        "table:\n\n![One simulated photograph for each condition and symbol](qr_reading.png)\n\n"
        + table
        + "\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)

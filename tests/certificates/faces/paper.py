"""Looks at a PDF as paper: rasterised by poppler, and read by two QR readers we did not draw it with."""

import subprocess
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image
from pyzbar import pyzbar


def rasterised(pdf: bytes, dpi: int, page: int = 1) -> Image.Image:
    """One page as a grey picture."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "certificate.pdf"
        file.write_bytes(pdf)
        command = [
            "pdftoppm",
            "-gray",
            "-singlefile",
            "-r",
            str(dpi),
            "-f",
            str(page),
            file,
            file.with_suffix(""),
        ]
        subprocess.run(command, check=True)
        picture = Image.open(file.with_suffix(".pgm"))
        picture.load()
        return picture


def read_by_zxing(picture: Image.Image) -> zxingcpp.Barcode:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.QRCode))
    assert len(found) == 1
    return found[0]


def read_by_zbar(picture: Image.Image) -> str:
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert len(found) == 1
    return str(found[0].data.decode())

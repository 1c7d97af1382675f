"""The QR: as small as an exact optimiser makes it, and never let out unread."""

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.faces import qr
from certificates.faces.errors import QrTooLong, QrUnreadable
from tests.certificates.faces import samples
from tests.certificates.faces.paper import read_by_zbar, read_by_zxing


def optimum(text: str, error_correction: str) -> int:
    """The version an encoder that searches every split of the text arrives at."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.QRCode, ec_level=error_correction)
    return (symbol.to_image(scale=1, add_quiet_zones=False).shape[0] - 17) // 4


@pytest.mark.parametrize(("error_correction", "version"), [("M", 8), ("Q", 10)])
def test_a_signed_address_takes_the_version_measured_for_it(error_correction, version):
    drawn = qr.draw(samples.URL, error_correction)
    assert drawn.version == version == optimum(samples.URL, error_correction)
    assert len(drawn.modules) == 17 + 4 * version
    assert all(len(row) == len(drawn.modules) for row in drawn.modules)


@settings(max_examples=40, deadline=None)
@given(
    host=st.from_regex(r"[A-Z0-9]{1,12}(\.[A-Z]{2,8}){1,2}(:[0-9]{4})?", fullmatch=True),
    code=st.text("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=12, max_size=12),
    fragment=st.text("0123456789", max_size=420),
    error_correction=st.sampled_from(["M", "Q"]),
)
def test_no_address_takes_more_than_one_version_above_the_optimum(host, code, fragment, error_correction):
    url = f"HTTPS://{host}/C/{code}" + (f"#{fragment}" if fragment else "")
    drawn = qr.draw(url, error_correction)
    assert drawn.version <= optimum(url, error_correction) + 1
    assert read_by_zxing(drawn.image(3)).text == url


def test_the_symbol_carries_the_error_correction_asked_for():
    for error_correction in ("M", "Q"):
        symbol = read_by_zxing(qr.draw(samples.URL, error_correction).image(4))
        assert symbol.ec_level == error_correction


def test_paper_of_30_mm_takes_q_and_smaller_takes_m():
    assert [qr.error_correction_for(mm) for mm in (29.9, 30, 36)] == ["M", "Q", "Q"]


def test_the_address_is_packed_alphanumeric_byte_numeric():
    modes = [(segment.data.decode(), segment.mode) for segment in qr.segments("HTTPS://A.CN/C/7K#0123")]
    assert modes == [("HTTPS://A.CN/C/7K", 2), ("#", 4), ("0123", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "https://cert.example.cn/c/7K3M9QXR4T2W",  # lower case: bytes
        "HTTPS://CERT.EXAMPLE.CN/C/7K3M9QXR4T2W",  # no fragment
        "HTTPS://CERT.EXAMPLE.CN/C/7K3M#MZXW6YTBOI",  # base32 fragment
        "证书#１２３",  # full-width digits are digits to Python, not to a QR
    ],
)
def test_other_texts_are_drawn_too(text):
    assert read_by_zxing(qr.draw(text).image(4)).text == text


def test_a_text_beyond_the_largest_symbol_is_refused():
    with pytest.raises(QrTooLong) as refusal:
        qr.draw("HTTPS://A.CN/C/X#" + "7" * 4000)
    assert refusal.value.facts == {"length": 4017}


def test_a_symbol_that_does_not_read_back_does_not_leave(monkeypatch):
    # A real fault of drawing: the library is made to use a format mask the symbol does not declare.
    monkeypatch.setattr(qr.util, "mask_func", lambda _pattern: lambda _row, _column: False)
    with pytest.raises(QrUnreadable) as refusal:
        qr.draw(samples.URL)
    assert refusal.value.facts == {"version": 10}
    assert "CERT" not in str(refusal.value)


def test_the_png_is_one_bit_and_both_readers_read_it():
    picture = Image.open(io.BytesIO(qr.draw(samples.URL).png(4)))
    assert picture.mode == "1"
    assert picture.size == (65 * 4, 65 * 4)
    assert read_by_zxing(picture.convert("L")).text == samples.URL
    assert read_by_zbar(picture.convert("L")) == samples.URL


def test_the_path_draws_exactly_the_dark_modules():
    drawn = qr.draw(samples.URL)
    dark = set()
    for rectangle in drawn.path.strip("Mz").split("zM"):
        corner, _, run = rectangle.partition("h")
        x, y = map(int, corner.split())
        dark |= {(x + i, y) for i in range(int(run.split("v")[0]))}
    rows = enumerate(drawn.modules, qr.QUIET_ZONE)
    assert dark == {(x, y) for y, row in rows for x, is_dark in enumerate(row, qr.QUIET_ZONE) if is_dark}


def test_the_svg_needs_no_style_and_no_script():
    svg = qr.draw(samples.URL).svg()
    assert "style" not in svg
    assert "script" not in svg
    assert 'viewBox="0 0 65 65"' in svg


def test_a_printed_symbol_grows_before_its_modules_get_too_small():
    small, large = qr.draw("HTTPS://A.CN/C/X#123"), qr.draw("HTTPS://A.CN/C/X#" + "7" * 1500)
    assert small.printed_mm() == 30
    assert small.printed_mm(36) == 36
    assert large.printed_mm() == large.width * 0.5 > 30


def test_a_picture_without_a_qr_reads_as_nothing():
    assert qr.read_back(Image.new("L", (300, 300), 255)) == ""

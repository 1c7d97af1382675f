"""The scanner in the browser: its camera, a photo read on the phone, and what is left without a script.

Chromium on Linux has no BarcodeDetector, so these tests give it one that hands each picture to ZXing; the camera
is a canvas with a photo on it. The pixels are real, and everything after them is.
"""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from certificates.models import Certificate
from tests.certificates.factories import a_photo, an_issued_certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]

DETECTOR = """
window.BarcodeDetector = class {
  async detect(source) {
    const canvas = document.createElement("canvas");
    canvas.width = source.videoWidth || source.width;
    canvas.height = source.videoHeight || source.height;
    canvas.getContext("2d").drawImage(source, 0, 0);
    return (await window.readByZXing(canvas.toDataURL())).map(rawValue => ({ rawValue }));
  }
};
"""
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const image = new Image();
  image.src = "data:image/png;base64,%s";
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  const draw = () => canvas.getContext("2d").drawImage(image, 0, 0);
  draw(); setInterval(draw, 50);
  return canvas.captureStream();
};
"""
NO_CAMERA = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""


def with_a_detector(page: Page, *scripts: str) -> Page:
    def read(data_url: str) -> list[str]:
        picture = Image.open(io.BytesIO(base64.b64decode(data_url.partition(",")[2]))).convert("L")
        return [code.text for code in zxingcpp.read_barcodes(picture)]

    page.expose_function("readByZXing", read)
    for script in (DETECTOR, *scripts):
        page.add_init_script(script)
    return page


def ours(certificate: Certificate, live_server: Any) -> str:
    return f"{live_server.url}/C/{certificate.code}#{certificate.fragment}"


@pytest.fixture(autouse=True)
def _our_address(live_server: Any, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = live_server.url


def test_the_camera_leads_to_the_certificate_with_its_signature(open_page: Open, live_server: Any) -> None:
    certificate = an_issued_certificate()
    photo = base64.b64encode(a_photo(ours(certificate, live_server))).decode()
    page = with_a_detector(open_page(width=360), CAMERA % photo)
    page.goto("/verify/scan/")
    page.get_by_role("button", name="打开摄像头").click()

    expect(page.locator("h1")).to_have_text("证书真实，当前有效")
    assert page.url.endswith(f"/C/{certificate.code}#{certificate.fragment}")


def test_the_camera_says_when_it_sees_an_imitation(open_page: Open) -> None:
    photo = base64.b64encode(a_photo("https://osta-gov.example/C/123456789012#1")).decode()
    page = with_a_detector(open_page(width=360), CAMERA % photo)
    page.goto("/verify/scan/")
    page.get_by_role("button", name="打开摄像头").click()

    expect(page.locator("h1")).to_have_text("注意：二维码打开的不是本网站")


def test_a_camera_that_may_not_be_used_is_told_and_the_photo_remains(open_page: Open) -> None:
    page = with_a_detector(open_page(width=360), NO_CAMERA)
    page.goto("/verify/scan/")
    page.get_by_role("button", name="打开摄像头").click()

    expect(page.locator("#camera-off")).to_be_visible()
    expect(page.locator("#camera-heading")).to_be_focused()
    expect(page.locator("input[type=file]")).to_be_visible()


def test_a_photo_that_the_phone_reads_is_never_sent(open_page: Open, live_server: Any) -> None:
    certificate = an_issued_certificate()
    page = with_a_detector(open_page(width=360))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/verify/scan/")
    choose(page, a_photo(ours(certificate, live_server)))

    expect(page.locator("h1")).to_have_text("证书真实，当前有效")
    assert "POST" not in sent


@pytest.mark.parametrize("javascript", [True, False])
def test_without_a_detector_the_server_reads_it(open_page: Open, live_server: Any, javascript: bool) -> None:
    certificate = an_issued_certificate()
    page = open_page(width=360, javascript=javascript)
    page.goto("/verify/scan/")
    expect(page.locator("#camera")).to_be_hidden()
    choose(page, a_photo(ours(certificate, live_server)))

    expect(page.locator("h1")).to_have_text("证书真实，当前有效")
    assert page.url.endswith(f"#{certificate.fragment}")


def choose(page: Page, photo: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": photo}
    )
    page.get_by_role("button", name="读二维码").click()

"""Pages of certificates that anyone visits, in the states that look different."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificates.actions import corrections, keys
from certificates.limits import MISSES, NUMBER_TRIES
from certificates.models import Certificate
from certificates.proof import codes
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_chain,
    a_photo,
    an_issued_certificate,
    an_issuing_base,
)
from tests.certificates.visited import NO_SUCH_CODE, issued, suspended, withdrawn
from tests.conftest import TODAY
from tests.registry.factories import a_person
from tests.registry.visits import LONG_NAME

NO_SUCH_NUMBER = codes.make_number(region_code="6205", year=2024, base_serial=9999, sequence=1)


def signed_with_a_leaked_key() -> Certificate:
    certificate = issued()
    key: Any = certificate.signing_key
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="笔记本丢失")
    return certificate


def replaced() -> Certificate:
    old = issued()
    corrections.correct(by=SYSTEM, at=AT, certificate=old, typed={"hours": 50})
    return old


def public(code: str, fragment: str = "", post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    address = reverse("certificates:verify", args=[code])
    return Visit(None, f"{address}#{fragment}" if fragment else address, post, status)


def scanned(certificate: Certificate, **changed: Any) -> Visit:
    """As a phone opens it, with the signature in its address; `changed`, what the register says otherwise."""
    if changed:
        Certificate.objects.filter(pk=certificate.pk).update(**changed)
    return public(certificate.code, certificate.fragment)


def another_signature() -> Visit:
    return public(issued().code, an_issued_certificate(a_person(2)).fragment)


def too_many_codes() -> Visit:
    for _try in range(MISSES["limit"]):
        Client().get(public(NO_SUCH_CODE).path)
    return public(NO_SUCH_CODE, status=429)


def look_up(post: Mapping[str, Any] | None = None, query: str = "", status: int = 0) -> Visit:
    return Visit(None, reverse("certificates:look-up") + query, post, status)


def too_many_numbers() -> Visit:
    wrong = look_up({"number": NO_SUCH_NUMBER, "name": "王"}, status=429)
    for _try in range(NUMBER_TRIES["limit"]):
        Client().post(wrong.path, wrong.post)
    return wrong


def photographed(*texts: str, status: int = 200) -> Visit:
    """A photo of these QR codes side by side, sent to the scanner; without any, of bare paper."""
    photo = SimpleUploadedFile("photo.png", a_photo(*texts), "image/png")
    return Visit(None, reverse("certificates:scan"), {"file": photo}, status)


def several_in_one_photo() -> Visit:
    return photographed(*(f"{settings.PUBLIC_BASE_URL}/C/{one.code}" for one in a_chain(2)))


def a_report_of(certificate: Certificate | None, post: Mapping[str, Any] | None = None) -> Visit:
    an_issuing_base()
    return Visit(
        None, reverse("certificates:report", args=[certificate.code if certificate else NO_SUCH_CODE]), post
    )


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:verify, in force": lambda: public(issued().code),
    "certificates:verify, in force, scanned": lambda: scanned(issued()),
    "certificates:verify, not as it was signed": lambda: scanned(
        issued(), holder_name="欧阳修", hours=99, level=3, issued_on=TODAY
    ),
    "certificates:verify, another's signature": another_signature,
    "certificates:verify, suspended": lambda: scanned(suspended()),
    "certificates:verify, withdrawn": lambda: scanned(withdrawn()),
    "certificates:verify, key leaked": lambda: public(signed_with_a_leaked_key().code),
    "certificates:verify, replaced": lambda: public(replaced().code),
    "certificates:verify, the same name": lambda: public(issued().code, post={"name": LONG_NAME}, status=200),
    "certificates:verify, another name": lambda: public(issued().code, post={"name": "李四"}, status=200),
    "certificates:verify, no name": lambda: public(issued().code, post={"name": ""}),
    "certificates:verify, no such code": lambda: public(NO_SUCH_CODE, status=404),
    "certificates:verify, signed but not on record": lambda: public(
        NO_SUCH_CODE, issued().fragment, status=404
    ),
    "certificates:verify, mistyped": lambda: public("ABC", status=404),
    "certificates:verify, too often": too_many_codes,
    "certificates:report": lambda: a_report_of(issued()),
    "certificates:report, no such certificate": lambda: a_report_of(None),
    "certificates:report, nothing filled in": lambda: a_report_of(issued(), {}),
    "certificates:report-received": lambda: Visit(
        None, reverse("certificates:report-received", args=[issued().code])
    ),
    "certificates:offline": lambda: Visit(None, reverse("certificates:offline", args=["zh-hans"])),
    "certificates:scan": lambda: Visit(None, reverse("certificates:scan")),
    "certificates:scan, no file": lambda: Visit(None, reverse("certificates:scan"), {"file": ""}),
    "certificates:scan, no QR in it": lambda: photographed(status=422),
    "certificates:scan, another QR": lambda: photographed("https://weixin.qq.com/r/abc"),
    "certificates:scan, an imitation": lambda: photographed(f"HTTPS://OSTA-GOV.EXAMPLE/C/{NO_SUCH_CODE}#1"),
    "certificates:scan, several": several_in_one_photo,
    "certificates:scan, the camera saw an imitation": lambda: Visit(
        None, f"{reverse('certificates:scan')}?seen=elsewhere"
    ),
    "certificates:look-up": look_up,
    "certificates:look-up, mistyped code": lambda: look_up(query="?code=1234567890AB", status=422),
    "certificates:look-up, no number and no name": lambda: look_up({}),
    "certificates:look-up, none found": lambda: look_up({"number": NO_SUCH_NUMBER, "name": "王"}, status=404),
    "certificates:look-up, too often": too_many_numbers,
}

"""What the phone adds on its own: the signature in the address, checked in the browser against the page's answer."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from certificates.actions import keys
from certificates.models import Certificate
from certificates.proof import codes
from registry.models import Throttle
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


def address(certificate: Certificate) -> str:
    return f"/C/{certificate.code}#{certificate.fragment}"


def alarm(page: Page) -> str:
    """The heading that has the focus, if the page has called for attention."""
    return str(page.evaluate("document.activeElement.id"))


def test_a_genuine_code_agrees_with_the_record_and_calls_for_no_attention(open_page: Open) -> None:
    certificate = an_issued_certificate()
    page = open_page(width=360)
    page.goto(address(certificate))

    expect(page.locator("[data-say=agrees]")).to_be_visible()
    expect(page.locator("[data-say=agrees]")).to_contain_text(certificate.issuer_name)
    expect(page.locator("[data-say=disagrees], [data-say=false], [data-say=unknown]").first).to_be_hidden()
    assert page.title().startswith("证书真实，当前有效")
    assert alarm(page) != "phone-check-heading"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"hours": 99}, "hours"), ({"holder_name": "欧阳修文"}, "name"), ({"level": 3}, "level")],
)
def test_a_record_that_differs_from_the_paper_is_told(
    open_page: Open, change: dict[str, object], field: str
) -> None:
    certificate = an_issued_certificate()
    # Only someone with the database in hand could do this: the paper still says the truth.
    Certificate.objects.filter(pk=certificate.pk).update(**change)
    page = open_page(width=360)
    page.goto(address(certificate))

    expect(page.locator("[data-say=disagrees]")).to_be_visible()
    expect(page.locator(f"[data-field={field}]")).to_be_visible()
    expect(page.locator("[data-field]:visible")).to_have_count(1)
    assert page.title().startswith("注意：二维码里签名的内容与登记不一致")
    assert alarm(page) == "phone-check-heading"


def test_the_signed_status_is_shown_beside_the_record_with_its_age(open_page: Open) -> None:
    page = open_page(width=360)
    page.goto(address(an_issued_certificate()))

    expect(page.locator("[data-say=same-status]")).to_contain_text("签名的状态名单也这样说：有效")
    expect(page.locator("[data-say=same-status]")).to_contain_text("的名单")
    expect(page.locator("[data-say=other-status]")).to_be_hidden()


def test_a_record_that_contradicts_the_signed_status_is_told_loudly(open_page: Open) -> None:
    certificate = an_issued_certificate()
    # Only someone with the database in hand could do this: the signed list was not told.
    Certificate.objects.filter(pk=certificate.pk).update(status="suspended")
    page = open_page(width=360)
    page.goto(address(certificate))

    expect(page.locator("[data-say=other-status]")).to_be_visible()
    expect(page.locator("[data-say=other-status]")).to_contain_text("名单说：有效")
    assert page.title().startswith("注意：签名的状态名单与上面的登记结果不同")
    assert alarm(page) == "phone-check-heading"


def test_the_signature_of_another_certificate_is_told(open_page: Open) -> None:
    one, other = an_issued_certificate(), an_issued_certificate()
    page = open_page()
    page.goto(f"/C/{one.code}#{other.fragment}")

    expect(page.locator("[data-say=false]")).to_be_visible()
    expect(page.locator("[data-say=false]")).to_contain_text("signature_wrong")
    assert page.title().startswith("注意：二维码里的电子签名核对不通过")


def test_without_keys_the_phone_says_it_could_not_check_and_never_that_it_is_false(open_page: Open) -> None:
    certificate = an_issued_certificate()
    page = open_page()
    page.route("**/twoskills-trust.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(address(certificate))

    expect(page.locator("[data-say=unknown]")).to_be_visible()
    expect(page.locator("[data-say=false], [data-say=disagrees]").first).to_be_hidden()
    assert page.title().startswith("证书真实，当前有效")


def test_a_genuine_signature_without_a_record_is_told_on_the_page_that_finds_none(open_page: Open) -> None:
    certificate = an_issued_certificate()
    Certificate.objects.filter(pk=certificate.pk).update(code=codes.new_code(lambda n: b"\x05" * n))
    page = open_page()
    page.goto(address(certificate))

    assert page.title().startswith("没有这张证书")
    expect(page.locator("[data-say=agrees]")).to_contain_text("系统里没有这张证书的登记")
    assert Throttle.objects.count() == 1


def test_the_name_check_takes_the_signature_along(open_page: Open) -> None:
    certificate = an_issued_certificate()
    page = open_page(width=360)
    page.goto(address(certificate))
    expect(page.locator("[data-say=agrees]")).to_be_visible()
    page.get_by_label("持证人姓名").fill(certificate.holder_name)
    page.get_by_role("button", name="核对姓名").press("Enter")

    expect(page.locator("h1")).to_have_text("姓名一致：证书真实，当前有效")
    expect(page.locator("[data-say=agrees]")).to_be_visible()


def fetched(page: Page, path: str) -> list[bytes]:
    """The bodies of all that the browser had asked for when the page was there, before anything else began."""
    asked: list[Response] = []
    page.on("requestfinished", lambda request: asked.append(request.response()))
    page.goto(path)
    assert page.locator("h1").is_visible()
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    before = page.evaluate(
        "loaded => performance.getEntriesByType('resource').filter(one => one.startTime < loaded).map(one => one.name)",
        loaded,
    )
    page.wait_for_load_state("networkidle")
    return [answer.body() for answer in asked if answer.url in before or answer.url == page.url.split("#")[0]]


@pytest.mark.parametrize("scanned", [True, False])
def test_three_requests_and_15_kb_until_the_answer_can_be_read(open_page: Open, scanned: bool) -> None:
    certificate = an_issued_certificate()
    bodies = fetched(open_page(width=360), address(certificate) if scanned else f"/C/{certificate.code}")

    assert len(bodies) == 3, "the page, its style, page.js"
    assert sum(len(gzip.compress(body)) for body in bodies) <= 15 * 1024


def test_a_phone_that_cannot_fetch_the_verifier_says_it_could_not_check(open_page: Open) -> None:
    certificate = an_issued_certificate()
    page = open_page()
    page.route("**/verify.js", lambda route: route.fulfill(status=503, body=""))
    page.goto(address(certificate))

    expect(page.locator("[data-say=unknown]")).to_be_visible()
    assert page.title().startswith("证书真实，当前有效")


def test_without_a_script_the_answer_is_whole(open_page: Open) -> None:
    certificate = an_issued_certificate()
    page = open_page(width=320, javascript=False)
    page.goto(address(certificate))

    expect(page.locator("h1")).to_have_text("证书真实，当前有效")
    expect(page.locator("#phone-check")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_a_leaked_key_signed_is_told_by_page_and_phone(open_page: Open) -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="…")
    page = open_page(width=360)
    page.goto(address(certificate))

    expect(page.locator("h1")).to_contain_text("证书要换发")
    expect(page.locator("[data-say=false]")).to_be_visible()
    expect(page.locator("[data-say=false]")).to_contain_text("key_compromised")


def test_what_a_key_signed_before_it_leaked_agrees_with_the_registry(open_page: Open) -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON + timedelta(days=1), reason="…")
    page = open_page(width=360)
    page.goto(address(certificate))

    expect(page.locator("[data-say=agrees]")).to_be_visible()
    expect(page.locator("[data-say=false]")).to_be_hidden()
    assert page.title().startswith("证书真实，当前有效")

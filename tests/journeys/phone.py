"""A passer-by with a plain phone, 360 px wide, who scans the code on the paper: what the page tells them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from registry.requests import today
from tests.journeys import pictures
from tests.journeys.trainees import Trainee

GENUINE = "证书真实，当前有效"
WITHDRAWN = "证书已被撤销，不再有效"
SIGNED = "二维码里的电子签名是真的，内容与上面的登记一致"
TAMPERED = "注意：二维码里的电子签名核对不通过，二维码可能被改动过"


def scan(open_page: Callable[..., Page], address: str, *, javascript: bool = True) -> Page:
    page = open_page(width=360, height=740, javascript=javascript)
    page.goto(address)
    return page


def reads_that_it_is_genuine(open_page: Callable[..., Page], address: str) -> None:
    """Without a script: the answer in title, heading and first sentence; the name stays covered."""
    page = scan(open_page, address, javascript=False)
    expect(page).to_have_title(re.compile(f"^{GENUINE}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(GENUINE)
    first = page.locator("h1 + p")
    expect(first).to_contain_text("秦州区启明职业培训学校 签发给")
    expect(first).to_contain_text("的这张证书是真的，现在有效。")
    assert page.locator("#phone-check").is_hidden()


def reads_that_the_signature_is_right(open_page: Callable[..., Page], address: str, holder: Trainee) -> None:
    """With a script the phone checks the signature itself; the name that somebody shows is compared."""
    page = scan(open_page, address)
    expect(page.get_by_text(SIGNED)).to_be_visible()
    expect(page.get_by_text(SIGNED)).to_contain_text("签名单位：天水市职业培训证书管理机构")
    pictures.take(page, "verify", height=1150)
    for shown in (holder.name, holder.citizen_id, holder.disability_number, "残疾"):
        assert shown not in page.inner_text("body")
    compare(page, holder.name, "姓名一致")
    expect(page.get_by_text(SIGNED)).to_be_visible()
    compare(page, "马建设", "姓名不一致")


def compare(page: Page, name: str, answer: str) -> None:
    page.get_by_label("持证人姓名").fill(name)
    page.get_by_role("button", name="核对姓名").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{answer}：{GENUINE}")
    expect(page).to_have_title(re.compile(f"^{answer}"))


def reads_that_the_code_was_tampered_with(open_page: Callable[..., Page], address: str) -> None:
    """One digit of the signature changed: the phone warns, and what the register says stays."""
    last = address[-40]
    page = scan(open_page, address[:-40] + str((int(last) + 1) % 10) + address[-39:])
    expect(page.get_by_text(TAMPERED)).to_be_visible()
    expect(page.get_by_text(SIGNED)).to_be_hidden()
    expect(page).to_have_title(re.compile(f"^{TAMPERED}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(GENUINE)


def reads_that_it_was_withdrawn(open_page: Callable[..., Page], address: str) -> None:
    """When and why, without a script and with one."""
    day = today()
    for javascript in (False, True):
        page = scan(open_page, address, javascript=javascript)
        expect(page).to_have_title(re.compile(f"^{WITHDRAWN}"))
        expect(page.get_by_role("heading", level=1)).to_have_text(WITHDRAWN)
        first = page.locator("h1 + p")
        expect(first).to_contain_text(f"已于 {day.year}年{day.month}月{day.day}日 撤销，不再有效。")
        expect(first).to_contain_text("原因：未达到发证条件。")
    expect(page.get_by_text(SIGNED)).to_contain_text("签名真实不等于证书有效，是否有效以上面的结果为准。")
    pictures.take(page, "withdrawn", height=900)

"""A holder without an account: from the slip on paper to an employer who looks, and back to nobody looking.

By keyboard alone, 360 px wide, without JavaScript.
"""

import io
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from certificates.faces import qr
from certificates.models import Certificate
from registry.models import Account, Person
from registry.requests import today
from registry.rules.access import Role
from tests.certificates.factories import an_issued_certificate, an_issuing_base
from tests.journeys.desk import Desk, sign_in
from tests.journeys.keyboard import Keyboard
from tests.registry.factories import a_citizen_id, a_person, an_account

pytestmark = pytest.mark.browser
ENDS_IN_X = next(number for number in map(a_citizen_id, range(1, 999)) if number.endswith("X"))


@pytest.fixture
def holder(transactional_db: None, live_server, settings) -> Person:
    """Somebody with two certificates, whose addresses lead to this server."""
    settings.PUBLIC_BASE_URL = live_server.url
    base = an_issuing_base()
    person = a_person(name="古丽娜·买买提", citizen_id=ENDS_IN_X, base=base)
    for skill in ("livestreaming", "embroidery"):
        an_issued_certificate(person, base=base, skill=skill)
    return person


def test_from_the_slip_to_an_employer_who_looks_until_the_holder_ends_it(holder, open_page):
    link = printed_slip(open_page, holder)
    keys = Keyboard(open_page(width=360, height=740, javascript=False))
    keys.page.goto(link)
    open_with_last_four(keys, holder)
    shared = share_with_full_name(keys)

    employer = open_page(width=360, height=740, javascript=False)
    employer.goto(shared)
    heading(employer, "古丽娜·买买提的 2 张证书，均真实有效")
    expect(employer).to_have_title("古丽娜·买买提的 2 张证书，均真实有效 - 双技 TwoSkills")
    assert "残疾" not in employer.inner_text("body")
    employer.get_by_role("link", name="打开“刺绣”证书的公开查验页").click()
    heading(employer, "证书真实，当前有效")

    keys.page.reload()
    expect(keys.page.get_by_role("main")).to_contain_text("被打开过约 1 次")
    keys.press("停用这个链接")
    day = today()
    heading(keys.page, f"链接已于 {day.year}年{day.month}月{day.day}日 停用")
    employer.goto(shared)
    heading(employer, "链接已失效")
    assert "古丽" not in employer.inner_text("body")

    keys.press("结束查看")
    heading(keys.page, "已结束查看")
    keys.page.goto("/my/shares/")
    heading(keys.page, "打开我的证书")


def printed_slip(open_page: Callable[..., Page], holder: Person) -> str:
    """What the phone's camera reads on the slip that the base prints."""
    staff = Desk(open_page())
    account: Account = an_account(Role.BASE_MANAGER, holder.base_registrations.get().base, name="何晓梅")
    sign_in(staff, account)
    staff.follow("学员")
    staff.follow(holder.name)
    staff.follow(f"查看{holder.name}的技能和证书")
    staff.press("打印凭条")
    staff.heading("凭条已生成，请现在打印")
    staff.page.emulate_media(media="print")
    assert not staff.page.get_by_text("退出登录").is_visible()
    for paper in ("A5", "A4"):
        printed = PdfReader(io.BytesIO(staff.page.pdf(format=paper, print_background=True)))
        assert len(printed.pages) == 1, paper
    link = read(staff.page)
    assert link == link.upper()
    return urlsplit(link).path


def open_with_last_four(keys: Keyboard, holder: Person) -> None:
    """The finder of a lost slip guesses wrong; the holder may type a small x."""
    keys.type("身份证号的后四位", "0000")
    keys.press("打开我的证书")
    expect(keys.page.get_by_role("alert")).to_contain_text("系统不说明是哪一项")
    keys.type("身份证号的后四位", holder.citizen_id[-4:].lower())
    keys.press("打开我的证书")
    heading(keys.page, "您已掌握 2 门技能，共需 2 门")
    expect(keys.page).to_have_title("您已掌握 2 门技能，共需 2 门 - 双技 TwoSkills")


def share_with_full_name(keys: Keyboard) -> str:
    """A link for 30 days; the name is covered until the holder chooses otherwise."""
    keys.press("把证书给用人单位看")
    keys.go_to("只显示姓：古丽*·***（古丽某）")
    keys.page.keyboard.press("ArrowDown")
    keys.type("备注（选填）", "启明公司")
    keys.press("同意并生成链接")
    heading(keys.page, "链接能打开，到")
    message = keys.page.get_by_label("可以复制的话和链接").input_value()
    assert message.startswith("这是我的 2 张培训证书")
    return message.rpartition(" ")[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_is_whole_and_readable_on_the_screen_as_soon_as_it_opens(holder, open_page, scheme):
    held: Certificate = holder.certificates.get(skill__code="embroidery")
    page = open_page(width=360, height=640, scheme=scheme)
    page.goto("/my/")
    for label, text in (
        ("证书编号", held.number),
        ("姓名", holder.name),
        ("身份证号的后四位", ENDS_IN_X[-4:]),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="打开我的证书").click()
    page.get_by_role("link", name="刺绣").click()
    heading(page, "您的刺绣证书现在有效")
    expect(page.get_by_role("button", name="朗读")).to_be_visible()
    page.get_by_role("link", name="全屏显示二维码").click()
    heading(page, "请对方扫这个二维码")
    assert read(page).endswith(f"/C/{held.code}#{held.fragment}")
    box = page.locator("#code").bounding_box()
    assert box["width"] >= 350
    assert abs(box["y"] + box["height"] / 2 - 320) < 60


def read(page: Page) -> str:
    """What a camera before the screen reads."""
    return qr.read_back(Image.open(io.BytesIO(page.screenshot())))


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)

"""One certificate as its holder meets it: heard, shown, downloaded."""

import io
import re
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from certificates.actions import certificates
from certificates.faces import qr
from certificates.limits import HOLDER_FILES
from certificates.models import Certificate
from certificates.proof import codes
from certificates.views import written
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.certificates.holder_factories import a_slip
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


def phone_of(person: Person) -> Client:
    browser, (_slip, token) = Client(), a_slip(person)
    browser.post(f"/M/{token}", {"last_four": person.citizen_id[-4:]})
    return browser


@pytest.fixture
def held() -> Certificate:
    return an_issued_certificate(a_person(1, name="古丽娜·买买提"))


def spoken(held: Certificate, language: str = "zh-hans") -> str:
    """The paragraph below the heading, as a voice gets it."""
    html = phone_of(held.person).get(f"/my/certificates/{held.public_id}/?lang={language}").content.decode()
    found = re.search(r'</h1>\s*<p class="lead" id="spoken">(.*?)</p>', html, re.DOTALL)
    assert found, html
    return found[1]


def test_the_summary_is_one_paragraph_made_for_a_voice(held: Certificate) -> None:
    assert spoken(held) == (
        f"这是古丽娜·买买提的职业技能培训合格证书。技能：网络直播。{held.base_name}于2024年6月23日签发。"
        f"证书现在有效。验证码：{codes.spoken_code(held.code)}。"
    )


def test_the_summary_says_the_level_where_there_is_one(held: Certificate) -> None:
    Certificate.objects.filter(pk=held.pk).update(level=5)
    held.refresh_from_db()
    assert f"技能：网络直播，{written.level(5)}。" in spoken(held)


def test_the_summary_in_english_marks_what_is_chinese(held: Certificate) -> None:
    said = spoken(held, "en")
    assert strip_tags(said).startswith(
        "This is the 职业技能培训合格证书 of 古丽娜·买买提. Skill: 网络直播. Issued by "
    )
    assert '<span lang="zh-Hans">古丽娜·买买提</span>' in said
    assert re.search("[\u4e00-\u9fff]", re.sub(r'<span lang="zh-Hans">.*?</span>', "", said)) is None


@pytest.mark.parametrize(
    ("change", "heading", "sentence"),
    [
        ("suspend", "您的网络直播证书暂停使用", "证书从2024年6月23日起暂停使用。原因：持证人申请。"),
        ("withdraw", "您的网络直播证书已被撤销", "证书已于2024年6月23日撤销，不再有效。原因：持证人申请。"),
    ],
)
def test_what_is_not_in_force_is_said_first_with_the_reason(
    held: Certificate, change: str, heading: str, sentence: str
) -> None:
    act: Any = getattr(certificates, change)
    act(by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class="holder_request")
    browser = phone_of(held.person)
    html = browser.get(f"/my/certificates/{held.public_id}/").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert sentence in html
    usable = 404 if change == "withdraw" else 200
    for tail in ("/qr/", ".pdf", ".png", "/open-badge"):
        assert browser.get(f"/my/certificates/{held.public_id}{tail}").status_code == usable


def test_a_name_cannot_become_markup() -> None:
    held = an_issued_certificate(a_person(1, name="阿<b>伊"))
    assert "阿&lt;b&gt;伊" in spoken(held)


def test_the_copies_read_and_scan_as_the_certificate(held: Certificate) -> None:
    browser = phone_of(held.person)
    answer = browser.get(f"/my/certificates/{held.public_id}.pdf")
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for part in (held.title, held.holder_name, held.skill_name, codes.format_number(held.number or "")):
        assert part in text
    picture = Image.open(io.BytesIO(browser.get(f"/my/certificates/{held.public_id}.png").content))
    assert qr.read_back(picture).endswith(f"/C/{held.code}#{held.fragment}")


def test_the_big_code_is_for_screens_and_says_where_it_is(held: Certificate) -> None:
    html = phone_of(held.person).get(f"/my/certificates/{held.public_id}/qr/").content.decode()
    assert 'role="img" aria-label="查验二维码，白底黑码，在屏幕正中' in html
    url = f"http://127.0.0.1:8000/C/{held.code}#{held.fragment}".upper()
    assert qr.draw(url, "M").path in html
    assert html.index("<h1") < html.index("<svg xmlns") < html.index("怎样拿手机")


def test_files_are_limited_by_the_hour(held: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HOLDER_FILES, "limit", 2)
    browser = phone_of(held.person)
    answers = [browser.get(f"/my/certificates/{held.public_id}.png").status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_the_visit_before_is_told(held: Certificate) -> None:
    assert "上一次打开是" not in phone_of(held.person).get("/my/").content.decode()
    assert "上一次打开是" in phone_of(held.person).get("/my/").content.decode()

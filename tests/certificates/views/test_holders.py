"""「我的证书」 in the browser of somebody without an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.actions import certificates, external, slips
from certificates.limits import WRONG_HOLDERS
from certificates.models import Certificate
from certificates.views import holder_sessions
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_external_certificate, an_issued_certificate
from tests.certificates.holder_factories import a_slip
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_person, an_account

pytestmark = pytest.mark.django_db


def typed(held: Certificate, **changed: str) -> dict[str, str]:
    return {
        "number": held.number or "",
        "name": held.holder_name,
        "last_four": held.person.citizen_id[-4:],
    } | changed


def opened(client: Client, person: Person) -> str:
    """The holder's page, by their slip."""
    _slip, token = a_slip(person)
    answer = client.post(f"/M/{token}", {"last_four": person.citizen_id[-4:]}, follow=True)
    assert answer.redirect_chain == [("/my/", 302)]
    return answer.content.decode()


def test_the_answer_comes_first_in_title_heading_and_first_sentence(client: Client) -> None:
    held = an_issued_certificate(a_person(1, name="古丽娜·买买提"))
    an_issued_certificate(held.person, skill="embroidery")
    html = client.post("/my/", typed(held), follow=True).content.decode()

    assert "<title>您已掌握 2 门技能，共需 2 门 - " in html
    assert "<h1>您已掌握 2 门技能，共需 2 门</h1>" in html
    assert "您好。您已掌握 2 门技能，共需 2 门：" in html
    assert "已达到目标。" in html


def test_all_certificates_are_there_in_force_or_not_with_the_reason(client: Client) -> None:
    held = an_issued_certificate()
    withdrawn = an_issued_certificate(held.person, skill="embroidery")
    certificates.withdraw(
        by=SYSTEM, on=ISSUED_ON, certificate=withdrawn, reason_class="fraud", note="只有内部知道"
    )
    another = an_external_certificate(held.person, skill="health-massage")
    external.verify(by=SYSTEM, on=TODAY, external=another, how="网上查到")
    an_external_certificate(held.person)  # nobody has verified it
    html = opened(client, held.person)

    assert "<h1>您已掌握 2 门技能，共需 2 门</h1>" in html
    assert "培训基地签发的证书，共 2 张" in html
    assert "原因：弄虚作假" in html
    assert "只有内部知道" not in html
    assert "其他部门签发、已核验的证书，共 1 张" in html
    for hidden in (held.person.citizen_id, held.person.phone, "残疾", "盲人"):
        assert hidden not in html


def test_nobody_sees_another_persons_certificate(client: Client) -> None:
    mine, theirs = an_issued_certificate(), an_issued_certificate(a_person(2))
    opened(client, mine.person)
    for tail in ("/", "/qr/", ".pdf", ".png"):
        assert client.get(f"/my/certificates/{mine.public_id}{tail}").status_code == 200
        assert client.get(f"/my/certificates/{theirs.public_id}{tail}").status_code == 404


def test_every_miss_gets_the_same_page(client: Client) -> None:
    held = an_issued_certificate(a_person(1, name="李芳"))
    pages = set()
    for changed in ({"name": "王芳"}, {"last_four": "999X"}, {"name": "王芳", "last_four": "999X"}):
        answer = client.post("/my/", typed(held, **changed))
        assert answer.status_code == 422
        assert holder_sessions.cookie_name() not in client.cookies
        html = answer.content.decode()
        for value in typed(held, **changed).values():
            html = html.replace(value, "")
        pages.add(html.replace(str(answer.context["csrf_token"]), ""))
    assert len(pages) == 1
    assert "系统不说明是哪一项" in pages.pop()


def test_what_cannot_be_right_is_said_beside_its_field(client: Client) -> None:
    held = an_issued_certificate()
    html = client.post("/my/", typed(held, number="62O5", last_four="12")).content.decode()
    assert "证书编号是 20 位" in html
    assert "后四位是 3 位数字" in html
    assert "请填写：姓名" in client.post("/my/", {}).content.decode()


def test_too_many_wrong_tries_are_told_with_the_way_out(client: Client) -> None:
    held = an_issued_certificate()
    for _try in range(WRONG_HOLDERS["limit"]):
        assert client.post("/my/", typed(held, name="王芳")).status_code == 422
    answer = client.post("/my/", typed(held))
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "请培训基地打印新的凭条" in answer.content.decode()


def test_a_lost_slip_opens_nothing_and_says_so(client: Client) -> None:
    person = an_issued_certificate().person
    slip, token = a_slip(person)
    assert client.post(f"/M/{token}", {"last_four": "999X"}).status_code == 422
    assert client.get("/my/certificates/x/").status_code == 302
    slips.end(by=SYSTEM, at=timezone.now(), slip=slip)
    answer = client.get(f"/M/{token}")
    assert answer.status_code == 410
    assert "请联系培训基地打印新的凭条" in answer.content.decode()
    assert client.post(f"/M/{token}", {"last_four": person.citizen_id[-4:]}).status_code == 410


def test_an_expired_slip_and_an_unknown_link(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = an_issued_certificate().person
    slip, token = a_slip(person)
    assert client.get(f"/M/{'A' * 26}").status_code == 404
    later = slip.expires_on + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: later)
    assert client.get(f"/M/{token}").status_code == 410


def test_the_visit_ends_at_a_press_and_after_half_an_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = an_issued_certificate()
    page = f"/my/certificates/{held.public_id}/"
    opened(client, held.person)
    assert client.post("/my/end").status_code == 200
    assert client.get(page).status_code == 302

    opened(client, held.person)
    start = timezone.now()
    for minutes, status in ((29, 200), (58, 200), (89, 302)):
        monkeypatch.setattr(
            "django.utils.timezone.now", lambda minutes=minutes: start + timedelta(minutes=minutes)
        )
        assert client.get(page).status_code == status, minutes
    assert "上次的查看已经结束" in client.get("/my/").content.decode()
    assert "上次的查看已经结束" not in client.get("/my/").content.decode()


def test_even_a_busy_visit_ends_after_four_hours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held = an_issued_certificate()
    opened(client, held.person)
    start = timezone.now()
    last = 200
    for minutes in range(0, 260, 20):
        monkeypatch.setattr(
            "django.utils.timezone.now", lambda minutes=minutes: start + timedelta(minutes=minutes)
        )
        last = client.get(f"/my/certificates/{held.public_id}/").status_code
    assert last == 302


def test_ending_a_slip_closes_what_was_opened_with_it(client: Client) -> None:
    person = an_issued_certificate().person
    opened(client, person)
    slips.end(by=SYSTEM, at=timezone.now(), slip=person.slips.get())
    html = client.get("/my/").content.decode()
    assert "上次的查看已经结束" in html


@pytest.mark.parametrize("change", ["forged", "staff's"])
def test_a_cookie_of_ones_own_making_opens_nothing(client: Client, change: str) -> None:
    held = an_issued_certificate()
    opened(client, held.person)
    name = holder_sessions.cookie_name()
    value = client.cookies[name].value
    if change == "forged":
        client.cookies[name] = ("A" if value[0] != "A" else "B") + value[1:]
    else:
        client.force_login(an_account("base_manager"))
        client.cookies[name] = client.cookies["session"].value
    assert client.get(f"/my/certificates/{held.public_id}/").status_code == 302


def test_the_cookie_is_hidden_from_scripts_and_pages_from_caches(client: Client) -> None:
    held = an_issued_certificate()
    opened(client, held.person)
    cookie: Any = client.cookies[holder_sessions.cookie_name()]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 1800)
    for path in ("/my/", f"/my/certificates/{held.public_id}/", f"/my/certificates/{held.public_id}.pdf"):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_holder_is_no_member_of_staff(client: Client) -> None:
    held = an_issued_certificate()
    opened(client, held.person)
    assert client.get(f"/certificates/{held.public_id}/").status_code == 302
    assert client.get(f"/people/{held.person.public_id}/").status_code == 302


def test_the_page_costs_the_same_for_one_certificate_and_for_many(client: Client) -> None:
    person = an_issued_certificate().person
    opened(client, person)
    counts = []
    for skill in ("embroidery", "health-massage"):
        with CaptureQueriesContext(connection) as asked:
            client.get("/my/")
        counts.append(len(asked))
        an_issued_certificate(person, skill=skill)
    assert counts[0] == counts[1] <= 10


def test_staff_print_the_slip_and_its_code_opens_the_page(client: Client) -> None:
    person = an_issued_certificate(a_person(1, name="欧阳修文")).person
    client.force_login(an_account("federation_officer", a_federation("620502")))
    answer = client.post(f"/people/{person.public_id}/certificates/slips")
    html = answer.content.decode()

    assert answer["Cache-Control"] == "no-store"
    assert "欧阳**" in html
    for hidden in (person.citizen_id, person.citizen_id[-4:], person.phone):
        assert hidden not in html.split("<article")[1].split("</article>")[0].split("<svg")[0]
    assert client.get(f"/people/{person.public_id}/certificates/").status_code == 200
    slip = person.slips.get()
    assert (
        client.post(f"/people/{person.public_id}/certificates/slips/{slip.public_id}/end").status_code == 302
    )
    assert person.slips.get().ended_at is not None

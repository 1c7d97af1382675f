"""From the holder's form to the employer's page, and back when the holder ends it."""

import gzip
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from certificates.actions import certificates, shares
from certificates.limits import LINK_MISSES
from certificates.models import Certificate, Share
from certificates.models.certificates import CertificateStatus
from certificates.rules.holders import HOLDER
from registry.logs import WithoutPersonalData
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_chain, an_issued_certificate
from tests.certificates.holder_factories import a_share, a_slip
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """With two certificates in force."""
    held = an_issued_certificate(a_person(1, name="张三"))
    an_issued_certificate(held.person, skill="embroidery")
    return held.person


@pytest.fixture
def holder(person: Person) -> Client:
    """The browser of the person, who opened their certificates."""
    browser, (_slip, token) = Client(), a_slip(person)
    browser.post(f"/M/{token}", {"last_four": person.citizen_id[-4:]})
    return browser


def asked(person: Person, **changed: Any) -> dict[str, Any]:
    ids = list(Certificate.objects.filter(person=person).values_list("public_id", flat=True))
    return {"certificates": ids, "shows_full_name": "full", "days": "30", "label": "启明公司"} | changed


def test_the_whole_way(holder: Client, person: Person, client: Client) -> None:
    page = holder.post("/my/shares/new/", asked(person), follow=True)
    share = Share.objects.get()
    assert page.redirect_chain == [(f"/my/shares/{share.public_id}/", 302)]
    link = page.context["link"]
    assert link in page.content.decode()
    path = f"/S/{share.token}"
    assert link.endswith(path)

    answer = client.get(path)
    html = answer.content.decode()
    assert "<title>张三的 2 张证书，均真实有效 - " in html
    assert "<h1>张三的 2 张证书，均真实有效</h1>" in html
    for held in person.certificates.all():
        assert f'href="/C/{held.code}"' in html
    assert "启明公司" not in html
    for hidden in (person.citizen_id, person.citizen_id[-4:] + "<", person.phone, "残疾", "盲"):
        assert hidden not in html
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Set-Cookie" not in answer

    assert "被打开过约 1 次" in holder.get(f"/my/shares/{share.public_id}/").content.decode()
    holder.post(f"/my/shares/{share.public_id}/end")
    gone = client.get(path)
    assert gone.status_code == 410
    assert gone["Cache-Control"] == "no-store"
    assert "<h1>链接已失效</h1>" in gone.content.decode()
    for hidden in ("张三", person.certificates.first().code, person.certificates.first().skill_name):
        assert hidden not in gone.content.decode()


def test_the_name_stays_covered_unless_the_holder_says_otherwise(
    holder: Client, person: Person, client: Client
) -> None:
    form = holder.get("/my/shares/new/").context["form"]
    assert (form["shows_full_name"].value(), form["days"].value()) == ("masked", 30)
    holder.post("/my/shares/new/", asked(person, shows_full_name="masked"))
    html = client.get(f"/S/{Share.objects.get().token}").content.decode()
    assert "张三" not in html
    assert '<span aria-hidden="true">张*的 2 张证书，均真实有效</span>' in html
    assert "<title>张某的 2 张证书，均真实有效" in html


def test_one_of_several_is_shown_alone(holder: Client, person: Person, client: Client) -> None:
    one, other = person.certificates.all()
    holder.post("/my/shares/new/", asked(person, certificates=[one.public_id]))
    html = client.get(f"/S/{Share.objects.get().token}").content.decode()
    assert "<h1>张三的 1 张证书，真实有效</h1>" in html
    assert one.code in html
    assert other.code not in html


@pytest.mark.parametrize(
    ("ended", "answer"),
    [(1, "张三的 2 张证书都是真的，其中 1 张现在有效"), (2, "张三的 2 张证书都是真的，但现在都不能用")],
)
def test_each_certificate_is_shown_as_it_stands_now(
    person: Person, client: Client, ended: int, answer: str
) -> None:
    share = a_share(person, shows_full_name=True)
    for held in list(person.certificates.all())[:ended]:
        certificates.suspend(
            by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class="under_review", note="内部说明"
        )
    html = client.get(f"/S/{share.token}").content.decode()
    assert f"<h1>{answer}</h1>" in html
    assert "正在核查" in html
    assert "内部说明" not in html


def test_what_is_not_ones_own_cannot_be_shared_or_seen(holder: Client, person: Person) -> None:
    theirs = an_issued_certificate(a_person(2))
    their_share = a_share(theirs.person)
    answer = holder.post("/my/shares/new/", asked(person, certificates=[theirs.public_id]))
    assert answer.status_code == 422
    assert holder.get(f"/my/shares/{their_share.public_id}/").status_code == 404
    assert holder.post(f"/my/shares/{their_share.public_id}/end").status_code == 404
    assert Share.objects.get() == their_share
    assert their_share.is_open(localdate())


def test_what_is_missing_is_said(holder: Client, person: Person) -> None:
    html = holder.post("/my/shares/new/", {"days": "400"}).content.decode()
    assert "请选择：给对方看哪几张证书" in html
    assert "有 3 处需要改正" in html


def test_an_expired_link_shows_nothing_and_an_unknown_one_is_not_found(
    person: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = a_share(person, days=1)
    assert client.get(f"/S/{'A' * 26}").status_code == 404
    assert client.get("/S/nonsense").status_code == 404
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: share.expires_on + timedelta(days=1))
    answer = client.get(f"/S/{share.token}")
    assert answer.status_code == 410
    assert "张" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_guessing_links_is_slowed_and_a_right_one_is_not_counted(person: Person, client: Client) -> None:
    share = a_share(person)
    for _try in range(LINK_MISSES["limit"]):
        assert client.get(f"/S/{share.token}").status_code == 200
    for _try in range(LINK_MISSES["limit"]):
        assert client.get(f"/S/{'B' * 26}").status_code == 404
    answer = client.get(f"/S/{share.token}")
    assert answer.status_code == 429
    assert "Retry-After" in answer


def test_only_a_look_counts(holder: Client, person: Person, client: Client) -> None:
    share = a_share(person)
    path = f"/S/{share.token}"
    client.head(path)
    client.get(path, {"lang": "en"})
    client.get(path, {"text": "large"})
    holder.get(path)
    assert not share.openings.exists()
    client.get(path.lower().replace("/s/", "/S/"))
    client.get(path, {"from": "singlemessage"})
    assert share.openings.get().times == 2


def test_nothing_else_is_written_by_a_look(person: Person, client: Client) -> None:
    share = a_share(person)
    with CaptureQueriesContext(connection) as asked_:
        client.get(f"/S/{share.token}")
    writes = [q["sql"] for q in asked_ if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert len(writes) == 1
    assert "certificates_shareopening" in writes[0]
    assert len(asked_) <= 4


def test_a_lost_count_of_others_is_refused_by_the_middleware(person: Person) -> None:
    from registry.middleware import refuse_writes

    with connection.execute_wrapper(refuse_writes), pytest.raises(RuntimeError):
        Share.objects.update(label="")


def test_the_list_says_how_often_each_was_opened_without_a_query_for_each(
    holder: Client, person: Person
) -> None:
    counts = []
    for _round in range(2):
        share = a_share(person, label="甲公司")
        shares.count_opening(share=share, on=localdate())
        with CaptureQueriesContext(connection) as asked_:
            html = holder.get("/my/shares/").content.decode()
        counts.append(len(asked_))
    shares.end(by=HOLDER, on=localdate(), share=share)
    assert "<h1>给用人单位的链接，2 个能打开</h1>" in html
    assert html.count("被打开约 1 次") == 2
    assert counts[0] == counts[1] <= 6
    assert "给用人单位的链接，1 个能打开" in holder.get("/my/shares/").content.decode()


def test_a_certificate_that_was_replaced_leads_to_the_new_one(client: Client) -> None:
    old, new = a_chain(2)
    Certificate.objects.filter(pk=old.pk).update(status=CertificateStatus.ISSUED)
    share = a_share(old.person, certificates=[old], shows_full_name=True)
    Certificate.objects.filter(pk=old.pk).update(status=CertificateStatus.REPLACED)
    html = client.get(f"/S/{share.token}").content.decode()
    assert "是真的，但现在不能用</h1>" in html
    assert f'<a href="/C/{new.code}">打开换发的新证书的公开查验页</a>' in html


def test_the_employers_page_is_light(person: Person, client: Client) -> None:
    """15 KB and 3 requests at most until the answer can be read: the page and its style, no script."""
    html = client.get(f"/S/{a_share(person).token}").content
    assert b"<script" not in html
    linked = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"', html)
    assert len(linked) == 1
    found = finders.find(linked[0].decode())
    assert isinstance(found, str)
    assert len(gzip.compress(html)) + len(gzip.compress(Path(found).read_bytes())) < 15_000


def test_the_log_keeps_no_secret_of_a_link(
    person: Person, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Django logs the address of every refusal."""
    _slip, token = a_slip(person)
    share = shares.end(by=HOLDER, on=localdate(), share=a_share(person))
    client.post(f"/M/{token}", {"last_four": "999X"})
    client.get(f"/S/{share.token}")
    written = [record for record in caplog.records if record.name == "django.request"]
    assert len(written) == 2
    for record in written:
        WithoutPersonalData().filter(record)
    lines = " ".join(record.getMessage() for record in written)
    assert "/M/[secret]" in lines
    assert "/S/[secret]" in lines
    assert token not in lines
    assert share.token not in lines

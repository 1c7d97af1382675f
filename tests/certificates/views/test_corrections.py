"""Correcting in the page: the form, old and new side by side, the change that waits, the new certificate."""

import json
from typing import Any

import pytest
from django.test import Client

from certificates.models import Certificate, Change
from registry.models import Person
from tests.certificates.factories import (
    ISSUED_ON,
    a_policy,
    a_waiting_withdrawal,
    an_issued_certificate,
)
from tests.registry.factories import a_federation, a_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def issue_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ISSUED_ON)


def misspelt() -> Certificate:
    return an_issued_certificate(a_person(1, name="李小名"))


def filled(held: Certificate, **values: Any) -> dict[str, Any]:
    printed = {
        "holder_name": held.holder_name,
        "course_name": held.course_name,
        "hours": held.hours,
        "starts_on": held.starts_on.isoformat(),
        "ends_on": held.ends_on.isoformat(),
        "note": "",
    }
    return printed | values


def at_the_base(client: Client, held: Certificate) -> str:
    client.force_login(an_account("base_manager", held.base))
    return f"/certificates/{held.public_id}/correct"


def test_old_and_new_stand_side_by_side_in_words_before_anything_happens(client: Client) -> None:
    held = misspelt()
    url = at_the_base(client, held)
    html = client.post(url, filled(held, holder_name="李晓明", do="check")).content.decode()

    assert "<h1>请核对：将更正 1 处</h1>" in html
    assert html.count("已改") == 1
    assert html.count("<td>没有改</td>") == 4
    assert "更正后的姓名与学员登记里的“李小名”不同" in html
    assert "10 分钟后生效" in html
    assert not Change.objects.exists()


def test_going_back_keeps_what_was_typed(client: Client) -> None:
    held = misspelt()
    url = at_the_base(client, held)
    html = client.post(url, filled(held, holder_name="李晓明", do="edit")).content.decode()

    assert 'value="李晓明"' in html
    assert "errors" not in html


def test_confirmed_it_waits_and_put_in_effect_the_public_page_leads_to_the_new_one(client: Client) -> None:
    held = misspelt()
    url = at_the_base(client, held)
    page = client.post(url, filled(held, holder_name="李晓明", rename="on", do="confirm"), follow=True)
    html = page.content.decode()

    assert "在这之前可以撤回" in html
    assert "原来是“李小名”，更正为“李晓明”" in html
    assert Person.objects.get(pk=held.person_id).name == "李晓明"
    assert "当前有效" in client.get(f"/C/{held.code}").content.decode()
    waiting = client.get(f"/certificates/{held.public_id}/").content.decode()
    assert "有一项更改在等待：更正" in waiting
    assert "更正这张证书" not in waiting

    client.post(page.request["PATH_INFO"] + "hasten")

    new = Certificate.objects.get(replaces=held)
    assert new.holder_name == "李晓明"
    assert new.code in client.get(f"/C/{held.code}").content.decode()
    assert client.get(f"/api/verify/{held.code}").json()["replaced_by"] == new.code


def test_what_is_wrong_is_told_beside_its_field(client: Client) -> None:
    held = misspelt()
    url = at_the_base(client, held)
    page = client.post(url, filled(held, hours="四十", course_name="盲人按摩", do="check"))
    html = page.content.decode()

    assert page.status_code == 422
    assert 'href="#id_hours"' in html
    assert 'href="#id_course_name"' in html
    assert "“盲人”" in html


def test_nothing_changed_is_said(client: Client) -> None:
    held = misspelt()
    page = client.post(at_the_base(client, held), filled(held, do="check"))

    assert page.status_code == 422
    assert "没有要更正的" in page.content.decode()


def test_the_federation_is_not_offered_to_edit_the_person(client: Client) -> None:
    held = misspelt()
    client.force_login(an_account("approver", a_federation("620500")))

    assert "一并改正" not in client.get(f"/certificates/{held.public_id}/correct").content.decode()


def test_what_could_not_take_effect_is_not_called_done(client: Client) -> None:
    held = misspelt()
    url = at_the_base(client, held)
    client.post(url, filled(held, holder_name="李晓明", do="confirm"))
    Certificate.objects.filter(pk=held.pk).update(status="suspended", reason_class="under_review")
    change = Change.objects.get()

    page = client.post(f"/certificate-changes/{change.public_id}/hasten", follow=True)
    html = page.content.decode()

    assert "<h1>没有生效：更正 1 张证书</h1>" in html
    assert "没有生效，证书不变" in html
    assert "换发了新证书" not in html
    in_the_list = client.get("/certificate-changes/").content.decode()
    assert "没有生效</strong>" in in_the_list
    assert "已生效" not in in_the_list
    assert not Certificate.objects.filter(replaces=held).exists()


class TestASecondPerson:
    def test_approves_in_the_page(self, client: Client) -> None:
        change = a_waiting_withdrawal(misspelt())
        client.force_login(an_account("approver", a_federation("620500")))
        url = f"/certificate-changes/{change.public_id}/"

        html = client.get(url).content.decode()
        assert "<h1>等待另一人批准：撤销 1 张证书</h1>" in html
        assert "李小名" not in html
        assert "李**" in html
        client.post(url + "approve", {"approve-note": "电话核实"})

        change.refresh_from_db()
        assert change.state == "due"

    def test_who_asked_sees_no_button_to_approve_and_is_refused(self, client: Client) -> None:
        a_policy(two_people_replace=True)
        held = misspelt()
        url = at_the_base(client, held)
        client.post(url, filled(held, hours="50", do="confirm"))
        change = Change.objects.get()
        page = f"/certificate-changes/{change.public_id}/"

        html = client.get(page).content.decode()
        assert "批准这项更改" not in html
        assert "要由另一位工作人员批准" in html
        assert client.post(page + "approve", {}).status_code == 403
        client.post(page + "undo", {})
        change.refresh_from_db()
        assert change.state == "undone"

    def test_is_asked_for_by_the_federation_s_officer(self, client: Client) -> None:
        federation = a_federation("620500")
        client.force_login(an_account("federation_officer", federation))
        url = f"/certificate-policies/{federation.public_id}/"
        wrong = client.post(url, {"undo_minutes": "-1"})
        done = client.post(url, {"two_people_withdraw": "on", "undo_minutes": "30"}, follow=True)

        assert wrong.status_code == 422
        assert "决定，对本地区" in done.content.decode()
        assert federation.change_policy.policy.two_people_withdraw
        assert "30 分钟" in client.get("/certificate-policies/").content.decode()


class TestTheApi:
    def test_corrects_and_tells_what_waits(self, client: Client) -> None:
        held = misspelt()
        at_the_base(client, held)
        url = f"/api/certificates/{held.public_id}"
        sent = json.dumps({"holder_name": "李晓明", "ends_on": held.ends_on.isoformat()})
        change = client.post(f"{url}/correct", sent, content_type="application/json").json()

        assert (change["kind"], change["state"], change["certificates"], change["remaining"]) == (
            "correct",
            "due",
            1,
            1,
        )
        assert client.get(url).json()["waiting"]["id"] == change["id"]
        assert [one["id"] for one in client.get("/api/certificates/changes").json()] == [change["id"]]
        done = client.post(f"/api/certificates/changes/{change['id']}/hasten").json()
        assert (done["state"], done["remaining"]) == ("done", 0)
        assert client.get(url).json()["status"] == "replaced"

    def test_refuses_by_field(self, client: Client) -> None:
        held = misspelt()
        at_the_base(client, held)
        sent = json.dumps({"hours": 0, "ends_on": "2020-01-01"})
        url = f"/api/certificates/{held.public_id}/correct"
        answer = client.post(url, sent, content_type="application/json")

        assert answer.status_code == 422
        assert answer.json()["facts"]["fields"] == {"hours": "correction_hours"}

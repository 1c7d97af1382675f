"""Public notices on the API: what anyone reads and objects to, and the inside."""

import json

import pytest
from django.test import Client

from registry.models import Objection
from registry.requests import today
from tests.registry.api.test_api import Programme
from tests.registry.factories import a_federation, an_account
from tests.registry.notice_factories import a_notice, an_item, an_item_of_a_person, an_objection

pytestmark = pytest.mark.django_db
ROOT = "/api/registry/notices"


def running(**values):
    return a_notice(**{"on": today()} | values)


def send(address, body):
    return Client().post(ROOT + address, json.dumps(body), content_type="application/json")


def test_anyone_lists_and_reads_what_runs():
    notice = running(items=[an_item_of_a_person(1, name="欧阳修文"), an_item()])
    a_notice()
    listed = Client().get(ROOT).json()
    assert [one["public_id"] for one in listed["items"]] == [notice.public_id]
    assert listed["items"][0]["publisher"] == "天水市职业培训证书管理机构"
    one = Client().get(f"{ROOT}/{notice.public_id}").json()
    assert one["contents"]["count"] == 2
    assert one["contents"]["items"][0] == {"position": 1, "name": "欧阳**", "text": "电子商务，五级"}


def test_an_ended_notice_is_gone():
    answer = Client().get(f"{ROOT}/{a_notice().public_id}")
    assert answer.status_code == 410
    assert answer.json()["facts"]["ended_on"] == "2024-06-12"


def test_anyone_objects_and_reads_the_answer():
    notice = running()
    made = send(f"/{notice.public_id}/objections", {"item": 1, "text": "场地已经关闭"})
    assert made.status_code == 201
    receipt = made.json()["receipt"]
    assert send("/receipts", {"receipt": receipt}).json()["state"] == "open"
    assert send(f"/{notice.public_id}/objections", {"item": 9, "text": "x"}).status_code == 422
    account = an_account("approver", a_federation("620500"))
    held = Objection.objects.get()
    programme = Programme(account)
    answered = programme.post(
        f"/notices/objections/{held.public_id}/answer", {"is_upheld": True, "answer": "情况属实。"}
    )
    assert answered.json()["state"] == "upheld"
    assert send("/receipts", {"receipt": receipt}).json()["answer"] == "情况属实。"


def test_staff_list_read_withdraw_and_file():
    programme = Programme(an_account("federation_officer", a_federation("620500")))
    notice, ended = running(items=[an_item(), an_item()]), a_notice()
    an_objection(notice, on=today())
    listed = programme.get("/notices/records?state=published").json()["items"]
    assert [(one["items_count"], one["objections_count"], one["open_count"]) for one in listed] == [(2, 1, 1)]
    assert programme.get("/notices/records?state=gone").status_code == 422
    assert len(programme.get(f"/notices/records/{notice.public_id}").json()["contents"]) == 2
    gone = programme.post(f"/notices/records/{notice.public_id}/withdraw", {"reason": "名单有误"})
    assert gone.json()["notice"]["state"] == "withdrawn"
    filed = programme.post(f"/notices/records/{ended.public_id}/conclude", {})
    assert filed.json()["notice"]["concluded_on"] == today().isoformat()
    assert programme.get("/notices/objections?state=open").json()["count"] == 1

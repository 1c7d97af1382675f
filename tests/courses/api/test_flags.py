"""The API of review flags says and refuses what the pages do."""

import pytest

from courses.models import ReviewFlag
from tests.courses.api.test_cohorts import Api
from tests.courses.flag_factories import a_flag, a_flag_of_a_trainee, an_accredited_base
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db


def approver() -> Api:
    return Api(an_account("approver", a_federation("620500")))


def test_flags_are_listed_read_and_decided():
    base = an_accredited_base()
    first, second = a_flag(base), a_flag_of_a_trainee(base)
    api = approver()
    _status, listed = api.get("/flags", state="open")
    assert [one["public_id"] for one in listed["items"]] == [first.public_id, second.public_id]
    assert listed["items"][0]["evidence"] == {"days": ["2024-05-14"], "most": 9, "limit": 8}
    sent = {"verdict": "dismissed", "reason": "两批学员轮流实操。"}
    _status, decided = api.send("post", f"/flags/{first.public_id}/decide", sent)
    assert [event["step"] for event in decided["events"]] == ["found", "dismissed"]
    _status, [other] = api.send("post", "/flags/decide", sent | {"flags": [second.public_id]})
    assert other["state"] == "dismissed"


def test_an_unknown_flag_among_many_decides_none():
    flag = a_flag()
    sent = {"verdict": "dismissed", "reason": "无误", "flags": [flag.public_id, "unknown00000"]}
    status, _answer = approver().send("post", "/flags/decide", sent)
    assert status == 404
    assert ReviewFlag.objects.get().state == "open"


def test_an_unknown_state_or_check_is_refused():
    assert approver().get("/flags", state="maybe")[0] == 422
    assert approver().get("/flags", check="maybe")[0] == 422

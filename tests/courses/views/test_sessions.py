"""Pages of the timetable: a weekly pattern, one session more or less, days that are too long."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Cohort, Session
from tests.courses.factories import a_cohort
from tests.registry.factories import an_account

pytestmark = pytest.mark.django_db


def url(cohort: Cohort, name: str = "sessions") -> str:
    return reverse(f"courses:{name}", args=[cohort.public_id])


def test_a_timetable_is_made_from_a_weekly_pattern_and_stops_at_the_courses_hours(client: Client) -> None:
    cohort = a_cohort()
    client.force_login(an_account("trainer", cohort.base))
    fields = {
        "how": "pattern",
        "pattern-starts_on": "2024-05-14",
        "pattern-ends_on": "2024-06-13",
        "pattern-weekdays": ["0", "2"],
        "pattern-parts": "2",
        "pattern-hours": "3",
        "pattern-kind": "practice",
        "pattern-without": "2024-05-15，2024-05-20",
    }
    answer = client.post(url(cohort, "sessions"), fields, follow=True)
    assert "已安排 7 节" in answer.content.decode()
    held = list(Session.objects.values_list("on", "part", "hours"))
    assert sum(hours for _on, _part, hours in held) == 20
    assert held[0] == (date(2024, 5, 22), 1, 3)
    assert {on.weekday() for on, _part, _hours in held} == {0, 2}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pattern-without": "六月十日"}, "without"),
        ({"pattern-weekdays": []}, "weekdays"),
        ({"pattern-hours": "13"}, "hours"),
        ({"pattern-starts_on": "9999-12-30", "pattern-ends_on": "9999-12-31"}, "ends_on"),
        ({"pattern-starts_on": "0001-01-01"}, "starts_on"),
        ({"pattern-without": "9999-12-31"}, "without"),
        ({"pattern-starts_on": "2024-07-01", "pattern-ends_on": "2024-07-02"}, "__all__"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_in_the_page(
    client: Client, fields: dict[str, Any], field: str
) -> None:
    cohort = a_cohort()
    client.force_login(an_account("trainer", cohort.base))
    asked = {
        "how": "pattern",
        "pattern-starts_on": "2024-05-14",
        "pattern-ends_on": "2024-06-13",
        "pattern-weekdays": ["0"],
        "pattern-parts": "1",
        "pattern-hours": "4",
        "pattern-kind": "practice",
    }
    answer = client.post(url(cohort, "sessions"), asked | fields)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Session.objects.exists()


def test_one_session_is_added_and_taken_out_again(client: Client) -> None:
    cohort = a_cohort()
    client.force_login(an_account("trainer", cohort.base))
    one = {"how": "one", "one-on": "2024-05-20", "one-part": "1", "one-hours": "4", "one-kind": "theory"}
    assert client.post(url(cohort, "sessions"), one).status_code == 302
    answer = client.post(url(cohort, "sessions"), one)
    assert answer.status_code == 422
    assert "已经安排过" in answer.context["form"].errors["on"][0]
    answer = client.post(url(cohort, "remove-session"), {"session": "20240520.1"}, follow=True)
    assert "已删除：5月20日 第1节" in answer.content.decode()
    assert not Session.objects.exists()
    assert client.post(url(cohort, "remove-session"), {"session": "nonsense"}).status_code == 404
    assert client.post(url(cohort, "remove-session"), {"session": "20240521.1"}).status_code == 404


def test_a_day_longer_than_the_local_standard_is_told_when_it_is_made_and_on_the_page(client: Client) -> None:
    cohort = a_cohort()
    client.force_login(an_account("trainer", cohort.base))
    asked = {"how": "one", "one-on": "2024-05-14", "one-kind": "practice"}
    within = client.post(url(cohort), asked | {"one-part": "1", "one-hours": "8"}, follow=True)
    assert "超过每天" not in within.content.decode()
    over = client.post(url(cohort), asked | {"one-part": "2", "one-hours": "1"}, follow=True)
    said = "有 1 天的课时超过每天 8 课时，最多一天 9 课时。"
    assert said in over.content.decode()
    assert said in client.get(url(cohort)).content.decode()
    assert cohort.sessions.count() == 2

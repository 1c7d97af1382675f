"""The pages of check-in: the trainer's with QR and code, the trainee's without an account."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Attendance, CheckIn
from registry.requests import today
from tests.courses.teaching_visits import a_class_today, last_four
from tests.registry.factories import an_account

pytestmark = pytest.mark.django_db


def test_a_trainer_opens_it_reads_the_code_and_ends_it(client: Client) -> None:
    cohort, window = a_class_today()
    client.force_login(an_account("trainer", cohort.base))
    url = reverse("courses:check-in", args=[cohort.public_id, f"{today():%Y%m%d}.1"])
    page = client.get(url)
    content = page.content.decode()
    assert window.code
    assert window.code in content
    assert " ".join(window.code) in content  # heard digit by digit
    assert "<svg" in content
    assert page["Cache-Control"] == "no-store"
    client.post(url, {"act": "end"})
    assert CheckIn.objects.get().code is None
    client.post(url, {"act": "open", "minutes": "20"})
    assert CheckIn.objects.count() == 2


def test_a_trainee_types_the_code_and_the_last_four_signs(client: Client) -> None:
    cohort, window = a_class_today()
    answer = client.post(reverse("check-in:code"), {"code": f" {' '.join(window.code or '')} "})
    assert answer.url == reverse("check-in:who", args=[window.token])
    page = client.get(answer.url).content.decode()
    assert cohort.name not in page  # its name is the base's own, and may say anything
    answer = client.post(answer.url, {"who": last_four(cohort)})
    person = cohort.enrolments.all()[0].person
    content = answer.content.decode()
    assert answer.status_code == 200
    assert "签到成功" in content
    assert person.name not in content
    assert last_four(cohort) not in re.sub(r"<input[^>]*>", "", content)
    assert Attendance.objects.get().how == "check_in"


def test_the_public_pages_list_nobody_and_are_kept_by_nobody(client: Client) -> None:
    cohort, window = a_class_today()
    url = reverse("check-in:who", args=[window.token])
    for answer in (
        client.get(url),
        client.post(url, {"who": "nobody"}),
        client.get(reverse("check-in:code")),
    ):
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        for enrolment in cohort.enrolments.select_related("person"):
            assert enrolment.person.name not in answer.content.decode()
            assert enrolment.public_id not in answer.content.decode()


def test_a_wrong_code_is_told_beside_its_field(client: Client) -> None:
    _cohort, window = a_class_today()
    wrong = "000000" if window.code != "000000" else "000001"
    answer = client.post(reverse("check-in:code"), {"code": wrong})
    assert answer.status_code == 422
    assert "没有这个签到码" in answer.context["form"].errors["code"][0]


def test_the_api_does_the_same(client: Client) -> None:
    cohort, window = a_class_today()
    place = [cohort.public_id, str(today()), 1]
    client.force_login(an_account("trainer", cohort.base))
    assert client.get(reverse("api:get_check_in", args=place)).json()["code"] == window.code
    public = Client()
    body = {"code": window.code, "who": last_four(cohort)}
    answer = public.post(reverse("api:check_in"), body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["is_new"] is True
    assert "*" in answer.json()["name"]
    marks = client.get(reverse("api:list_attendance", args=[cohort.public_id])).json()
    assert [mark["how"] for mark in marks] == ["check_in"]
    assert client.delete(reverse("api:end_check_in", args=place)).status_code == 204
    assert client.get(reverse("api:get_check_in", args=place)).status_code == 404
    gone = public.post(
        reverse("api:check_in"),
        {"token": window.token, "who": last_four(cohort)},
        content_type="application/json",
    )
    assert (gone.status_code, gone.json()["code"]) == (410, "check_in_closed")

"""Pages of cohorts: list, filing, the task list, moving on."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Cohort
from tests.courses.factories import a_cohort, a_completed_cohort, a_course, enrolled
from tests.courses.filing_factories import a_filing
from tests.registry.factories import a_base, a_federation, an_account, an_accreditation

pytestmark = pytest.mark.django_db


def a_form(course: Any, **changes: str) -> dict[str, str]:
    return {
        "course": course.public_id,
        "name": "2024年第一期",
        "starts_on": "2024-07-01",
        "ends_on": "2024-07-30",
        "planned_trainees": "30",
        "venue": "",
        "venue_kind": "base",
        "delivery_mode": "offline",
        "organisation_mode": "one_to_one",
        "procurement_mode": "project",
        "funding_source": "security_fund",
    } | changes


def test_filing_starts_from_defaults_and_leads_to_the_first_task(client: Client) -> None:
    course = a_course()
    client.force_login(an_account("base_manager", course.base))
    form = client.get(reverse("courses:new-cohort")).context["form"]
    assert form["ends_on"].value() - form["starts_on"].value() == timedelta(days=29)
    answer = client.post(reverse("courses:new-cohort"), a_form(course), follow=True)
    cohort = Cohort.objects.get()
    assert (cohort.state, cohort.base) == ("draft", course.base)
    assert answer.redirect_chain[-1][0] == reverse("courses:edit-cohort", args=[cohort.public_id])
    answer = client.post(answer.redirect_chain[-1][0], a_form(course, venue="文化路1号"))
    assert answer.headers["Location"] == reverse("courses:sessions", args=[cohort.public_id])


def test_an_earlier_cohort_is_the_pattern_of_a_new_one(client: Client) -> None:
    earlier = a_filing(organisation_mode="apprenticeship", name="2024年第1期")
    client.force_login(an_account("base_manager", earlier.base))
    url = reverse("courses:copy-cohort", args=[earlier.public_id])
    form = client.get(url).context["form"]
    assert form["starts_on"].value().weekday() == earlier.starts_on.weekday()
    answer = client.post(url, {"starts_on": str(form["starts_on"].value()), "name": form["name"].value()})
    made = Cohort.objects.exclude(pk=earlier.pk).get()
    assert (made.name, made.organisation_mode, made.venue) == ("2024年第2期", "apprenticeship", earlier.venue)
    assert answer.headers["Location"] == reverse("courses:filing", args=[made.public_id])


def test_the_only_course_is_chosen_already_and_one_of_two_is_not(client: Client) -> None:
    course = a_course()
    client.force_login(an_account("base_manager", course.base))
    assert client.get(reverse("courses:new-cohort")).context["form"]["course"].value() == course.public_id
    a_course(base=course.base)
    assert client.get(reverse("courses:new-cohort")).context["form"]["course"].value() is None


def test_another_bases_cohort_is_no_pattern(client: Client) -> None:
    client.force_login(an_account("base_manager", a_base()))
    assert client.get(reverse("courses:copy-cohort", args=[a_cohort().public_id])).status_code == 404


def test_dates_the_wrong_way_round_and_a_name_given_twice_stand_beside_their_fields(client: Client) -> None:
    cohort = a_cohort(name="2024年第一期")
    client.force_login(an_account("base_manager", cohort.base))
    url = reverse("courses:new-cohort")
    answer = client.post(url, a_form(cohort.course, name="别的", ends_on="2024-06-30"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ends_on"]
    answer = client.post(url, a_form(cohort.course))
    assert answer.status_code == 422
    assert "已有同名的培训班" in answer.context["form"].errors["name"][0]


def test_a_course_of_another_base_cannot_be_chosen(client: Client) -> None:
    client.force_login(an_account("base_manager", a_course().base))
    answer = client.post(reverse("courses:new-cohort"), a_form(a_course()))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["course"]


def test_without_a_course_the_page_says_what_comes_first(client: Client) -> None:
    client.force_login(an_account("base_manager", a_base()))
    assert reverse("courses:new-course") in client.get(reverse("courses:new-cohort")).content.decode()


def test_the_list_counts_and_filters(client: Client) -> None:
    base = a_base()
    a_cohort(base, name="甲班")
    enrolled(a_cohort(base, name="乙班", state="enrolling"), 2)
    a_cohort(name="别家的班")
    client.force_login(an_account("base_manager", base))
    content = client.get(reverse("courses:cohorts")).content.decode()
    assert "培训班，共 2 个</h1>" in content
    assert "别家的班" not in content
    page = client.get(reverse("courses:cohorts"), {"state": "enrolling", "year": "2024"}).context["page"]
    assert [(cohort.name, cohort.trainees) for cohort in page] == [("乙班", 2)]
    assert client.get(reverse("courses:cohorts"), {"year": "1999"}).status_code == 200


def test_a_federation_filters_by_base(client: Client) -> None:
    one, other = a_cohort(name="甲班"), a_cohort(name="乙班")
    client.force_login(an_account("federation_officer", a_federation("620500")))
    page = client.get(reverse("courses:cohorts"), {"base": other.base.public_id}).context["page"]
    assert [cohort.name for cohort in page] == ["乙班"]
    assert one.name != other.name


def test_the_list_takes_as_many_queries_for_many_cohorts_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    cohort = a_cohort()
    client.force_login(an_account("base_manager", cohort.base))
    with django_assert_num_queries(10):
        client.get(reverse("courses:cohorts"))
    for _ in range(20):
        enrolled(a_cohort(cohort.base, course=cohort.course), 1)
    with django_assert_num_queries(10):
        client.get(reverse("courses:cohorts"))


def test_the_task_list_says_in_words_how_far_the_work_has_come(client: Client) -> None:
    fresh = a_cohort()
    client.force_login(an_account("base_manager", fresh.base))
    content = client.get(reverse("courses:cohort", args=[fresh.public_id])).content.decode()
    for words in (
        "还没有学员，批准后也可以增加",
        "还没有安排课次",
        "没有填培训地点",
        "还缺 2 项",
        "下一步：班级资料",
    ):
        assert words in content
    enrolling = a_cohort(fresh.base, state="enrolling")
    content = client.get(reverse("courses:cohort", args=[enrolling.public_id])).content.decode()
    for words in ("还没有学员", "还没有安排课次", "进入考核后登记", "进入考核后判定", "结业后发放"):
        assert words in content
    done = a_completed_cohort(fresh.base, people=2)
    content = client.get(reverse("courses:cohort", args=[done.public_id])).content.decode()
    for words in (
        "2 名学员",
        "已登记 5 节，共 5 节",
        "已登记 2 人，共 2 人",
        "结业 2 人，未合格 0 人",
        "可以发放和打印",
    ):
        assert words in content
    assert f"{done.name}：已结业</h1>" in content


def test_a_missing_plaque_is_said_and_refuses_nothing(client: Client) -> None:
    cohort = a_cohort(state="submitted")
    client.force_login(an_account("approver", a_federation("620500")))
    url = reverse("courses:cohort", args=[cohort.public_id])
    content = client.get(url).content.decode()
    assert "没有有效的挂牌" in content
    assert reverse("courses:filing", args=[cohort.public_id]) in content
    an_accreditation(cohort.base)
    assert "没有有效的挂牌" not in client.get(url).content.decode()


def test_each_sees_the_moves_that_are_theirs(client: Client) -> None:
    cohort = a_cohort(state="submitted")
    page, offered = reverse("courses:cohort", args=[cohort.public_id]), {}
    for role, organisation in (
        ("base_manager", cohort.base),
        ("trainer", cohort.base),
        ("approver", a_federation("620500")),
        ("federation_officer", a_federation("620500")),
    ):
        client.force_login(an_account(role, organisation))
        offered[role] = [to for to, _act, _page in client.get(page).context["moves"]]
    assert offered == {
        "base_manager": ["cancelled"],
        "trainer": [],
        "approver": ["approved", "returned"],
        "federation_officer": [],
    }


def test_a_move_says_what_it_brings_about_before_it_is_made(client: Client) -> None:
    cohort = a_cohort(state="approved")
    client.force_login(an_account("base_manager", cohort.base))
    url = reverse("courses:move-cohort", args=[cohort.public_id, "enrolling"])
    assert "可以继续增加学员" in client.get(url).content.decode()
    assert Cohort.objects.get().state == "approved"
    answer = client.post(url, follow=True)
    assert "：招生中</h1>" in answer.content.decode()
    assert client.post(url).status_code == 302  # pressed twice


def test_a_filing_is_submitted_and_decided_where_it_is_read(client: Client) -> None:
    cohort = a_cohort()
    client.force_login(an_account("base_manager", cohort.base))
    url = reverse("courses:move-cohort", args=[cohort.public_id, "submitted"])
    assert client.get(url).headers["Location"] == reverse("courses:filing", args=[cohort.public_id])


def test_sending_back_asks_for_a_reason_which_the_base_then_reads(client: Client) -> None:
    cohort = a_cohort(state="submitted")
    client.force_login(an_account("approver", a_federation("620500")))
    url = reverse("courses:move-cohort", args=[cohort.public_id, "returned"])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "名单缺两人"}).status_code == 302
    client.force_login(an_account("base_manager", cohort.base))
    content = client.get(reverse("courses:cohort", args=[cohort.public_id])).content.decode()
    assert "原因：名单缺两人" in content


def test_what_is_still_missing_is_said_on_the_moves_own_page(client: Client) -> None:
    cohort = a_cohort(state="enrolling")
    client.force_login(an_account("base_manager", cohort.base))
    answer = client.post(reverse("courses:move-cohort", args=[cohort.public_id, "running"]))
    assert answer.status_code == 422
    assert "名单里还没有学员" in answer.content.decode()


def test_moves_that_do_not_exist_are_refused_and_never_break_the_page(client: Client) -> None:
    cohort = a_cohort()
    client.force_login(an_account("base_manager", cohort.base))
    skipped = reverse("courses:move-cohort", args=[cohort.public_id, "completed"])
    assert client.post(skipped).status_code == 422
    assert client.get(skipped).status_code == 302
    assert client.get(reverse("courses:move-cohort", args=[cohort.public_id, "nowhere"])).status_code == 404


def test_an_approved_cohort_is_not_edited_and_a_stranger_does_not_know_of_it(client: Client) -> None:
    cohort = a_cohort(state="approved")
    client.force_login(an_account("base_manager", cohort.base))
    url = reverse("courses:edit-cohort", args=[cohort.public_id])
    assert "只有草稿和退回修改" in client.get(url).content.decode()
    answer = client.post(url, a_form(cohort.course, name="新名字"))
    assert answer.status_code == 422
    client.force_login(an_account("base_manager", a_base()))
    assert client.get(url).status_code == 404

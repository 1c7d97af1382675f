"""Pages of the filing: check and submit, decide with reasons by task, budget, masters, several at once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Cohort, TrainingPackage, Voucher
from courses.queries.filings import budget_of
from registry.actions import suspensions
from registry.models import NoticeItem
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course, bring_to, enrolled
from tests.courses.filing_factories import a_filing, a_package, a_voucher
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_federation,
    a_person,
    an_account,
    an_accreditation,
)

pytestmark = pytest.mark.django_db


def url_of(name: str, cohort: Cohort) -> str:
    return reverse(f"courses:{name}", args=[cohort.public_id])


def signed_in(client: Client, cohort: Cohort, role: str = "base_manager") -> Client:
    organisation = cohort.base if role == "base_manager" else a_federation("620500")
    client.force_login(an_account(role, organisation))
    return client


def test_an_incomplete_filing_says_what_is_missing_and_has_no_button(client: Client) -> None:
    cohort = a_cohort()
    page = signed_in(client, cohort).get(url_of("filing", cohort)).content.decode()
    assert "还缺 5 项，不能提交" in page
    assert 'value="submit"' not in page
    answer = client.post(url_of("filing", cohort), {"act": "submit"})
    assert answer.status_code == 422
    assert "备案还不完整" in answer.content.decode()


def test_what_is_complete_is_checked_and_submitted_late_with_a_reason(client: Client) -> None:
    cohort = a_filing()
    page = signed_in(client, cohort).get(url_of("filing", cohort)).content.decode()
    assert "核对并提交" in page
    client.post(url_of("filing", cohort), {"act": "submit", "reason": "换了场地"})
    cohort.refresh_from_db()
    assert (cohort.state, cohort.moves.get().reason) == ("submitted", "换了场地")


def test_the_approver_returns_by_task_and_the_base_reads_it_beside_the_task(client: Client) -> None:
    cohort = bring_to(a_filing(), "submitted")
    answer = signed_in(client, cohort, "approver").post(
        url_of("filing", cohort), {"act": "return", "reason": "", "task-budget": "场地费太高"}
    )
    assert answer.headers["Location"] == url_of("cohort", cohort)
    page = signed_in(client, cohort).get(url_of("cohort", cohort)).content.decode()
    assert "审核意见：场地费太高" in page
    assert "预算和资金：场地费太高" in page  # in the history
    assert "下一步：预算和资金" in page


def test_a_return_without_any_reason_is_asked_again(client: Client) -> None:
    cohort = bring_to(a_filing(), "submitted")
    answer = signed_in(client, cohort, "approver").post(url_of("filing", cohort), {"act": "return"})
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()


def test_whoever_files_cannot_decide(client: Client) -> None:
    cohort = bring_to(a_filing(), "submitted")
    page = signed_in(client, cohort).get(url_of("filing", cohort)).content.decode()
    assert 'value="approve"' not in page
    assert client.post(url_of("filing", cohort), {"act": "approve"}).status_code == 403
    officer = signed_in(client, cohort, "federation_officer")
    assert officer.post(url_of("filing", cohort), {"act": "approve"}).status_code == 403


def test_the_page_takes_as_many_queries_for_forty_trainees_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    for size in (1, 40):
        cohort = a_filing()
        enrolled(cohort, size)
        signed_in(client, cohort)
        with django_assert_num_queries(23):
            client.get(url_of("filing", cohort))


def test_the_budget_page_offers_the_last_budget_of_the_course(client: Client) -> None:
    earlier = a_filing()
    cohort = a_cohort(course=earlier.course)
    form = signed_in(client, cohort).get(url_of("budget", cohort)).context["form"]
    assert str(form["amount-teaching"].value()) == "12000.00"
    answer = client.post(url_of("budget", cohort), {"amount-teaching": "800", "source-teaching": "fiscal"})
    assert answer.status_code == 302
    assert [(line.item, line.funding_source) for line in budget_of(cohort).lines] == [("teaching", "fiscal")]
    assert client.post(url_of("budget", cohort), {}).status_code == 422
    assert client.post(url_of("budget", cohort), {"amount-venue": "-1"}).status_code == 422


def test_one_master_does_for_all_apprentices_whose_field_is_empty(client: Client) -> None:
    cohort = a_filing(organisation_mode="apprenticeship")
    first, _second = enrolled(cohort, 2)
    answer = signed_in(client, cohort).post(
        url_of("masters", cohort), {f"master-{first.public_id}": "赵师傅", "act": "all"}
    )
    assert answer.headers["Location"] == url_of("filing", cohort)
    assert set(cohort.enrolments.values_list("master", flat=True)) == {"赵师傅"}


def test_the_four_orders_are_asked_where_they_are_part_of_the_filing(client: Client) -> None:
    cohort = a_filing(procurement_mode="four_order")
    signed_in(client, cohort)
    assert url_of("orders", cohort) in client.get(url_of("cohort", cohort)).content.decode()
    asked = {"ordering_employer": "天水某公司", "trainee_choice": "登记时选定", "payer": "秦州区残联"}
    assert client.post(url_of("orders", cohort), asked).headers["Location"] == url_of("filing", cohort)
    bad = client.post(url_of("orders", cohort), asked | {"ordering_uscc": "123"})
    assert list(bad.context["form"].errors) == ["ordering_uscc"]


def test_several_filings_are_approved_at_once_and_one_that_is_refused_is_told(client: Client) -> None:
    base = a_base()
    course = a_course(base)
    waiting = [a_cohort(base, course=course, state="submitted") for _n in range(3)]
    both = an_account("approver", a_federation("620500"))
    client.force_login(both)
    listed = client.get(reverse("courses:cohorts"), {"state": "submitted"}).content.decode()
    assert "批准选中的班" in listed
    query = "&".join(f"cohort={cohort.public_id}" for cohort in waiting[:2])
    page = f"{reverse('courses:move-cohorts')}?to=approved&{query}"
    assert "批准开班，共 2 个班" in client.get(page).content.decode()
    answer = client.post(page, follow=True)
    assert "2 个班现在的状态：已批准" in answer.content.decode()
    assert sorted(Cohort.objects.values_list("state", flat=True)) == ["approved", "approved", "submitted"]
    back = f"{reverse('courses:move-cohorts')}?to=returned&cohort={waiting[2].public_id}"
    assert client.post(back, {}).status_code == 422
    client.post(back, {"reason": "日期要改"})
    assert Cohort.objects.get(pk=waiting[2].pk).state_reason == "日期要改"


def test_a_batch_beyond_ones_reach_is_empty(client: Client) -> None:
    cohort = a_cohort(state="submitted")
    client.force_login(an_account("approver", a_federation("360000")))
    page = client.get(f"{reverse('courses:move-cohorts')}?to=approved&cohort={cohort.public_id}")
    assert cohort.name not in page.content.decode()
    client.force_login(an_account("base_manager", cohort.base))
    assert client.get(f"{reverse('courses:move-cohorts')}?to=approved").status_code == 403


def test_vouchers_are_issued_by_a_list_and_a_wrong_line_issues_none(client: Client) -> None:
    package = a_package()
    people = [a_person(n) for n in (1, 2)]
    client.force_login(an_account("federation_officer", a_federation("620500")))
    asked = {"package": package.public_id, "value": "800", "expires_on": "2099-12-31"}
    lines = "\n".join(person.citizen_id for person in people)
    wrong = client.post(
        reverse("courses:issue-vouchers"), asked | {"people": f"{lines}\n{a_citizen_id(9)}\n1"}
    )
    assert wrong.status_code == 422
    assert "第 3、4 行" in wrong.content.decode()
    assert not Voucher.objects.exists()
    assert client.post(reverse("courses:issue-vouchers"), asked | {"people": lines}).status_code == 302
    assert set(Voucher.objects.values_list("person", flat=True)) == {person.pk for person in people}


def test_a_base_uses_the_number_that_the_trainee_says(client: Client) -> None:
    cohort = a_cohort(state="enrolling")
    [trainee] = enrolled(cohort)
    voucher = a_voucher(trainee.person, course=cohort.course, expires_on=date(2099, 12, 31))
    signed_in(client, cohort)
    answer = client.post(url_of("use-vouchers", cohort), {"numbers": f"\n {voucher.number}\n"}, follow=True)
    assert "已使用 1 张" in answer.content.decode()
    assert Voucher.objects.get().enrolment == trainee


def test_a_package_is_made_and_changed_by_its_federation(client: Client) -> None:
    course = a_course(a_base("620502"))
    client.force_login(an_account("federation_officer", a_federation("620500")))
    asked = {"name": "电商包", "courses": [course.public_id], "hours": "48"}
    client.post(reverse("courses:new-package"), asked)
    package = TrainingPackage.objects.get()
    page = reverse("courses:package", args=[package.public_id])
    assert "合计 20 课时，两者不一致" in client.get(page).content.decode()
    client.post(page, asked | {"hours": "20"})
    package.refresh_from_db()
    assert (package.hours, package.is_offered) == (20, False)  # the box was not ticked


def test_approved_cohorts_are_put_on_notice_once_without_a_word_of_disability(client: Client) -> None:
    cohort = bring_to(a_filing(), "approved")
    client.force_login(an_account("federation_officer", a_federation("620500")))
    assert "公示选中的班" in client.get(reverse("courses:cohorts"), {"state": "approved"}).content.decode()
    url = f"{reverse('courses:publish-cohorts')}?cohort={cohort.public_id}"
    form = client.get(url).context["form"]
    assert client.post(url, {name: form[name].value() for name in form.fields}).status_code == 302
    [item] = NoticeItem.objects.all()
    assert (item.name, "残" in item.text) == (cohort.name, False)
    assert client.get(url).status_code == 404  # it is on notice already


def test_a_batch_says_whose_plaque_is_in_force_on_the_first_day(client: Client) -> None:
    one, other = (bring_to(a_filing(), "submitted") for _n in range(2))
    an_accreditation(one.base)
    client.force_login(an_account("approver", a_federation("620500")))
    query = f"to=approved&cohort={one.public_id}&cohort={other.public_id}"
    rows = client.get(f"{reverse('courses:move-cohorts')}?{query}").context["rows"]
    assert {row.pk: row.is_accredited for row in rows} == {one.pk: True, other.pk: False}
    suspensions.suspend(
        by=SYSTEM,
        on=TODAY,
        accreditation=one.base.accreditations.get(),
        starts_on=one.starts_on,
        reason="整改",
    )
    rows = client.get(f"{reverse('courses:move-cohorts')}?{query}").context["rows"]
    assert {row.is_accredited for row in rows} == {False}

"""After the training, in the browser: a base records where a class found work, a counsellor asks and records that one
left again, an auditor reads it all and writes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.actions import counsellors, employment, follow_ups
from courses.models import Cohort, EmploymentSpell, FollowUp
from courses.rules.employment import NewSpell
from registry.actions import standing
from registry.models import Account, EmploymentStatus
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.accessibility import assert_accessible
from tests.courses.factories import STARTS_ON, a_completed_cohort, some_people
from tests.journeys.desk import Desk
from tests.registry.factories import a_base, a_federation, an_account

pytestmark = pytest.mark.browser

BEGAN = today() - timedelta(days=190)
"""Six months ago and a little: what is asked after three and six months is due today."""


@pytest.fixture
def cohort(transactional_db: None) -> Cohort:
    """Four trainees without work when it began, completed."""
    base = a_base("620502")
    people = some_people(4, base)
    for person in people:
        standing.record_employment(
            by=SYSTEM, on=STARTS_ON, person=person, status="unemployed", since=STARTS_ON - timedelta(days=9)
        )
    return a_completed_cohort(base, people=people)


def names(cohort: Cohort) -> list[str]:
    return [row.person.name for row in cohort.enrolments.select_related("person")]


def a_counsellor_of(cohort: Cohort) -> Account:
    account = an_account("counsellor", a_federation("620502"), name="杨文辉")
    people = [row.person for row in cohort.enrolments.select_related("person")]
    counsellors.assign(by=SYSTEM, on=today(), people=people, counsellor=account)
    return account


def test_a_base_records_where_its_class_found_work(cohort, open_page):
    clerk = Desk(open_page(account=an_account("base_manager", cohort.base)))
    first, second, third, _fourth = names(cohort)
    clerk.page.goto(reverse("courses:cohort", args=[cohort.public_id]))
    clerk.follow("就业")
    clerk.heading("在就业 0 人，共 4 人")
    clerk.choose("就业形式（选填）", "集中就业")
    clerk.fill("用人单位（选填）", "天水福利印刷有限公司")
    clerk.fill("就业日期（选填）", str(BEGAN))
    for name in (first, second, third):
        clerk.page.get_by_label(f"{name}：已就业", exact=True).check()
    clerk.choose(f"{third}：就业形式", "公益性岗位")
    clerk.fill(f"{third}：就业日期", str(today() + timedelta(days=1)))
    clerk.press("登记勾选学员的就业")
    clerk.heading("已登记 2 人的就业，还有需要改正的行")
    clerk.reads("日期不能晚于今天")
    assert_accessible(clerk.page)
    clerk.fill(f"{third}：就业日期", str(BEGAN))
    clerk.press("登记勾选学员的就业")
    clerk.heading("在就业 3 人，共 4 人")
    spells = EmploymentSpell.objects.filter(enrolment__cohort=cohort)
    assert sorted(spells.values_list("form", flat=True)) == [
        "concentrated",
        "concentrated",
        "public_welfare",
    ]
    employed = EmploymentStatus.objects.filter(status="employed", since=BEGAN)
    assert employed.count() == 3


def test_a_counsellor_asks_and_records_that_somebody_left(cohort, open_page):
    enrolment = cohort.enrolments.first()
    employment.record(
        by=SYSTEM,
        on=today(),
        person=enrolment.person,
        enrolment=enrolment,
        spell=NewSpell(form="concentrated", employer_name="天水福利印刷有限公司", started_on=BEGAN),
    )
    follow_ups.make_due(on=today())
    assert FollowUp.objects.count() == 2
    counsellor = Desk(open_page(account=a_counsellor_of(cohort)))
    counsellor.page.goto("/")
    counsellor.page.get_by_role("link", name="您负责的 2 项回访到期").click()
    counsellor.heading("2 项回访到期")
    counsellor.reads("已过期")
    counsellor.page.get_by_role("link", name=enrolment.person.name).first.click()
    counsellor.heading(f"回访{enrolment.person.name}")
    counsellor.page.get_by_label("没有就业", exact=True).check()
    counsellor.fill("记录（选填）", "厂里活少，上月回家了")
    counsellor.press("登记回访")
    counsellor.heading(f"登记{enrolment.person.name}离职")
    counsellor.fill("离职日期", str(today() - timedelta(days=20)))
    counsellor.choose("离职原因", "单位停业")
    counsellor.press("登记离职")
    counsellor.heading(f"{enrolment.person.name}：没有在就业的记录")
    assert FollowUp.objects.filter(result="unemployed").count() == 2
    counsellor.page.goto(reverse("courses:follow-ups"))
    counsellor.heading("0 项回访到期")


def test_an_auditor_reads_and_writes_nothing(cohort, open_page):
    enrolment = cohort.enrolments.first()
    spell = employment.record(
        by=SYSTEM,
        on=today(),
        person=enrolment.person,
        enrolment=enrolment,
        spell=NewSpell(form="farming", started_on=BEGAN),
    )
    page = open_page(account=an_account("auditor", a_federation("620500")))
    assert page.goto(reverse("courses:cohort-employment", args=[cohort.public_id])).status == 200
    expect(page.get_by_role("button", name="登记勾选学员的就业")).to_have_count(0)
    assert page.goto(reverse("courses:spell", args=[spell.public_id])).status == 200
    expect(page.get_by_role("link", name="登记离职")).to_have_count(0)
    for name, key in (
        ("courses:end-spell", spell.public_id),
        ("courses:undo-spell", spell.public_id),
        ("courses:new-spell", enrolment.person.public_id),
    ):
        assert page.goto(reverse(name, args=[key])).status == 403
        expect(page.get_by_role("heading", level=1)).to_have_text("没有权限")
    assert page.goto(reverse("courses:follow-ups")).status == 403

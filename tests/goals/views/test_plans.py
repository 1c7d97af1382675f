"""Plan pages: the targets in the document's own words, with progress where the registry holds the figure."""

from datetime import date

import pytest
from django.test import Client

from goals.actions import plans
from goals.models import Plan, Target
from goals.queries import progress
from goals.queries.progress import Kind
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import a_completed_cohort
from tests.goals.factories import a_member, certified
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_base, a_federation, a_person, a_region, an_accreditation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()


def plan_of(code: str) -> Plan:
    return Plan.objects.get(region__code=code)


def progress_of(code: str, on: date = TODAY) -> progress.Progress:
    target = Target.objects.get(code=code)
    return progress.of_target(target, target.plan, on=on)


def page_of(code: str, client: Client) -> str:
    return client.get(f"/goals/plans/{plan_of(code).public_id}/").content.decode()


def test_all_plans_are_listed_to_every_reader_of_figures() -> None:
    page = signed_in("read_only", a_federation("620502")).get("/goals/plans/").content.decode()
    assert "规划和目标，共 4 份规划" in page
    assert page.count('<th scope="row"') == 4


def test_a_plan_quotes_its_sentences() -> None:
    page = page_of("620500", signed_in("read_only", a_federation("620500")))
    assert "共 15 项目标" in page
    assert "2022—2024年全市共实现城乡新增残疾人就业3000人" in page
    assert "不少于 3,000 人" in page
    assert "每年12月31日前" in page


def test_figures_that_are_not_here_say_so_in_words() -> None:
    page = page_of("620500", signed_in("read_only", a_federation("620500")))
    assert "本系统还没有登记这项数字" in page
    assert "由其他系统统计，本系统不登记" in page


def test_the_requirements_read_as_sentences() -> None:
    page = page_of("360000", signed_in("read_only", a_federation("360000")))
    for words in (
        "不少于 1.5%",
        "2023 年第 4 季度",
        "文件没有规定具体数值",
        "不超过 2 次",
        "2024年12月31日前",
    ):
        assert words in page
    assert "原文没有文号，另从别处查到" in page
    assert "每年一次，文件没有写明日期" in page_of("211100", signed_in("read_only", a_federation("211100")))


def test_outside_its_region_a_plan_is_shown_without_progress() -> None:
    a_member()
    page = page_of("620500", signed_in("federation_officer", a_federation("620502")))
    assert "进度只向天水市的残联显示" in page
    assert "%：" not in page


def test_the_repeated_target_is_not_counted() -> None:
    assert progress_of("NEWS-01").kind == Kind.REPEATED
    page = page_of("120000", signed_in("read_only", a_federation("120000")))
    assert '与 <a href="#TJ-01">TJ-01</a> 是同一目标' in page


def test_the_two_skills_target_shows_the_coverage() -> None:
    person = a_member()
    certified(person, "livestreaming")
    certified(person, "embroidery")
    found = progress_of("TS-02")
    assert (found.kind, found.met) == (Kind.COVERAGE, None)
    assert found.figures is not None
    assert found.figures.counts == (1, 0, 1)
    assert "100%：1 人中 1 人" in page_of("620500", signed_in("read_only", a_federation("620500")))


def test_trained_persons_are_counted_once_and_family_members_never() -> None:
    base = a_base("211102")
    twice, once = a_person(1, "211102", base=base), a_person(2, "211102", base=base)
    relative = a_person(3, "211102", base=base, kind="household_member", category="")
    a_completed_cohort(base, people=[twice, once, relative])
    a_completed_cohort(base, people=[twice])
    a_completed_cohort(a_base("620502"), people=1)
    found = progress_of("PJ-02")
    assert (found.persons, found.enrolments, found.met) == (2, 3, False)
    Target.objects.filter(code="PJ-02").update(value=2)
    assert progress_of("PJ-02").met is True


def test_people_who_found_work_are_counted_once_in_the_years_of_the_target() -> None:
    found_twice, found_before, relative = (
        a_person(1, "620502"),
        a_person(2, "620502"),
        a_person(3, "620502", kind="household_member", category=""),
    )
    for person in (found_twice, relative):
        a_spell(person, date(2023, 5, 1), ended_on=date(2023, 9, 1), end_reason="resigned")
        a_spell(person, date(2024, 2, 1))
    a_spell(found_before, date(2021, 12, 31))
    a_spell(a_person(4, "211102"), date(2023, 5, 1))
    found = progress_of("TS-01")
    assert (found.kind, found.persons, found.met) == (Kind.EMPLOYED, 1, False)
    Target.objects.filter(code="TS-01").update(value=1)
    assert progress_of("TS-01").met is True


def test_a_yearly_target_of_placements_is_of_one_form_and_one_year() -> None:
    target = Target.objects.get(metric="public_welfare_post_placements")
    for n, day in ((1, date(2023, 5, 1)), (2, date(2024, 2, 1)), (3, date(2024, 3, 1))):
        a_spell(a_person(n, "360102"), day, form="public_welfare" if n < 3 else "farming")
    assert progress_of(target.code, on=date(2023, 12, 1)).persons == 1
    assert progress_of(target.code, on=date(2024, 6, 1)).persons == 1


def test_a_cohort_counts_in_the_year_it_starts() -> None:
    Target.objects.filter(code="PJ-02").update(first_year=2025, last_year=2027)
    base = a_base("211102")
    a_completed_cohort(base)
    assert progress_of("PJ-02").persons == 0


def test_regions_without_an_accredited_base_are_named() -> None:
    for code in ("360102", "360103", "360202"):
        a_region(code)
    base = a_base("360102")
    found = progress_of("JX-05")
    assert (found.regions, found.regions_with) == (3, 0)
    an_accreditation(base, granted_on=date(2023, 1, 1), valid_until=date(2024, 1, 1))
    assert progress_of("JX-05", on=date(2023, 6, 1)).regions_with == 1
    assert progress_of("JX-05", on=date(2024, 6, 1)).regions_with == 0, "it ran out"
    a_base("360202")  # a base without a plaque does not count
    an_accreditation(a_base("360103"))
    found = progress_of("JX-05")
    assert [region.code for region in found.without] == ["360102", "360202"]
    cities = progress_of("JX-03")
    assert ([region.code for region in cities.without], cities.met) == (["360200"], False)
    assert progress_of("JX-04").regions_with == 0, "none incubates"


def test_units_outside_the_standard_do_not_count() -> None:
    a_region("620571")
    target = Target.objects.get(code="JX-05")
    found = progress.MEASURES[target.metric](target, plan_of("620500"), TODAY)
    assert found.regions == 0
    assert found.met is False


def test_what_came_after_the_last_year_no_longer_counts() -> None:
    a_region("360102")
    an_accreditation(a_base("360102"), granted_on=date(2025, 3, 1), on=date(2025, 3, 1))
    found = progress_of("JX-05", on=date(2025, 6, 1))
    assert (found.as_of, found.regions_with) == (date(2024, 12, 31), 0)

"""Every target of the documents is answered: counted, kept, or entered by hand; and held against time where it grows."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goals.actions import allocations, plans
from goals.models import Plan, Target
from goals.queries import plan_ledgers, progress
from goals.queries.progress import Kind
from goals.rules.readings import Reading, State
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import a_completed_cohort
from tests.goals.factories import a_member, certified
from tests.registry.factories import a_base, a_person, a_region, an_accreditation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()


def progress_of(code: str, on: date = TODAY, region: str = "") -> progress.Progress:
    target = Target.objects.get(code=code)
    return progress.of_target(target, target.plan, on=on, region=a_region(region) if region else None)


def reading_of(code: str, **values: Any) -> Reading:
    found = progress_of(code, **values).reading
    assert found is not None
    return found


def test_all_65_targets_are_counted_kept_or_entered_by_hand() -> None:
    kinds: Counter[Kind] = Counter()
    for plan in Plan.objects.select_related("region", "period"):
        for target, found in progress.of_plan(plan, on=TODAY):
            kinds[found.kind] += 1
            assert (found.reading is None) == (found.kind == Kind.REPEATED), target.code
    assert kinds == {
        Kind.INDICATOR: 35,
        Kind.BASES: 3,
        Kind.SUBSIDY: 2,
        Kind.REPORTS: 11,
        Kind.BY_HAND: 13,
        Kind.REPEATED: 1,
    }


def test_a_plan_takes_as_many_queries_with_figures_and_shares_as_without() -> None:
    plan = Plan.objects.select_related("region", "period").get(region__code="620500")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            list(plan_ledgers.rows(plan, plan.region, on=TODAY))
        return len(captured)

    before = queries()
    for n, code in enumerate(("620502", "620503"), 1):
        a_spell(a_person(n, code), date(2024, 2, 1))
    target = Target.objects.get(code="TS-01")
    values = {"620502": Decimal(9), "620503": Decimal(1)}
    allocations.split(by=SYSTEM, on=TODAY, target=target, region=plan.region, values=values)
    assert queries() == before


def test_the_two_skills_target_is_followed_without_a_share_to_reach() -> None:
    person = a_member()
    certified(person, "livestreaming")
    certified(person, "embroidery")
    found = reading_of("TS-02")
    assert (found.state, found.part, found.whole) == (State.TRACKED, 1, 1)


def test_people_who_found_work_are_counted_once_and_held_against_time() -> None:
    for n in (1, 2):
        a_spell(a_person(n, "620502"), date(2023, 5, 1), ended_on=date(2023, 9, 1), end_reason="resigned")
    a_spell(a_person(1, "620502"), date(2024, 2, 1))
    a_spell(a_person(4, "211102"), date(2023, 5, 1))
    Target.objects.filter(code="TS-01").update(value=4)
    found = reading_of("TS-01")
    assert (found.actual, found.state) == (2, State.BEHIND)
    assert found.attainment is not None
    assert (found.attainment.share, found.attainment.elapsed) == (Decimal("50.0"), Decimal("80.7"))
    Target.objects.filter(code="TS-01").update(value=2)
    assert reading_of("TS-01").state == State.MET


def test_a_yearly_target_is_of_its_latest_year_and_lists_each() -> None:
    for n, day in ((1, date(2023, 5, 1)), (2, date(2024, 2, 1)), (3, date(2024, 3, 1))):
        a_spell(a_person(n, "360102"), day, form="public_welfare" if n < 3 else "farming")
    found = progress_of("JX-02")
    assert [(reading.year, reading.actual) for reading in found.years] == [(2022, 0), (2023, 1), (2024, 1)]
    assert [reading.state for reading in found.years] == [State.MISSED, State.MISSED, State.BEHIND]


def test_what_is_asked_for_everybody_is_met_when_all_who_are_due_have_it() -> None:
    a_member()
    found = reading_of("TS-03")
    assert (found.part, found.whole, found.wanted, found.state) == (0, 1, 1, State.BEHIND)
    assert reading_of("TS-12").state == State.NONE_DUE, "nobody is due"
    assert reading_of("JX-25").state == State.MET, "nobody is beyond the limit"


def test_trained_persons_are_counted_once_and_their_trainings_beside() -> None:
    base = a_base("211102")
    twice, once = a_person(1, "211102", base=base), a_person(2, "211102", base=base)
    relative = a_person(3, "211102", base=base, kind="household_member", category="")
    a_completed_cohort(base, people=[twice, once, relative])
    a_completed_cohort(base, people=[twice])
    found = progress_of("PJ-02")
    assert found.reading is not None
    assert (found.reading.actual, found.trainings) == (2, 3)


def test_a_region_below_is_held_against_its_share_of_what_is_split_and_the_same_share_of_people() -> None:
    a_spell(a_person(1, "620502"), date(2024, 2, 1))
    assert reading_of("TS-01", region="620502").state == State.TRACKED, "nobody gave it a share yet"
    target = Target.objects.get(code="TS-01")
    allocations.split(
        by=SYSTEM, on=TODAY, target=target, region=a_region("620500"), values={"620502": Decimal(1)}
    )
    found = reading_of("TS-01", region="620502")
    assert (found.actual, found.wanted, found.state) == (1, 1, State.MET)
    assert reading_of("TS-03", region="620502").wanted == 1


def test_regions_without_an_accredited_base_are_named() -> None:
    for code in ("360102", "360103", "360202"):
        a_region(code)
    base = a_base("360102")
    found = progress_of("JX-05")
    assert found.reading is not None
    assert (found.reading.whole, found.reading.part) == (3, 0)
    an_accreditation(base, granted_on=date(2023, 1, 1), valid_until=date(2024, 1, 1))
    assert reading_of("JX-05", on=date(2023, 6, 1)).part == 1
    assert reading_of("JX-05", on=date(2024, 6, 1)).part == 0, "it ran out"
    a_base("360202")  # a base without a plaque does not count
    an_accreditation(a_base("360103"))
    assert [region.code for region in progress_of("JX-05").without] == ["360102", "360202"]
    cities = progress_of("JX-03")
    assert ([region.code for region in cities.without], cities.state) == (["360200"], State.NOT_MET)
    assert reading_of("JX-04").part == 0, "none incubates"


def test_what_came_after_the_last_year_no_longer_counts() -> None:
    a_region("360102")
    an_accreditation(a_base("360102"), granted_on=date(2025, 3, 1), on=date(2025, 3, 1))
    found = reading_of("JX-05", on=date(2025, 6, 1))
    assert (found.as_of, found.part, found.state) == (date(2024, 12, 31), 0, State.MISSED)


def test_reports_that_are_owed_are_missing_once_their_day_is_over() -> None:
    a_region("620502")
    found = progress_of("TS-07")
    assert found.kind == Kind.REPORTS
    assert [reading.state for reading in found.years] == [State.MISSED, State.MISSED, State.NOT_DUE]
    assert progress_of("TS-09", region="620502").state == State.NONE_DUE, "the city owes it, not the county"


def test_the_ledger_tells_of_nobody_and_no_hidden_count_follows_from_the_total() -> None:
    plan = Plan.objects.select_related("region", "period").get(region__code="620500")
    counties = {"620502": 2, "620503": 6, "620521": 7}
    numbers = iter(range(1, 100))
    for code, people in counties.items():
        for _ in range(people):
            a_spell(a_person(next(numbers), code), date(2024, 2, 1))
    target = Target.objects.get(code="TS-01")
    values = dict.fromkeys(counties, Decimal(100))
    allocations.split(by=SYSTEM, on=TODAY, target=target, region=plan.region, values=values)
    rows = [row for row in plan_ledgers.rows(plan, plan.region, on=TODAY) if row[0] == "TS-01"]
    told = {row[2]: row[plan_ledgers.HEADERS.index("实际值")] for row in rows}
    assert told == {"620500": "15", "620502": "少于5", "620503": "少于5", "620521": "7"}
    whole = dict(zip(plan_ledgers.HEADERS, rows[0], strict=True))
    assert (whole["已分解到下级"], whole["未分解"], whole["状态"]) == ("300", "2700", "落后于进度")

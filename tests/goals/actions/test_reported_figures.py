"""Figures of others are entered with source and day; a later one holds, an undone one does not, nothing is lost."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from goals.actions import plans, reported_figures
from goals.errors import FigureUndone, TargetCounted
from goals.models import ReportedFigure, Target
from goals.queries import progress
from goals.rules.readings import State
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.plan_factories import a_target, by_hand
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def report(target: Target, region: str = "620500", by: Any = SYSTEM, **values: Any) -> ReportedFigure:
    asked = {"source": "市人社局通报", "as_of": TODAY} | values
    return reported_figures.report(by=by, on=TODAY, target=target, region=a_region(region), **asked)


def reading_of(target: Target, on: date = TODAY) -> Any:
    return progress.of_target(target, target.plan, on=on).reading


def test_the_latest_by_its_day_holds_and_an_undone_one_gives_way() -> None:
    target = a_target(**by_hand(unit="人", value=Decimal(100)))
    assert reading_of(target).state == State.MISSING
    first = report(target, value=Decimal(30), as_of=date(2024, 3, 31))
    later = report(target, value=Decimal(70))
    report(target, value=Decimal(10), as_of=date(2023, 12, 31))
    assert (reading_of(target).actual, reading_of(target, date(2024, 4, 1)).actual) == (70, 30)
    reported_figures.undo(by=SYSTEM, on=TODAY, figure=later, reason="看错一行")
    found = reading_of(target)
    assert (found.actual, found.as_of, found.source) == (30, first.as_of, "市人社局通报")
    assert found.state == State.BEHIND, "30 of 100 while two fifths of the time are over"
    with pytest.raises(FigureUndone):
        reported_figures.undo(by=SYSTEM, on=TODAY, figure=later, reason="又一次")
    assert ReportedFigure.objects.count() == 3


def test_each_county_reports_a_target_that_is_set_for_each() -> None:
    a_region("620503")
    a_region("620502")
    target = a_target(**by_hand(per="county", period_kind="annual"))
    officer = an_actor("federation_officer", a_federation("620502"))
    report(target, "620502", by=officer, value=Decimal(2), year=2024)
    with pytest.raises(NotPermitted):
        report(target, "620503", by=officer, value=Decimal(2), year=2024)
    with pytest.raises(InvalidInput) as refused:
        report(target, "620500", value=Decimal(2))
    assert refused.value.facts["fields"] == {"region": "figure_of_unit", "year": "field_missing"}
    found = progress.of_target(target, target.plan, on=TODAY)
    assert found.reading is not None
    assert (found.reading.part, found.reading.whole) == (1, 2)
    assert [(unit.region.code, unit.reading.state) for unit in found.units] == [
        ("620502", State.MET),
        ("620503", State.MISSING),
    ]
    assert [reading.part for reading in found.years] == [0, 1]


def test_a_target_with_a_day_takes_the_day_on_which_it_was_done() -> None:
    target = a_target(**by_hand(operator="by", value=None, due_on=date(2024, 4, 30), period_kind="deadline"))
    assert reading_of(target).state == State.MISSED
    with pytest.raises(InvalidInput) as refused:
        report(target, value=Decimal(1))
    assert refused.value.facts["fields"] == {"done_on": "field_missing", "value": "target_value_with_day"}
    report(target, done_on=date(2024, 5, 2))
    assert reading_of(target).state == State.LATE
    with pytest.raises(InvalidInput):
        report(target, done_on=TODAY + timedelta(1))


def test_what_the_register_counts_is_not_entered() -> None:
    with pytest.raises(TargetCounted):
        report(a_target(), value=Decimal(1))


def test_a_region_outside_the_plan_is_not_found() -> None:
    with pytest.raises(NotFound):
        report(a_target(**by_hand()), "211100", value=Decimal(1))


def test_graduates_are_held_against_the_nations_average_of_the_year_before() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    target = Target.objects.get(code="JX-08")
    county = an_actor("federation_officer", a_federation("360102"))
    with pytest.raises(NotPermitted):
        report(target, "000000", by=county, value=Decimal("0.7"), year=2023)
    province = an_actor("federation_officer", a_federation("360000"))
    report(target, "000000", by=province, value=Decimal("0.7"), year=2023)
    with pytest.raises(InvalidInput):
        report(target, "000000", by=province, value=Decimal("0.7"), year=2020)
    found = progress.of_target(target, target.plan, on=TODAY)
    assert [reading.wanted for reading in found.years] == [None, None, Decimal("0.7")]

"""Which period a reader means."""

import pytest

from goals.models import Plan
from goals.queries.periods import chosen, periods
from tests.conftest import TODAY
from tests.goals.factories import a_period
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def test_a_region_looks_first_at_the_latest_period_of_a_plan_that_reaches_it() -> None:
    for region, years in (("620500", (2022, 2024)), ("360000", (2020, 2025))):
        Plan.objects.create(region=a_region(region), period=a_period(*years), title=region)
    found = [chosen(periods(a_region(code)), None, on=TODAY) for code in ("620502", "620000", "360100")]
    assert [str(period) for period in found] == ["2022–2024", "2022–2024", "2020–2025"]


def test_where_no_plan_reaches_the_latest_of_any_plan_is_shown() -> None:
    Plan.objects.create(region=a_region("620500"), period=a_period(2022, 2024), title="a")
    assert str(chosen(periods(a_region("211100")), None, on=TODAY)) == "2022–2024"


def test_what_is_asked_for_is_shown_wherever_it_is_from() -> None:
    a_period(2022, 2024)
    a_period(2023, 2023)
    assert str(chosen(periods(a_region("211100")), "2023", on=TODAY)) == "2023"

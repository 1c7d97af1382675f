"""Who belongs to the population, and since when."""

from datetime import date

import pytest

from goals.rules.facts import Facts, Need, Span, Status
from goals.rules.population import birthday, joined_on
from registry.rules.citizen_ids import Sex

FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)
PERIOD = Span(FIRST, LAST, on=LAST)
LONG_AGO = date(2020, 5, 1)


def some_facts(**values: object) -> Facts:
    given = {
        "sex": Sex.FEMALE,
        "birth_date": date(1985, 3, 15),
        "needs": [Need(LONG_AGO, training_need=True, employable=True)],
        "statuses": [Status(LONG_AGO, employed=False)],
    }
    return Facts(**(given | values))  # type: ignore[arg-type]


def test_whoever_meets_all_four_conditions_at_the_start_joins_on_the_first_day() -> None:
    assert joined_on(some_facts(), PERIOD) == FIRST


@pytest.mark.parametrize(
    "needs",
    [
        [],
        [Need(LONG_AGO, training_need=False, employable=True)],
        [Need(LONG_AGO, training_need=True, employable=False)],
        [Need(LONG_AGO, True, True), Need(date(2021, 6, 1), training_need=False, employable=True)],
    ],
)
def test_without_a_need_or_fitness_for_work_nobody_joins(needs: list[Need]) -> None:
    assert joined_on(some_facts(needs=needs), PERIOD) is None


def test_an_employment_status_that_nobody_recorded_is_not_unemployment() -> None:
    assert joined_on(some_facts(statuses=[]), PERIOD) is None


def test_the_employed_join_on_the_day_they_lose_their_work() -> None:
    statuses = [Status(LONG_AGO, employed=True), Status(date(2023, 4, 2), employed=False)]
    assert joined_on(some_facts(statuses=statuses), PERIOD) == date(2023, 4, 2)


def test_whoever_finds_work_later_has_still_joined() -> None:
    statuses = [Status(LONG_AGO, employed=False), Status(date(2022, 1, 2), employed=True)]
    assert joined_on(some_facts(statuses=statuses), PERIOD) == FIRST


def test_a_need_registered_during_the_period_joins_on_that_day() -> None:
    needs = [Need(date(2023, 9, 1), training_need=True, employable=True)]
    assert joined_on(some_facts(needs=needs), PERIOD) == date(2023, 9, 1)


def test_nobody_joins_after_the_last_day() -> None:
    needs = [Need(date(2025, 1, 1), training_need=True, employable=True)]
    assert joined_on(some_facts(needs=needs), PERIOD) is None


@pytest.mark.parametrize(
    ("sex", "birth_date", "joined"),
    [
        (Sex.FEMALE, date(2007, 7, 20), date(2023, 7, 20)),  # sixteen during the period
        (Sex.MALE, date(2008, 2, 29), date(2024, 2, 29)),
        (Sex.FEMALE, date(1967, 1, 2), FIRST),  # 54 on the first day, 55 on the second
        (Sex.FEMALE, date(1967, 1, 1), None),  # 55 on the first day
        (Sex.MALE, date(1967, 1, 1), FIRST),
        (Sex.MALE, date(1962, 1, 1), None),  # 60 on the first day
    ],
)
def test_working_age_is_counted_in_whole_years_on_the_day(
    sex: Sex, birth_date: date, joined: date | None
) -> None:
    assert joined_on(some_facts(sex=sex, birth_date=birth_date), PERIOD) == joined


def test_a_child_of_29_february_grows_older_on_1_march_in_common_years() -> None:
    assert birthday(date(2008, 2, 29), 15) == date(2023, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)

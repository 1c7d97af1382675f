"""When a report is due and where it stands."""

from datetime import date

import pytest

from goals.rules import reports
from goals.rules.reports import Status

DUE = date(2024, 11, 30)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12-31", date(2023, 12, 31)),
        ("11-30", date(2023, 11, 30)),
        ("02-29", date(2023, 2, 28)),
        ("2024-12-31", date(2024, 12, 31)),
        ("2023-Q1", date(2023, 3, 31)),
        ("2023-Q4", date(2023, 12, 31)),
        ("", None),
    ],
)
def test_the_day_that_a_document_means(written, day):
    assert reports.due_on(written, 2023) == day


def test_what_is_owed_at_least_once_in_some_years_is_due_when_they_end():
    assert reports.deadline("", 2024, is_dated=False) == date(2024, 12, 31)
    assert reports.deadline("", 2024, is_dated=True) is None


def test_a_yearly_report_is_owed_for_every_year_and_others_once():
    assert list(reports.years(2022, 2024, is_annual=True)) == [2022, 2023, 2024]
    assert list(reports.years(2022, 2024, is_annual=False)) == [2024]


@pytest.mark.parametrize(
    ("filed_on", "on", "status"),
    [
        (None, DUE, Status.NOT_DUE),
        (None, date(2024, 12, 1), Status.MISSING),
        (DUE, date(2025, 1, 1), Status.FILED),
        (date(2024, 12, 1), date(2025, 1, 1), Status.LATE),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_late(filed_on, on, status):
    assert reports.status(due=DUE, year=2024, filed_on=filed_on, on=on) == status


def test_without_a_day_nobody_is_late_but_a_year_that_is_over_misses_its_report():
    assert reports.status(due=None, year=2022, filed_on=date(2023, 5, 1), on=DUE) == Status.FILED
    assert reports.status(due=None, year=2024, filed_on=None, on=DUE) == Status.NOT_DUE
    assert reports.status(due=None, year=2022, filed_on=None, on=DUE) == Status.MISSING


def test_what_was_returned_is_not_filed_until_it_is_mended():
    found = reports.status(due=DUE, year=2024, filed_on=date(2024, 11, 1), is_returned=True, on=DUE)
    assert found == Status.RETURNED

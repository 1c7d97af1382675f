from datetime import date

import pytest

from registry.rules.plaques import end_of_term, next_number

ON = date(2024, 6, 3)


@pytest.mark.parametrize(
    ("last", "following"),
    [
        ("", "620502-2024-001"),
        ("620502-2024-007", "620502-2024-008"),
        ("620502-2024-999", "620502-2024-1000"),
        ("620502-2022-041", "620502-2024-001"),
        ("天残基〔2023〕第 9 号", "天残基〔2024〕第 1 号"),
        ("天残基009", "天残基010"),
        ("天水示范基地", "天水示范基地-2"),
    ],
)
def test_the_next_number_counts_on_and_begins_again_each_year(last: str, following: str) -> None:
    assert next_number(last, region_code="620502", on=ON) == following


@pytest.mark.parametrize(
    ("granted_on", "ends_on"),
    [
        (date(2024, 6, 3), date(2027, 6, 2)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2024, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(granted_on: date, ends_on: date) -> None:
    assert end_of_term(granted_on, 3) == ends_on

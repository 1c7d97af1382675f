"""Numbers of a base and year."""

import pytest

from certificates.actions import series
from tests.registry.factories import a_base

pytestmark = pytest.mark.django_db


def test_a_number_series_hands_out_each_number_once() -> None:
    base = a_base("620502")

    assert [list(series.take(base=base, year=2024, count=count)) for count in (1, 3, 1)] == [
        [1],
        [2, 3, 4],
        [5],
    ]
    assert list(series.take(base=base, year=2025, count=2)) == [1, 2]
    assert list(series.take(base=a_base("620502"), year=2024, count=1)) == [1]

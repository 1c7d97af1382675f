"""A unit is marked in four dimensions; the worst mark and the order of units follow from what each lacks."""

from decimal import Decimal

from goals.rules.data_quality import DIMENSIONS, KEYS, dimension_of, marks


def test_a_mark_lacks_what_is_late_and_what_is_not_there():
    found = marks({"outcomes": 10, "outcomes_late": 3, "jobs": 4, "jobs_shown": 1}, {"flags_open": (1, 2)})
    assert {key: mark.lack for key, mark in found.by_key.items() if mark.lack is not None} == {
        "outcome_lag": Decimal("30.0"),
        "employment_lag": Decimal("0.0"),
        "evidence_rate": Decimal("75.0"),
        "flags_open": Decimal("50.0"),
    }
    assert found.worst.key == "evidence_rate"
    assert found.lack == Decimal("38.8")


def test_more_entered_than_expected_is_no_fault():
    assert marks({}, {"entry_rate": (12, 10)}).worst is None


def test_where_nothing_is_recorded_nothing_is_marked():
    found = marks({}, {})
    assert (found.lack, found.worst) == (None, None)


def test_every_indicator_belongs_to_one_dimension():
    assert len(KEYS) == len(set(KEYS))
    assert {dimension_of(key) for key in KEYS} == set(DIMENSIONS)

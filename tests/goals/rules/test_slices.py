"""Who stands behind an indicator, and by what it can be broken down."""

from goals.rules.indicators import INDICATORS, Unit
from goals.rules.slices import NO_SKILL, OF_PEOPLE, OF_TRAINING, Slice, breakdowns, parts, unit


def test_who_is_left_adds_to_the_denominator_and_not_to_the_numerator() -> None:
    left = parts(INDICATORS["retention_rate"])["rest"]
    assert left == Slice(("retained", "left"), ("retained",))
    assert left.count({"retained": 3, "left": 2}) == 2
    assert NO_SKILL.count({"members": 5, "one": 2, "two": 1}) == 2


def test_a_plain_count_has_nobody_left() -> None:
    assert parts(INDICATORS["new_employment"]).keys() == {"in"}


def test_only_what_training_adds_is_broken_down_by_category_and_base() -> None:
    assert breakdowns(INDICATORS["completion_rate"]) == OF_PEOPLE + OF_TRAINING
    assert breakdowns(INDICATORS["two_skilled_employed"]) == OF_PEOPLE
    assert breakdowns(INDICATORS["family_trained_persons"]) == ()


def test_every_indicator_counts_in_a_unit() -> None:
    assert {unit(one) for one in INDICATORS.values()} == {Unit.PERSONS, Unit.ENROLMENTS, Unit.RECORDS}

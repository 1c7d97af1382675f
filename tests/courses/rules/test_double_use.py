from datetime import date

import pytest

from courses.rules.double_use import Cost, against

TODAY = date(2024, 6, 3)
TUITION = Cost("tuition", TODAY, cohort=1, skill=7, level=5)


def why(cost, *charged, **limits):
    return list(against(cost, charged, limits))


def test_the_same_item_of_the_same_training_is_charged_once():
    assert why(TUITION, Cost("tuition", TODAY, cohort=1, skill=7, level=5)) == [("same_cost", 0)]


def test_another_item_of_the_same_training_is_no_double_use():
    assert why(TUITION, Cost("living", TODAY, cohort=1, skill=7, level=5)) == []


def test_the_same_skill_and_level_is_not_paid_twice_in_any_year():
    assert why(TUITION, Cost("tuition", date(2021, 1, 1), cohort=2, skill=7, level=5)) == [("same_skill", 0)]


@pytest.mark.parametrize("other", [{"level": 4}, {"skill": 8}, {"skill": None}])
def test_another_level_or_skill_is_no_double_use(other):
    assert why(TUITION, Cost("tuition", TODAY, **{"cohort": 2, "skill": 7, "level": 5} | other)) == []


def test_a_business_is_paid_for_once_whoever_claims():
    shop = Cost("startup", TODAY, business="92X")
    other = Cost("startup", TODAY, business="92X", is_own=False)
    assert why(shop, other) == [("same_business", 0)]
    assert why(shop, Cost("startup", TODAY, business="92Y", is_own=False), once_in_life=True) == []


def test_once_in_life_counts_every_year():
    shop = Cost("startup", TODAY, business="92X")
    earlier = Cost("startup", date(2010, 1, 1))
    assert why(shop, earlier) == []
    assert why(shop, earlier, once_in_life=True) == [("once_in_life", 0)]


def test_limits_count_the_calendar_year_of_the_claim():
    last_year = Cost("tuition", date(2023, 12, 31), cohort=2, skill=8)
    this_year = Cost("tuition", date(2024, 1, 1), cohort=3, skill=9)
    assert why(TUITION, last_year, same_kind_a_year=1) == []
    assert why(TUITION, this_year, same_kind_a_year=1) == [("same_kind_a_year", 0)]
    assert why(TUITION, this_year, same_kind_a_year=2) == []


def test_the_limit_on_all_kinds_counts_every_item():
    charged = [Cost("living", TODAY, cohort=1), Cost("startup", TODAY)]
    assert why(TUITION, *charged, all_kinds_a_year=3) == []
    assert why(TUITION, *charged, all_kinds_a_year=2) == [("all_kinds_a_year", 0), ("all_kinds_a_year", 1)]


def test_one_charge_is_told_once_with_its_strongest_reason():
    same = Cost("tuition", TODAY, cohort=1, skill=7, level=5)
    assert why(TUITION, same, same_kind_a_year=1, all_kinds_a_year=1) == [("same_cost", 0)]

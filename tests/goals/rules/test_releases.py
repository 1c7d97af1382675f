"""What of a table leaves the federation: tests/registry/rules/test_differencing.py attacks the rule below it."""

import pytest

from goals.rules import releases
from goals.rules.indicators import INDICATORS
from goals.rules.releases import GOAL, Place

PLACES = [
    Place("P", "省", "province", "N"),
    *(Place(code, code, "prefecture", "P") for code in ("A", "B", "C")),
]


def counts(**two_of: tuple[int, int]) -> dict[str, dict[str, dict[str, int]]]:
    found = {code: {"": {"two": two, "members": members}} for code, (two, members) in two_of.items()}
    whole = {"two": sum(two for two, _ in two_of.values()), "members": sum(n for _, n in two_of.values())}
    return {"P": {"": whole}, **found}


def told(table):
    return {place.code: releases.numbers(INDICATORS[GOAL], table, place.code) for place in PLACES}


def test_a_small_count_takes_the_smallest_other_with_it():
    table = releases.table(INDICATORS[GOAL], PLACES, counts(A=(3, 40), B=(10, 30), C=(20, 90)))
    assert told(table) == {"P": (33, 160), "A": None, "B": None, "C": (20, 90)}
    assert releases.whole(table, "A") == 40, "how many are counted tells nothing of who reached the goal"


def test_all_but_a_few_is_as_telling_as_a_few():
    table = releases.table(INDICATORS[GOAL], PLACES, counts(A=(38, 40), B=(10, 30), C=(20, 90)))
    assert told(table)["A"] is None


def test_nobody_is_no_secret():
    table = releases.table(INDICATORS[GOAL], PLACES, counts(A=(0, 40), B=(10, 30), C=(0, 0)))
    assert told(table) == {"P": (10, 70), "A": (0, 40), "B": (10, 30), "C": (0, 0)}


def test_a_change_of_a_few_since_the_last_release_is_held_back_with_another():
    first = releases.table(INDICATORS[GOAL], PLACES, counts(A=(10, 40), B=(10, 30), C=(20, 90)))
    after = counts(A=(12, 40), B=(14, 30), C=(26, 90))
    table = releases.table(INDICATORS[GOAL], PLACES, after, earlier=[first])
    assert told(table) == {"P": (52, 160), "A": None, "B": None, "C": (26, 90)}


def test_nothing_leaves_where_the_whole_province_changed_by_a_few():
    first = releases.table(INDICATORS[GOAL], PLACES, counts(A=(10, 40), B=(10, 30), C=(20, 90)))
    after = counts(A=(10, 42), B=(10, 30), C=(20, 90))
    table = releases.table(INDICATORS[GOAL], PLACES, after, earlier=[first])
    assert table["counts"]["whole"]["shown"] == {}


def test_a_breakdown_is_told_of_a_region_in_whole_or_not_at_all():
    found = counts(A=(10, 40), B=(10, 30), C=(20, 90))
    for code, men in {"P": (20, 80), "A": (5, 20), "B": (8, 15), "C": (7, 45)}.items():
        everybody = found[code][""]
        found[code]["sex:male"] = {"two": men[0], "members": men[1]}
        found[code]["sex:female"] = {
            "two": everybody["two"] - men[0],
            "members": everybody["members"] - men[1],
        }
    table = releases.table(INDICATORS[GOAL], PLACES, found)
    women = {code: releases.numbers(INDICATORS[GOAL], table, code, "sex:female") for code in "PABC"}
    assert women == {"P": (20, 80), "A": None, "B": None, "C": (13, 45)}


@pytest.mark.parametrize(
    ("indicator", "is_year", "may"),
    [
        (GOAL, False, True),
        (GOAL, True, False),
        ("trained_persons", True, True),
        ("trained_persons", False, False),
        ("graduate_file_rate", True, False),
    ],
)
def test_an_indicator_leaves_for_years_that_do_not_overlap(indicator, is_year, may):
    assert releases.may_be_released(indicator, is_year=is_year) == may


def test_no_breakdown_that_leaves_names_disability():
    assert not {"disability", "grade", "hardship"} & set(releases.BREAKDOWNS)

"""The region tree out of today's codes and the codes of every year."""

from datetime import date

from registry.rules import regions
from registry.rules.regions import Period, Place

CURRENT = {
    "620000": "甘肃省",
    "620500": "天水市",
    "620502": "秦州区",
    "120000": "天津市",
    "120119": "蓟州区",
    "210000": "辽宁省",
    "211100": "盘锦市",
    "211104": "大洼区",
    "360000": "江西省",
    "360600": "鹰潭市",
    "360603": "余江区",
    "232700": "大兴安岭地区",
    "230000": "黑龙江省",
    "429004": "仙桃市",
    "420000": "湖北省",
}
HISTORY = {
    "620500": "[1985-]天水市",
    "620501": "[1985-]市辖区",
    "620502": "[1985-2003]秦城区,[2004-]秦州区",
    "622700": "[-1985]天水地区",
    "622722": "[-1985]庄浪县",
    "120119": "[2016-]蓟州区",
    "120200": "[-2016]县",
    "120225": "[1982-2016]蓟县",
    "211104": "[2016-]大洼区",
    "211121": "[1984-2016]大洼县",
    "360603": "[2018-]余江区",
    "360622": "[1983-2018]余江县",
    "429000": "[1994-]省直辖县级行政单位",
    "429004": "[1994-]仙桃市",
}


def places() -> dict[str, Place]:
    return {place.code: place for place in regions.tree(CURRENT, HISTORY)}


def test_periods_are_read_with_and_without_years() -> None:
    assert regions.periods("[1985-2003]秦城区,[2004-]秦州区") == [
        Period(1985, 2003, "秦城区"),
        Period(2004, None, "秦州区"),
    ]
    assert regions.periods("东城区") == [Period(None, None, "东城区")]
    assert regions.periods("[-2010]崇文区") == [Period(None, 2010, "崇文区")]


def test_a_renaming_does_not_interrupt_a_code_but_a_gap_does() -> None:
    assert places()["620502"].valid_from == date(1985, 1, 1)
    gap = regions.tree(CURRENT, {**HISTORY, "620502": "[1985-1990]秦城区,[1995-]秦州区"})
    assert next(place for place in gap if place.code == "620502").valid_from == date(1995, 1, 1)


def test_headings_of_the_code_table_are_no_regions() -> None:
    assert places().keys().isdisjoint({"620501", "120200", "429000"})


def test_parents_come_before_children_and_paths_follow_them() -> None:
    seen: set[str] = set()
    for place in regions.tree(CURRENT, HISTORY):
        assert not place.parent or place.parent in seen
        seen.add(place.code)
    assert places()["620502"].path == "000000/620000/620500/620502/"


def test_units_without_a_prefecture_stand_straight_under_their_province() -> None:
    assert places()["120119"].path == "000000/120000/120119/"
    assert places()["429004"].path == "000000/420000/429004/"
    assert places()["429004"].level == "county"


def test_a_retired_code_keeps_its_years_and_gets_a_certain_successor() -> None:
    found = places()
    assert {code: found[code].successor for code in ("120225", "211121", "360622", "622700")} == {
        "120225": "120119",
        "211121": "211104",
        "360622": "360603",
        "622700": "620500",
    }
    assert (found["120225"].valid_from, found["120225"].valid_to) == (date(1982, 1, 1), date(2016, 12, 31))
    # A county of the same year but another name is no successor, and nothing is guessed.
    assert found["622722"].successor == ""


def test_two_candidates_are_no_successor() -> None:
    twice = {**CURRENT, "360703": "余江市"}
    history = {**HISTORY, "360703": "[2018-]余江市", "360723": "[1983-2018]余江县"}
    successors = {place.code: place.successor for place in regions.tree(twice, history)}
    assert successors["360723"] == ""
    assert successors["360622"] == "360603"  # this one is documented


def test_the_development_zone_is_under_tianshui_and_not_statutory() -> None:
    zone = places()["620571"]
    assert (zone.parent, zone.level, zone.is_statutory) == ("620500", "county", False)

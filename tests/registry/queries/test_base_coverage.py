from datetime import date
from typing import Any

import pytest

from registry.actions import standards as standard_actions
from registry.queries import base_coverage, bases, standards
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.base_factories import a_suspension
from tests.registry.factories import a_base, a_federation, a_region, an_accreditation

pytestmark = pytest.mark.django_db
CITY = "000000/620000/620500/"


def counted(unit: str = "county", path: str = CITY, **asked: Any) -> dict[str, int]:
    return {row.region.code: row.total for row in base_coverage.rows(path, unit=unit, on=TODAY, **asked)}


def test_a_base_counts_where_it_stands_and_in_the_prefecture_above() -> None:
    a_region("620503")
    base = a_base("620502")
    an_accreditation(base)
    an_accreditation(base, a_federation("620500"))
    assert counted() == {"620502": 1, "620503": 0}
    assert counted("prefecture") == {"620500": 1}
    [row] = base_coverage.rows(CITY, unit="prefecture", on=TODAY)
    assert row.by_level == {"county": 1, "prefectural": 1}
    assert counted(level="prefectural") == {"620502": 1, "620503": 0}
    assert counted(level="national") == {"620502": 0, "620503": 0}


def test_kind_and_category_are_those_the_plaque_was_granted_for() -> None:
    base = a_base("620502", kind="incubation", categories=["heritage", "creative"])
    an_accreditation(base)
    an_accreditation(a_base("620503"), categories=["e_commerce"])
    assert counted(kind="incubation") == {"620502": 1, "620503": 0}
    assert counted(category="creative") == {"620502": 1, "620503": 0}
    assert counted(category="e_commerce") == {"620502": 0, "620503": 1}


def test_suspended_lapsed_and_later_plaques_leave_a_gap() -> None:
    a_suspension(an_accreditation(a_base("620502")))
    an_accreditation(a_base("620503"), valid_until=date(2024, 6, 2))
    assert counted() == {"620502": 0, "620503": 0}


def test_tianjin_has_no_prefectures_and_a_development_zone_is_told_apart() -> None:
    an_accreditation(a_base("120101"), a_federation("120000"))
    assert counted("prefecture", "000000/120000/") == {}
    assert counted("county", "000000/120000/") == {"120101": 1}
    a_region("620571")
    [zone] = base_coverage.rows(CITY, unit="county", on=TODAY)
    assert (zone.region.name, zone.region.is_statutory) == ("天水经济技术开发区", False)


def test_it_takes_two_queries(django_assert_num_queries: Any) -> None:
    for n in range(20):
        an_accreditation(a_base("620502" if n % 2 else "620503"))
    with django_assert_num_queries(2):
        assert counted() == {"620502": 10, "620503": 10}


def test_a_plaque_ends_soon_by_the_standard_of_its_federation_until_it_is_renewed() -> None:
    near, far = a_base("620502"), a_base("620503")
    old = an_accreditation(near, valid_until=date(2024, 8, 1))
    an_accreditation(far, valid_until=date(2024, 8, 1))
    assert {plaque.base for plaque in bases.plaques_ending(on=TODAY)} == {near, far}
    standard_actions.decide(
        by=SYSTEM, federation=a_federation("620503"), key="plaque_reminder_days", value=30, since=TODAY
    )
    assert {plaque.base for plaque in bases.plaques_ending(on=TODAY)} == {near}
    an_accreditation(near, renews=old)
    assert not bases.plaques_ending(on=TODAY).exists()
    assert standards.value("plaque_reminder_days", region_path=far.region.path, on=TODAY) == 30

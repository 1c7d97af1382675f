from datetime import date, timedelta
from typing import Any

import pytest

from registry import words
from registry.actions import standards
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, LocalStandard
from registry.queries import standards as queries
from registry.rules.access import SYSTEM
from registry.rules.standards import STANDARDS
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def decide(region: str, value: Any, key: str = "accreditation_term_years", **values: Any) -> LocalStandard:
    asked = {"by": SYSTEM, "federation": a_federation(region), "key": key, "value": value, "since": TODAY}
    return standards.decide(**asked | values)


def term(region: str, on: date = TODAY) -> Any:
    return queries.value("accreditation_term_years", region_path=a_region(region).path, on=on)


def test_the_nearest_federation_upward_that_decided_is_followed_else_the_default() -> None:
    assert term("620502") == 3
    decide("620000", 4)
    assert [term("620502"), term("620500"), term("120101")] == [4, 4, 3]
    decide("620502", 5)
    assert [term("620502"), term("620503")] == [5, 4]
    decide("620502", None, since=TODAY + timedelta(days=1))
    assert [term("620502"), term("620502", TODAY + timedelta(days=1))] == [5, 4]


def test_a_decision_holds_from_its_day_on() -> None:
    decide("620500", 5, since=date(2023, 1, 1))
    decide("620500", 2, since=date(2024, 1, 1))
    assert [term("620502", day) for day in (date(2022, 12, 31), date(2023, 1, 1), TODAY)] == [3, 5, 2]


def test_a_second_decision_of_the_same_day_takes_the_place_of_the_first_and_the_trail_keeps_both() -> None:
    decide("620500", 5, document="天残联发〔2024〕1号")
    decide("620500", 6)
    assert LocalStandard.objects.get().value == 6
    rows = AuditEvent.objects.filter(verb="standard.decided").order_by("pk")
    assert [(row.facts["before"], row.facts["after"]) for row in rows] == [(None, 5), (5, 6)]
    assert rows[0].facts["document"] == "天残联发〔2024〕1号"


def test_an_officer_decides_for_their_own_federation_and_below_only() -> None:
    officer = an_actor("federation_officer", a_federation("620500"))
    decide("620502", 5, by=officer)
    for region in ("620000", "120000"):
        with pytest.raises(NotPermitted):
            decide(region, 5, by=officer)
    with pytest.raises(NotPermitted):
        decide("620500", 5, by=an_actor("approver", a_federation("620500")))


def test_a_value_out_of_range_or_an_unknown_rule_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput) as refused:
        decide("620500", 0)
    assert refused.value.facts == {"fields": {"value": "standard_range"}, "least": 1, "most": 20}
    assert words.say("standard_range", refused.value.facts) == "请填写 1 到 20 之间的整数。"
    with pytest.raises(InvalidInput):
        decide("620500", 5, key="speed_limit")


def test_many_standards_and_many_places_take_one_query(django_assert_num_queries: Any) -> None:
    decide("620000", 4)
    paths = [a_region(code).path for code in ("620502", "620503", "120101")]
    with django_assert_num_queries(1):
        queries.values(STANDARDS, region_path=paths[0], on=TODAY)
    with django_assert_num_queries(1):
        term_in = queries.everywhere("accreditation_term_years", on=TODAY)
        assert [term_in(path) for path in paths] == [4, 4, 3]


def test_every_standard_has_a_name() -> None:
    assert [key for key in STANDARDS if not words.is_known(f"standard.{key}")] == []

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from registry.actions import standards as actions
from registry.models import LocalStandard
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.registry.factories import a_base, a_federation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
TERM = "/standards/620500/accreditation_term_years/"


def text(response: Any) -> str:
    return str(response.content.decode())


def saved(client: Client, address: str = TERM, **values: Any) -> Any:
    return client.post(address, {"since": str(today()), "document": "天残联发〔2024〕1号"} | values)


def test_an_officer_decides_a_rule_and_a_base_reads_it_with_who_decided(browser: Browser) -> None:
    city = a_federation("620500")
    officer = browser("federation_officer", city)
    assert 'value="3"' in text(officer.get(TERM))
    assert saved(officer, value="5").status_code == 302
    manager = browser("base_manager", a_base("620502"))
    page = text(manager.get("/standards/"))
    assert "<h1>秦州区的培训规范</h1>" in page
    assert f"<td>5</td><td>{city.name}</td>" in page
    assert "修改" not in page
    assert "本级的历次规定" in text(officer.get(TERM))


def test_switches_and_lists_are_decided_too(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    saved(officer, "/standards/620500/examined_apart/", value="True")
    saved(officer, "/standards/620500/follow_up_months/", value="3，6、 9, 12")
    held = dict(LocalStandard.objects.values_list("key", "value"))
    assert held == {"examined_apart": True, "follow_up_months": [3, 6, 9, 12]}
    assert "3、6、9、12" in text(officer.get("/standards/"))


def test_a_rule_can_be_given_back_to_the_federation_above(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    saved(officer, value="5")
    saved(officer, follows="on")
    assert LocalStandard.objects.get().value is None
    assert "<td>3</td><td>默认</td>" in text(officer.get("/standards/"))


@pytest.mark.parametrize("value", ["", "0", "21", "many", "1e3"])
def test_what_cannot_be_is_said_at_the_field(browser: Browser, value: str) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    answer = saved(officer, value=value)
    assert answer.status_code == 422
    assert 'href="#id_value"' in text(answer)
    assert not LocalStandard.objects.exists()


def test_the_page_takes_a_fixed_number_of_queries(browser: Browser, django_assert_num_queries: Any) -> None:
    city = a_federation("620500")
    officer = browser("federation_officer", city)
    with django_assert_num_queries(10):
        officer.get("/standards/")
    for key in ("accreditation_term_years", "filing_lead_days"):
        actions.decide(by=SYSTEM, federation=city, key=key, value=5, since=today())
    with django_assert_num_queries(10):
        officer.get("/standards/")


def test_the_api_says_and_does_the_same(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    address = "/api/registry/standards/620500"
    body = {"value": 5, "since": str(date(2024, 1, 1)), "document": "天残联发〔2024〕1号"}
    done = officer.put(f"{address}/accreditation_term_years", body, content_type="application/json")
    assert (done.status_code, done.json()["value"]) == (200, 5)
    assert officer.put(f"{address}/speed_limit", body, content_type="application/json").status_code == 404
    held = {one["key"]: one["value"] for one in officer.get(address).json()}
    assert (held["accreditation_term_years"], held["follow_up_months"]) == (5, [3, 6, 12])
    before = {one["key"]: one["value"] for one in officer.get(f"{address}?on=2023-12-31").json()}
    assert before["accreditation_term_years"] == 3

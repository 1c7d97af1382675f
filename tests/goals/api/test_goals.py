"""The API of goals says what the pages say."""

import json
from typing import Any

import pytest

from goals.actions import plans
from goals.models import Plan
from tests.goals.factories import a_member, certified
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_base, a_federation, a_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()


def test_coverage_comes_with_the_regions_below() -> None:
    certified(a_member(1))
    a_member(2, "620503")
    a_member(3, "620500")
    answer = signed_in("read_only", a_federation("620500")).get("/api/goals/coverage/620500").json()
    assert answer["region"] == {
        "people": 3,
        "no_skill": 2,
        "one_skill": 1,
        "two_skills": 0,
        "share": "0.0",
        "employed": 0,
        "people_now": answer["region"]["people_now"],
        "two_now": 0,
        "share_now": "0.0",
        "region_code": "620500",
        "region_name": "天水市",
        "is_statutory": True,
        "change": None,
        "is_behind": False,
    }
    assert answer["finding"].startswith("天水市：0% 的有需求人员已掌握两门以上技能")
    assert (answer["target"], answer["is_counted"]) == (None, True)
    assert [(one["region_code"], one["one_skill"]) for one in answer["below"]] == [
        ("620502", 1),
        ("620503", 0),
    ]
    assert answer["itself"]["people"] == 1
    assert answer["period"] == "2022-2024"


@pytest.mark.parametrize(
    ("code", "period"), [("620500", ""), ("999999", ""), ("620502", "?period=1999-2001")]
)
def test_what_is_out_of_reach_or_unknown_is_not_found(code: str, period: str) -> None:
    client = signed_in("read_only", a_federation("620502"))
    answer = client.get(f"/api/goals/coverage/{code}{period}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_trainer_reads_no_figures() -> None:
    client = signed_in("trainer", a_base())
    for address in ("/api/goals/coverage/620502", "/api/goals/plans"):
        assert client.get(address).json()["code"] == "not_permitted"


def test_targets_come_with_their_progress_in_the_readers_own_part() -> None:
    a_member(1)
    plan = Plan.objects.get(region__code="620500")
    address = f"/api/goals/plans/{plan.public_id}/targets"
    inside = signed_in("read_only", a_federation("620500")).get(address).json()
    assert len(inside) == 15
    second = inside[1]
    assert (second["target"]["code"], second["progress"]["kind"]) == ("TS-02", "indicator")
    assert (second["progress"]["reading"]["part"], second["progress"]["reading"]["whole"]) == (0, 1)
    outside = signed_in("read_only", a_federation("211102")).get(address).json()
    assert {row["progress"]["kind"] for row in outside} == {"withheld"}
    assert all(row["progress"]["reading"] is None for row in outside)


def test_a_programme_enters_a_plan_reports_and_splits() -> None:
    client = signed_in("federation_officer", a_federation("620500"))

    def send(method: str, address: str, **body: object) -> Any:
        answer = client.generic(method, f"/api/goals/{address}", json.dumps(body), "application/json")
        return answer.json() if answer.content else answer.status_code

    plan = send("POST", "plans", region="620500", title="行动方案", first_year=2023, last_year=2025)
    asked = {"quote": "就业900人", "period_kind": "cumulative", "first_year": 2023, "last_year": 2025}
    counted = {"metric": "new_employment", "operator": ">=", "value": 900}
    first = send("POST", f"plans/{plan['id']}/targets", **asked, **counted)
    by_hand = {"metric": "reported", "metric_name": "招聘会", "operator": ">=", "value": 2, "unit": "次"}
    second = send("POST", f"plans/{plan['id']}/targets", **asked, **by_hand)
    third = send("POST", f"plans/{plan['id']}/targets", **asked, **by_hand)
    send("PUT", f"targets/{second['code']}", **asked, **by_hand | {"value": 3})
    assert send("DELETE", f"targets/{third['code']}") == 204
    assert (
        send("PUT", f"plans/{plan['id']}", title="行动方案", first_year=2023, last_year=2026)["period"]
        == "2023-2026"
    )
    assert send("POST", f"plans/{plan['id']}/put-in-force")["state"] == "in_force"
    refused = send("POST", f"targets/{first['code']}/reported", region="620500", source="通报", value=1)
    assert refused["code"] == "target_counted"
    figure = send("POST", f"targets/{second['code']}/reported", region="620500", source="通报", value=2)
    send("POST", f"reported/{figure['id']}/undo", reason="看错")
    listed = send("GET", f"targets/{second['code']}/reported")["items"]
    assert [(one["value"], one["undone_reason"]) for one in listed] == [("2.0000", "看错")]
    a_region("620502")
    split = send("PUT", f"targets/{first['code']}/split", region="620500", values={"620502": 1000})
    assert (split["over"], split["unallocated"]) == ("100.0000", "0")
    assert send("GET", f"targets/{first['code']}/split")["rows"][0]["region_code"] == "620502"
    assert send("POST", f"plans/{plan['id']}/withdraw", reason="重新印发")["state"] == "withdrawn"


def test_plans_are_listed_by_their_public_ids() -> None:
    answer = signed_in("base_manager", a_base()).get("/api/goals/plans").json()
    assert {one["region_code"]: one["number_in_document"] for one in answer} == {
        "120000": True,
        "211100": False,
        "360000": False,
        "620500": True,
    }
    assert {one["id"] for one in answer} == set(Plan.objects.values_list("public_id", flat=True))


def test_indicators_of_a_region_come_whole_by_region_by_cell_and_by_month() -> None:
    certified(a_member(1))
    a_member(2, "620503")
    client = signed_in("read_only", a_federation("620500"))
    known = {one["key"]: one for one in client.get("/api/goals/indicators").json()}
    assert known["completion_rate"]["breakdowns"][-1] == "base"
    address = "/api/goals/regions/620500/indicators"
    rows = {one["key"]: one for one in client.get(address).json()["indicators"]}
    assert rows.keys() == known.keys()
    assert (rows["two_skill_coverage"]["denominator"], rows["one_skill_short"]["numerator"]) == (2, 1)
    one = client.get(f"{address}/one_skill_short").json()
    assert [(row["region_code"], row["numerator"]) for row in one["below"]] == [("620502", 1), ("620503", 0)]
    cells = client.get(f"{address}/one_skill_short/by/category").json()["cells"]
    assert [(row["cell"], row["numerator"]) for row in cells] == [("category:e-commerce", 1)]
    trend = client.get(f"{address}/one_skill_short/trend").json()
    assert [(point["numerator"], point["is_later"]) for point in trend["points"]] == [(1, False)]
    for unknown in ("nothing", "nothing/trend", "family_trained_persons/by/sex", "one_skill_short/by/base2"):
        assert client.get(f"{address}/{unknown}").status_code == 404

from typing import Any

import pytest
from django.test import Client

from registry.requests import today
from tests.registry.base_factories import a_suspension, an_agency
from tests.registry.factories import a_base, a_federation, an_accreditation

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def shown(client: Client, query: str, *names: str) -> set[str]:
    page = text(client.get(f"/directory/{query}"))
    return {name for name in names if name in page}


def test_anyone_finds_bases_in_force_by_place_category_and_provision(client: Client) -> None:
    massage = a_base("620502", public_name="按摩学校", categories=["blind_massage"], provisions=["braille"])
    crafts = a_base("620503", public_name="刺绣学校", categories=["heritage"], provisions=["lodging"])
    suspended, none = a_base("620502", public_name="停办学校"), a_base("620502", public_name="无牌学校")
    for base in (massage, crafts):
        an_accreditation(base)
    a_suspension(an_accreditation(suspended), on=today(), starts_on=today())
    found = {
        "": {"按摩学校", "刺绣学校"},
        "?region=620503": {"刺绣学校"},
        "?region=天水市": {"按摩学校", "刺绣学校"},
        "?category=blind_massage": {"按摩学校"},
        "?provision=lodging": {"刺绣学校"},
        "?provision=lodging&category=blind_massage": set(),
    }
    names = [base.public_name for base in (massage, crafts, suspended, none)]
    assert {query: shown(client, query, *names) for query in found} == found


def test_nothing_tells_whom_they_serve(client: Client) -> None:
    base = a_base(
        "620502",
        name="秦州区残疾人培训基地",
        public_name="秦州学校",
        address="区残联大楼一层",
        phone="0938-1",
    )
    an_accreditation(base, plaque_number="秦残基001")
    page = text(client.get("/directory/"))
    assert "秦州学校" in page
    assert not any(word in page for word in ("残疾", "残联", "秦残基", "盲人"))
    [item] = client.get("/api/registry/directory/bases").json()["items"]
    assert (item["name"], item["address"], item["phone"]) == ("秦州学校", "", "0938-1")


def test_agencies_are_found_by_kind_and_closed_ones_are_not(client: Client) -> None:
    an_agency("启航人力资源公司")
    an_agency("青年创业园", kind="carrier", provisions=["sign_language"])
    an_agency("旧介绍所", is_open=False)
    page = text(client.get("/directory/agencies/"))
    assert "<h1>就业服务机构，共 2 家</h1>" in page
    assert "旧介绍所" not in page
    assert "青年创业园" not in text(client.get("/directory/agencies/?kind=hr_agency"))
    assert "启航" not in text(client.get("/directory/agencies/?provision=sign_language"))


def test_the_api_is_as_public_and_says_the_same(client: Client) -> None:
    base = a_base("620502", categories=["blind_massage"], provisions=["braille", "lodging"])
    an_accreditation(base, a_federation("620500"))
    an_agency()
    answer = client.get("/api/registry/directory/bases?region=620500&category=massage&provision=braille")
    [item] = answer.json()["items"]
    assert item["name"] == base.public_name
    assert item["plaques"] == [
        {"kind": "training", "level": "prefectural", "categories": ["massage"], "valid_until": None}
    ]
    assert client.get("/api/registry/directory/agencies").json()["items"][0]["services"] == [
        "placement",
        "guidance",
    ]
    for wrong in ("bases?region=999999", "bases?category=none", "agencies?provision=none"):
        assert client.get(f"/api/registry/directory/{wrong}").status_code == 422


def test_both_lists_take_a_fixed_number_of_queries(client: Client, django_assert_num_queries: Any) -> None:
    for times in (1, 10):
        for n in range(times):
            an_accreditation(a_base("620502", provisions=["braille"]))
            an_agency(f"第{times}批{n}")
        with django_assert_num_queries(5):
            client.get("/directory/")
        with django_assert_num_queries(3):
            client.get("/directory/agencies/")

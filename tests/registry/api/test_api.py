from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from registry.actions import accounts
from registry.models import Account, AuditEvent, Person
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_federation,
    a_person,
    a_region,
    an_account,
    an_accreditation,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/registry"


class Programme:
    """A programme that signs in with a token."""

    def __init__(self, account: Account) -> None:
        expires_on = today() + timedelta(days=1)
        _row, self.token = accounts.issue_token(
            by=SYSTEM, on=today(), account=account, label="测试", expires_on=expires_on
        )

    def get(self, address: str) -> Any:
        return Client().get(ROOT + address, headers={"Authorization": f"Bearer {self.token}"})

    def post(self, address: str, body: Any) -> Any:
        return Client().post(
            ROOT + address,
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )


@pytest.fixture
def officer() -> Programme:
    return Programme(an_account("federation_officer", a_federation("620500")))


def test_without_a_token_the_answer_is_401_in_json(client: Client) -> None:
    answer = client.get(f"{ROOT}/people")
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign_in_needed"
    assert client.get(f"{ROOT}/people", headers={"Authorization": "Bearer made-up"}).status_code == 401


def test_a_token_that_ran_out_or_whose_account_is_closed_is_no_token(officer: Programme) -> None:
    assert officer.get("/people").status_code == 200
    Account.objects.update(is_active=False)
    assert officer.get("/people").status_code == 401


def test_a_session_posts_only_with_a_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(an_account("federation_officer", a_federation("620500")))
    asked = {"citizen_id": a_citizen_id(1)}
    assert client.post(f"{ROOT}/people/look-up", asked, content_type="application/json").status_code == 403


def test_people_are_listed_masked_fifty_a_page(officer: Programme) -> None:
    for n in range(1, 53):
        a_person(n)
    first, second = (officer.get(f"/people?page={page}") for page in (1, 2))
    assert (first.json()["count"], len(first.json()["items"]), len(second.json()["items"])) == (52, 50, 2)
    assert first["Cache-Control"] == "no-store"
    one = first.json()["items"][0]
    assert one["citizen_id"] == f"{a_citizen_id(1)[:6]}********{a_citizen_id(1)[-4:]}"
    assert one["phone"] == "138****0001"
    assert not any(a_citizen_id(n) in first.content.decode() for n in range(1, 53))


def test_a_list_takes_a_fixed_number_of_queries(officer: Programme, django_assert_num_queries: Any) -> None:
    an_accreditation(a_base())
    a_person(1)
    for address, count in (("/people", 4), ("/bases", 6)):
        with django_assert_num_queries(count):
            officer.get(address)
    for n in range(2, 10):
        an_accreditation(a_base())
        a_person(n)
    for address, count in (("/people", 4), ("/bases", 6)):
        with django_assert_num_queries(count):
            officer.get(address)


def test_a_person_is_found_by_the_full_number_in_the_body(officer: Programme) -> None:
    person = a_person(1)
    a_person(2, region="360102")
    assert (
        officer.post("/people/look-up", {"citizen_id": a_citizen_id(1)}).json()["public_id"]
        == person.public_id
    )
    for unknown in (a_citizen_id(2, region_code="360102"), a_citizen_id(3), "620502", ""):
        answer = officer.post("/people/look-up", {"citizen_id": unknown})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_revealing_needs_a_reason_and_is_recorded(officer: Programme) -> None:
    person = a_person(1)
    address = f"/people/{person.public_id}/reveal"
    assert officer.post(address, {"field": "citizen_id", "reason": ""}).status_code == 422
    shown = officer.post(address, {"field": "citizen_id", "reason": "other_system"})
    assert shown.json() == {"number": a_citizen_id(1)}
    assert AuditEvent.objects.filter(verb="person.revealed").count() == 1


def test_a_programme_of_a_base_registers_its_trainees() -> None:
    base = a_base()
    a_region("620503")
    programme = Programme(an_account("base_manager", base))
    asked = {"name": "王芳", "citizen_id": a_citizen_id(2), "region": "620503", "base": base.public_id}
    answer = programme.post("/people", asked)
    assert answer.status_code == 200
    assert programme.post("/people", asked).json() == answer.json()
    assert Person.objects.count() == 1
    refused = programme.post("/people", asked | {"citizen_id": "620502"})
    assert refused.json() == {
        "code": "citizen_id_length",
        "facts": {"length": 6, "expected": 18},
        "message": "身份证号应有 18 位，这里有 6 位。",
    }


def test_a_body_that_cannot_be_read_is_refused_without_repeating_it(officer: Programme) -> None:
    for body, status in (
        ('{"citizen_id": ', 400),
        ('{"citizen_id": ["620502198503150016"]}', 422),
        ("[]", 422),
    ):
        answer = officer.post("/people/look-up", body)
        assert answer.status_code == status
        assert set(answer.json()) == {"code", "facts", "message"}
        assert "620502198503150016" not in answer.content.decode()


def test_bases_are_filtered_and_shown_with_their_plaques(officer: Programme) -> None:
    base = a_base("620502", categories=["heritage"])
    plaque = an_accreditation(base)
    a_base("620503")
    listed = officer.get("/bases?region=620502&category=heritage&accredited=true").json()
    assert [item["public_id"] for item in listed["items"]] == [base.public_id]
    shown = officer.get(f"/bases/{base.public_id}").json()
    assert shown["accreditations"][0]["plaque_number"] == plaque.plaque_number
    for wrong in ("region=1", "category=x", "accredited=perhaps", "page=0"):
        assert officer.get(f"/bases?{wrong}").status_code == 422


def test_regions_open_down_the_tree(officer: Programme) -> None:
    for code in ("620502", "620571", "120225"):
        a_region(code)
    children = officer.get("/regions/620500/children").json()
    assert [child["code"] for child in children] == ["620502", "620571"]
    assert [child["is_statutory"] for child in children] == [True, False]
    assert officer.get("/regions?text=秦州").json()[0]["path"] == "000000/620000/620500/620502/"
    assert officer.get("/regions/120225").json()["valid_to"] == "2016-12-31"
    assert officer.get("/regions?text=120225").json() == []
    assert officer.get("/regions/000001/children").status_code == 404


def test_an_auditors_programme_copies_the_trail() -> None:
    base = a_base("620502")
    auditor = Programme(an_account("auditor", a_federation("620500")))
    trail = auditor.get(f"/audit?subject_id={base.public_id}").json()
    assert trail["count"] == 1
    assert trail["items"][0]["verb"] == "base.registered"
    assert auditor.get("/audit?since=never").status_code == 422


def test_the_description_says_how_every_operation_refuses(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert operations
    assert all("4XX" in one["responses"] for one in operations)
    refused = client.get(f"{ROOT}/people").json()
    assert set(refused) == set(described["components"]["schemas"]["Refusal"]["required"])

"""The life of a base by programmes: the same steps and refusals as on the pages."""

from typing import Any

import pytest
from django.test import Client

from registry.models import Accreditation, Application, BaseEvaluation, TrainingBase
from registry.requests import today
from tests.registry.base_factories import GOOD, REASONS, an_application
from tests.registry.factories import a_base, a_federation, a_uscc, an_account, an_accreditation

pytestmark = pytest.mark.django_db
ROOT = "/api/registry"


class Staff:
    def __init__(self, role: str, organisation: Any) -> None:
        self.client = Client()
        self.client.force_login(an_account(role, organisation))

    def ask(self, method: str, address: str, body: Any = None, status: int = 200) -> Any:
        send = getattr(self.client, method)
        answer = (
            send(ROOT + address, body, content_type="application/json")
            if body is not None
            else send(ROOT + address)
        )
        assert answer.status_code == status, answer.content
        return answer.json()


def test_from_application_to_notice() -> None:
    base, county = a_base("620502"), a_federation("620502")
    manager, officer, approver = (
        Staff("base_manager", base),
        Staff("federation_officer", county),
        Staff("approver", county),
    )
    body = {"base": base.public_id, "federation": county.public_id, "kind": "training", **REASONS}
    drafted = manager.ask("post", "/applications", body | {"categories": ["general"]}, 201)
    page = f"/applications/{drafted['public_id']}"
    edited = manager.ask("put", page, {"kind": "practical", "categories": ["heritage"], **REASONS})
    assert (edited["kind"], edited["level"]) == ("practical", "county")
    assert manager.ask("post", f"{page}/submit", {})["state"] == "submitted"
    refused = officer.ask("post", f"{page}/check", {"points": GOOD}, 422)
    assert refused["facts"]["fields"] == {"opinion": "field_missing"}
    assert officer.ask("post", f"{page}/check", {"points": GOOD, "opinion": "同意"})["score"] in (
        80.0,
        "80.0",
    )
    assert officer.ask("post", f"{page}/accept", {}, 403)["code"] == "not_permitted"
    assert approver.ask("post", f"{page}/accept", {})["state"] == "accepted"
    assert officer.ask("post", "/applications/publish", {"applications": [drafted["public_id"]]})["public_id"]
    plaque = {"plaque_number": "1", "granted_on": str(today())}
    assert approver.ask("post", f"{page}/accredit", plaque, 409)["code"] == "notice_not_passed"
    assert approver.ask("post", f"{page}/jump", {}, 404)["code"] == "not_found"
    assert manager.ask("get", "/applications?state=open")["count"] == 1
    assert [one.state for one in Application.objects.all()] == ["on_notice"]


def test_a_trainer_of_the_base_reads_and_does_nothing() -> None:
    draft = an_application()
    trainer = Staff("trainer", draft.base)
    assert trainer.ask("get", f"/applications/{draft.public_id}")["state"] == "draft"
    assert trainer.ask("post", f"/applications/{draft.public_id}/submit", {}, 403)


def test_plaques_are_recorded_suspended_reinstated_and_taken_down() -> None:
    base, county = a_base("620502"), a_federation("620502")
    approver, day = Staff("approver", county), str(today())
    page = f"/bases/{base.public_id}"
    old = {
        "federation": county.public_id,
        "level": "county",
        "plaque_number": "9",
        "granted_on": "2024-01-01",
    }
    [plaque] = approver.ask("post", f"{page}/accreditations", old, 201)["accreditations"]
    assert plaque["categories"] == ["general"]
    suspend = f"{page}/accreditations/{plaque['id']}/suspend"
    held = approver.ask("post", suspend, {"starts_on": day, "reason": "消防"})["accreditations"][0]
    assert approver.ask("post", suspend, {"starts_on": day, "reason": "再"}, 409)["code"] == (
        "accreditation_already_suspended"
    )
    [suspension] = held["suspensions"]
    approver.ask("post", f"{page}/suspensions/{suspension['id']}/reinstate", {"reason": "通过"})
    assert Accreditation.objects.in_force(today()).exists()
    approver.ask(
        "post", f"{page}/accreditations/{plaque['id']}/revoke", {"revoked_on": day, "reason": "停办"}
    )
    assert not Accreditation.objects.in_force(today()).exists()
    verbs = [one["verb"] for one in approver.ask("get", f"{page}/history")["items"]]
    assert set(verbs) == {
        "base.registered",
        "base.accredited",
        "base.suspended",
        "base.reinstated",
        "base.accreditation_revoked",
    }


def test_bases_are_registered_and_edited_each_field_by_whom_it_is_up_to() -> None:
    county = a_federation("620502")
    officer = Staff("federation_officer", county)
    facts = {
        "name": "秦州学校",
        "public_name": "秦州学校",
        "institution_kind": "master_studio",
        "ownership": "private",
        "uscc": a_uscc(5),
    }
    made = officer.ask("post", "/bases", facts | {"region": "620502", "provisions": ["braille"]}, 201)
    assert made["provisions"] == ["braille"]
    page = f"/bases/{made['public_id']}"
    own = {"provisions": ["lodging"], "address": "新路", "phone": ""}
    manager = Staff("base_manager", TrainingBase.objects.get())
    assert manager.ask("put", page, own)["provisions"] == ["lodging"]
    manager.ask("put", page, own | {"facts": facts}, 403)
    renamed = officer.ask("put", page, own | {"facts": facts | {"name": "秦州新学校"}})
    assert renamed["name"] == "秦州新学校"
    assert officer.ask("get", "/bases?provision=lodging")["count"] == 1


def test_a_year_of_evaluation() -> None:
    base, county = a_base("620502"), a_federation("620502")
    an_accreditation(base)
    officer, approver = Staff("federation_officer", county), Staff("approver", county)
    started = officer.ask("post", "/base-evaluations", {"federation": county.public_id, "year": today().year})
    assert started == {"started": 1}
    page = f"/base-evaluations/{BaseEvaluation.objects.get().public_id}"
    points = [65] * 5
    Staff("base_manager", base).ask("post", f"{page}/assess", {"points": points, "text": "全年 6 期"})
    officer.ask("post", f"{page}/score", {"points": points, "opinion": "台账不齐"})
    refused = approver.ask("post", f"{page}/decide", {"result": "to_mend"}, 422)
    assert set(refused["facts"]["fields"]) == {"mend_what", "mend_by"}
    mend = {"result": "to_mend", "mend_what": "补齐台账", "mend_by": str(today())}
    assert approver.ask("post", f"{page}/decide", mend)["result"] == "to_mend"
    Staff("base_manager", base).ask("post", f"{page}/report", {"text": "补齐了"})
    assert officer.ask("post", f"{page}/accept", {})["mend_accepted_on"] == str(today())
    assert officer.ask("get", f"/base-evaluations?year={today().year}&result=to_mend")["count"] == 1


def test_agencies_are_kept() -> None:
    officer = Staff("federation_officer", a_federation("620502"))
    made = officer.ask("post", "/agencies", {"name": "启航", "kind": "hr_agency", "region": "620502"}, 201)
    changed = officer.ask("put", f"/agencies/{made['public_id']}", {"name": "启航", "kind": "carrier"})
    assert changed["kind"] == "carrier"
    assert officer.ask("get", "/agencies")["count"] == 1

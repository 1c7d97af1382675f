"""Editing a base, suspending its plaque, its evaluation and its history, as their pages do it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.models import Agency, AuditEvent, BaseEvaluation, TrainingBase
from registry.requests import today
from tests.registry.base_factories import an_evaluation
from tests.registry.factories import a_base, a_federation, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_manager_says_what_the_base_offers_and_not_what_it_is(browser: Browser) -> None:
    base = a_base("620502", name="旧名")
    manager = browser("base_manager", base)
    page = f"/bases/{base.public_id}/edit/"
    assert 'name="public_name"' not in text(manager.get(page))
    sent = {"provisions": ["braille", "lodging"], "address": "新路 1 号", "phone": "0938-2", "name": "新名"}
    assert manager.post(page, sent).status_code == 302
    held = TrainingBase.objects.get()
    assert (held.name, held.address) == ("旧名", "新路 1 号")
    assert [one.provision for one in held.provisions.all()] == ["braille", "lodging"]
    changed = AuditEvent.objects.get(verb="base.edited").facts["changed"]
    assert changed["provisions"] == [[], ["braille", "lodging"]]


def test_an_officer_also_changes_what_it_is(browser: Browser) -> None:
    base = a_base("620502")
    officer = browser("federation_officer", a_federation("620500"))
    page = f"/bases/{base.public_id}/edit/"
    form = officer.get(page).context["form"]
    sent = {name: form.initial[name] for name in form.fields} | {
        "kind": "incubation",
        "categories": ["creative"],
    }
    assert officer.post(page, sent).status_code == 302
    held = TrainingBase.objects.get()
    assert (held.kind, held.serial) == ("incubation", base.serial)
    assert officer.post(page, sent | {"public_name": "盲人学校"}).status_code == 422


def test_an_approver_suspends_and_reinstates_and_the_page_says_so(browser: Browser) -> None:
    base = a_base("620502")
    plaque = an_accreditation(base)
    approver = browser("approver", a_federation("620502"))
    page = f"/bases/{base.public_id}/"
    sent = {"starts_on": str(today()), "reason": "消防验收没有通过"}
    assert approver.post(f"{page}accreditations/{plaque.pk}/suspend/", sent).status_code == 302
    assert "挂牌已暂停，现在不能备案和开班。" in text(approver.get(page))
    suspension = plaque.suspensions.get()
    assert (
        approver.post(f"{page}suspensions/{suspension.pk}/reinstate/", {"reason": "通过"}).status_code == 302
    )
    assert "挂牌有效。" in text(approver.get(page))
    history = text(approver.get(f"{page}history/"))
    for step in ("给基地挂牌", "暂停挂牌", "恢复挂牌", "消防验收没有通过"):
        assert step in history


def test_recording_an_old_plaque_begins_with_the_next_number_and_the_term(browser: Browser) -> None:
    base, county = a_base("620502"), a_federation("620502")
    an_accreditation(base, plaque_number="秦残基009")
    initial = browser("approver", county).get(f"/bases/{base.public_id}/accredit/").context["form"].initial
    assert (initial["plaque_number"], initial["level"]) == ("秦残基010", "county")
    assert (initial["valid_until"] - today()).days in (1094, 1095)


def test_a_year_is_started_assessed_scored_and_decided(browser: Browser) -> None:
    base, county = a_base("620502"), a_federation("620502")
    an_accreditation(base)
    officer = browser("federation_officer", county)
    sent = {"federation": county.public_id, "year": str(today().year)}
    assert officer.post("/base-evaluations/start/", sent).status_code == 302
    assert officer.post("/base-evaluations/start/", sent).status_code == 422
    page = f"/base-evaluations/{BaseEvaluation.objects.get().public_id}/"
    points = {f"points_{number}": "92" for number in range(5)}
    manager, approver = browser("base_manager", base), browser("approver", county)
    assert manager.post(f"{page}assess/", points | {"text": "全年 6 期"}).status_code == 302
    assert 'value="92"' in text(officer.get(f"{page}score/"))
    assert officer.post(f"{page}score/", points | {"opinion": "齐全"}).status_code == 302
    assert approver.post(f"{page}decide/", {"result": "excellent"}).status_code == 302
    assert "年度评估：优秀</h1>" in text(manager.get(page))


def test_a_point_above_the_most_is_said_at_its_field(browser: Browser) -> None:
    evaluation = an_evaluation()
    points = {f"points_{number}": "92" for number in range(5)} | {"points_2": "101"}
    manager = browser("base_manager", evaluation.base)
    answer = manager.post(f"/base-evaluations/{evaluation.public_id}/assess/", points | {"text": "好"})
    assert answer.status_code == 422
    assert 'href="#id_points_2"' in text(answer)


def test_an_officer_keeps_agencies(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    sent = {
        "name": "启航公司",
        "kind": "hr_agency",
        "region": "620500",
        "services": ["placement"],
        "is_open": "on",
    }
    assert officer.post("/agencies/new/", sent).status_code == 302
    agency = Agency.objects.get()
    assert (
        officer.post(f"/agencies/{agency.public_id}/", {"name": "启航公司", "kind": "carrier"}).status_code
        == 302
    )
    agency.refresh_from_db()
    assert (agency.kind, agency.is_open) == ("carrier", False)


def test_who_does_not_keep_them_is_not_shown_the_list(browser: Browser) -> None:
    assert browser("base_manager", a_base("620502")).get("/agencies/").status_code == 403

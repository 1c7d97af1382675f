"""Individual service plans: opened, reviewed, closed; one open at a time; sealed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from courses.actions import service_plans
from courses.errors import ServicePlanClosed, ServicePlanOpen
from courses.models import ServicePlan
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

OPENED_ON = date(2024, 3, 1)


def a_plan(person: Person | None = None, **fields: Any) -> ServicePlan:
    given = {
        "kind": "general",
        "aim": "年底前找到居家工作",
        "steps": "学习云客服",
        "opened_on": OPENED_ON,
    } | fields
    return service_plans.open_plan(by=SYSTEM, on=TODAY, person=person or a_person(), **given)


def test_what_is_aimed_at_is_kept_sealed_and_out_of_the_audit_trail() -> None:
    a_plan()
    assert ServicePlan.objects.get().aim == "年底前找到居家工作"
    with connection.cursor() as cursor:
        cursor.execute("SELECT aim FROM courses_serviceplan")
        assert "居家".encode() not in bytes(cursor.fetchone()[0])
    assert "居家" not in str(AuditEvent.objects.get(verb="service_plan.opened").facts)


def test_a_plan_is_reviewed_closed_and_followed_by_another() -> None:
    plan = a_plan()
    with pytest.raises(ServicePlanOpen):
        a_plan(plan.person)
    for day, finding in ((TODAY, "已报名"), (date(2024, 4, 1), "在考虑"), (TODAY, "已结业")):
        service_plans.review(
            by=SYSTEM, on=TODAY, plan=plan, reviewed_on=day, finding=finding, aim="找工作", steps="面试"
        )
    plan.refresh_from_db()
    assert (plan.reviewed_on, plan.aim) == (TODAY, "找工作")
    assert [review.finding for review in plan.reviews.all()] == ["已结业", "在考虑"]
    service_plans.close(by=SYSTEM, on=TODAY, plan=plan, closed_on=TODAY, reason="achieved")
    with pytest.raises(ServicePlanClosed):
        service_plans.close(by=SYSTEM, on=TODAY, plan=plan, closed_on=TODAY, reason="other")
    a_plan(plan.person)
    assert ServicePlan.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"aim": " "}, "aim"),
        ({"steps": "长" * 1001}, "steps"),
        ({"kind": "magic"}, "kind"),
        ({"opened_on": TODAY + timedelta(days=1)}, "opened_on"),
        ({"opened_on": date(1980, 1, 1)}, "opened_on"),
    ],
)
def test_what_is_no_plan_is_refused_by_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_plan(**fields)
    assert field in refused.value.facts["fields"]


def test_a_review_says_something_and_a_plan_ends_for_a_reason() -> None:
    plan = a_plan()
    before = OPENED_ON - timedelta(days=1)
    with pytest.raises(InvalidInput) as refused:
        service_plans.review(by=SYSTEM, on=TODAY, plan=plan, reviewed_on=before, finding="", aim="找工作")
    assert set(refused.value.facts["fields"]) == {"finding", "reviewed_on"}
    with pytest.raises(InvalidInput) as refused:
        service_plans.close(by=SYSTEM, on=TODAY, plan=plan, closed_on=before, reason="")
    assert set(refused.value.facts["fields"]) == {"closed_reason", "closed_on"}


def test_a_counsellor_keeps_plans_and_an_auditor_only_reads_them() -> None:
    plan = a_plan()
    auditor = an_actor("auditor", a_federation("620500"))
    assert ServicePlan.objects.visible_to(auditor).count() == 1
    with pytest.raises(NotPermitted):
        service_plans.close(by=auditor, on=TODAY, plan=plan, closed_on=TODAY, reason="moved")
    counsellor = an_actor("counsellor", a_federation("620502"))
    service_plans.close(by=counsellor, on=TODAY, plan=plan, closed_on=TODAY, reason="moved")

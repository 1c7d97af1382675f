"""An officer enters a plan: drafted, filled with targets, put in force; then it stays as it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.actions import plan_edits, plans, targets
from goals.actions.plan_edits import PlanText
from goals.errors import PlanNotDraft, PlanSeeded, PlanTitleTaken, PlanWithdrawn, PlanWithoutTargets
from goals.models import Plan, PlanPeriod, Target
from goals.queries.periods import counted_share, periods
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.factories import a_member
from tests.goals.plan_factories import a_draft, a_new_target, a_target
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def test_a_plan_in_force_is_counted_by_the_worker_and_no_longer_edited() -> None:
    a_member()
    plan = a_draft()
    a_target(plan)
    assert PlanPeriod.objects.get().counted_to == 0
    assert periods() == [], "a draft's years are no period that pages offer"
    plan_edits.put_in_force(by=SYSTEM, on=TODAY, plan=plan)
    assert {period.key for period in PlanPeriod.objects.all()} == {"2023-2025", "2023", "2024", "2025"}
    assert counted_share(plan.period) is None or periods()
    for refused in (
        lambda: targets.add(by=SYSTEM, plan=plan, target=a_new_target()),
        lambda: plan_edits.put_in_force(by=SYSTEM, on=TODAY, plan=plan),
    ):
        with pytest.raises(PlanNotDraft):
            refused()
    verbs = list(AuditEvent.objects.filter(verb__startswith="plan.").values_list("verb", flat=True))
    assert sorted(verbs) == ["plan.drafted", "plan.put_in_force"]


def test_a_plan_without_targets_is_not_put_in_force() -> None:
    with pytest.raises(PlanWithoutTargets):
        plan_edits.put_in_force(by=SYSTEM, on=TODAY, plan=a_draft())


def test_codes_are_made_by_us_and_go_on_over_the_plans_of_a_region() -> None:
    first, second = a_draft(), a_draft(title="另一份")
    codes = [a_target(plan).code for plan in (first, second, first)]
    assert codes == ["620500-2023-1", "620500-2023-2", "620500-2023-3"]
    targets.remove(by=SYSTEM, target=Target.objects.get(code=codes[1]))
    assert a_target(first).code == "620500-2023-4"


def test_a_target_is_named_by_its_indicator_in_the_language_of_the_documents() -> None:
    plan = a_draft()
    target = a_target(plan)
    assert (target.metric_name, target.unit, target.scope) == ("新增就业人数", "人", "tracking")
    changed = targets.change(
        by=SYSTEM,
        target=target,
        to=a_new_target(metric="reported", metric_name=" 大赛 ", operator="by", value=None, due_on=date(2024, 10, 1)),
    )  # fmt: skip
    assert (changed.code, changed.metric_name, changed.due, changed.unit) == (
        target.code,
        "大赛",
        "2024-10-01",
        "date",
    )


def test_wrong_input_names_every_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        a_draft(title=" ", first_year=1999, last_year=2025, issued_on=TODAY + timedelta(1))
    assert refused.value.facts["fields"] == {
        "title": "field_missing",
        "first_year": "plan_year",
        "issued_on": "date_in_future",
    }
    with pytest.raises(InvalidInput) as refused:
        a_target(a_draft(), quote="", unit="里", per="galaxy", operator="?")
    assert refused.value.facts["fields"].keys() == {"quote", "unit", "per", "operator"}


def test_the_years_of_a_draft_keep_its_targets_inside() -> None:
    plan = a_draft()
    text = PlanText(title=plan.title, first_year=2024, last_year=2026)
    edited = plan_edits.edit(by=SYSTEM, on=TODAY, plan=plan, text=text)
    assert edited.period.key == "2024-2026"
    assert not PlanPeriod.objects.filter(first_year=2023, counted_to=0).exists(), "nobody else has it"
    a_target(plan, first_year=2024)
    with pytest.raises(InvalidInput) as refused:
        plan_edits.edit(by=SYSTEM, on=TODAY, plan=plan, text=replace(text, first_year=2025))
    assert refused.value.facts["fields"] == {"first_year": "plan_years_of_targets"}


def test_a_title_is_taken_until_its_plan_is_withdrawn_with_a_reason() -> None:
    plan = a_draft()
    with pytest.raises(PlanTitleTaken):
        a_draft()
    with pytest.raises(InvalidInput):
        plan_edits.withdraw(by=SYSTEM, on=TODAY, plan=plan, reason=" ")
    plan_edits.withdraw(by=SYSTEM, on=TODAY, plan=plan, reason="重新印发")
    with pytest.raises(PlanWithdrawn):
        plan_edits.withdraw(by=SYSTEM, on=TODAY, plan=plan, reason="重新印发")
    assert a_draft().state == "draft"


def test_plans_of_the_seed_are_never_edited() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    plan = Plan.objects.get(region__code="620500")
    with pytest.raises(PlanSeeded):
        plan_edits.withdraw(by=SYSTEM, on=TODAY, plan=plan, reason="错")
    with pytest.raises(PlanSeeded):
        targets.remove(by=SYSTEM, target=Target.objects.get(code="TS-01"))


def test_only_officers_of_the_region_or_above_enter_its_plans() -> None:
    region, text = a_region("620500"), PlanText("方案", 2023, 2025)
    for role, place in (("federation_officer", "620502"), ("approver", "620500"), ("read_only", "620500")):
        with pytest.raises(NotPermitted):
            plan_edits.draft(by=an_actor(role, a_federation(place)), on=TODAY, region=region, text=text)
    officer = an_actor("federation_officer", a_federation("620000"))
    plan = plan_edits.draft(by=officer, on=TODAY, region=region, text=text)
    assert Plan.objects.visible_to(officer).get() == plan
    assert not Plan.objects.visible_to(an_actor("read_only", a_federation("620500"))).exists()

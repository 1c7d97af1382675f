"""Targets of a draft: added, changed, removed. Once the plan is in force they stay as they are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import override

from goals.actions.plan_edits import draft_of
from goals.indicator_words import NAMES
from goals.models import Plan, Target
from goals.models.plans import TargetScope
from goals.plan_words import METRIC_NAMES
from goals.rules import metrics
from goals.rules.indicators import INDICATORS, Group
from goals.rules.metrics import How
from goals.rules.targets import Asked, due, problems
from goals.words import PER, UNITS
from registry.actions import audit
from registry.actions.values import lines, require_valid
from registry.errors import InvalidInput
from registry.models import Region
from registry.rules.access import Actor


@dataclass(frozen=True)
class NewTarget:
    """A target as the plan's text sets it; `metric` is an indicator's key, or "reported" with a name of its own."""

    metric: str
    operator: str
    period_kind: str
    first_year: int
    last_year: int
    quote: str
    value: Decimal | None = None
    due_on: date | None = None
    unit: str = "人"
    per: str = "region"
    metric_name: str = ""
    note: str = ""


@transaction.atomic
def add(*, by: Actor, plan: Plan, target: NewTarget) -> Target:
    """A new target of a draft, under a code that it keeps. Raises NotPermitted, InvalidInput, PlanSeeded, PlanNotDraft."""
    held = draft_of(by, plan)
    values = _values(held, target)
    made = Target(plan=held, code=_next_code(held), **values)
    made.save(force_insert=True)
    audit.record(
        "target.added", made, by=by, region_path=held.region.path, code=made.code, after=_said(values)
    )
    return made


@transaction.atomic
def change(*, by: Actor, target: Target, to: NewTarget) -> Target:
    """Raises NotPermitted, InvalidInput, PlanSeeded, PlanNotDraft."""
    plan = draft_of(by, target.plan)
    held = Target.objects.get(pk=target.pk)
    values = _values(plan, to)
    before = {name: getattr(held, name) for name in values}
    for name, value in values.items():
        setattr(held, name, value)
    held.save()
    audit.record(
        "target.changed",
        held,
        by=by,
        region_path=plan.region.path,
        code=held.code,
        before=_said(before),
        after=_said(values),
    )
    return held


@transaction.atomic
def remove(*, by: Actor, target: Target) -> None:
    """Raises NotPermitted, PlanSeeded, PlanNotDraft."""
    plan = draft_of(by, target.plan)
    audit.record("target.removed", target, by=by, region_path=plan.region.path, code=target.code)
    target.delete()


def _next_code(plan: Plan) -> str:
    """620500-2025-1, 620500-2025-2, …: of the region and the plan's first year, whichever of its plans."""
    # Held until the target is written, so that two officers never get one number.
    Region.objects.select_for_update(no_key=True).get(pk=plan.region_id)
    prefix = f"{plan.region.code}-{plan.period.first_year}-"
    held = Target.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in held if code.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _values(plan: Plan, target: NewTarget) -> dict[str, Any]:
    asked = Asked(
        metric=target.metric,
        metric_name=" ".join(target.metric_name.split()),
        operator=target.operator,
        value=target.value,
        due_on=target.due_on,
        unit=target.unit,
        per=target.per,
        period_kind=target.period_kind,
        first_year=target.first_year,
        last_year=target.last_year,
    )
    values = {
        "metric": asked.metric,
        "metric_name": _name(asked),
        "period_kind": asked.period_kind,
        "operator": asked.operator,
        "value": asked.value,
        "due": due(asked),
        "unit": "date" if asked.operator == "by" else asked.unit,
        "per": asked.per,
        "scope": _scope(asked.metric),
        "first_year": asked.first_year,
        "last_year": asked.last_year,
        "quote": lines(target.quote),
        "note": lines(target.note),
    }
    wrong = problems(asked, plan_years=(plan.period.first_year, plan.period.last_year))
    if asked.unit not in UNITS and asked.unit not in ("ratio", "date"):
        wrong["unit"] = "field_choice"
    if asked.per not in PER:
        wrong["per"] = "field_choice"
    typed = ("metric", "metric_name", "period_kind", "operator", "quote", "note")
    try:
        require_valid(Target, **{name: values[name] for name in typed if name not in wrong})
    except InvalidInput as error:
        wrong = error.facts["fields"] | wrong
    if wrong:
        raise InvalidInput(fields=wrong)
    return values


def _name(asked: Asked) -> str:
    """What the target is called: the indicator's name in the language of the documents, or its own."""
    named = METRIC_NAMES.get(asked.metric) or NAMES.get(asked.metric)
    if named is None:
        return asked.metric_name
    with override("zh-hans"):
        return str(named)


def _scope(metric: str) -> str:
    held = metrics.of(metric)
    if held.how in (How.BASES, How.SUBSIDY):
        return TargetScope.CORE
    if held.how is How.INDICATOR and INDICATORS[held.key].group in (Group.GOAL, Group.TRAINING):
        return TargetScope.CORE
    return TargetScope.TRACKING


def _said(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value not in (None, "")}

"""Plans that officers enter: drafted, put in force, withdrawn with a reason. Those of the seed are never touched."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Min

from goals.actions import periods
from goals.errors import PlanNotDraft, PlanSeeded, PlanTitleTaken, PlanWithdrawn, PlanWithoutTargets
from goals.models import Plan, PlanPeriod
from goals.models.plans import PlanState
from goals.queries.sources import spans
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Person, Region
from registry.rules.access import Actor, Permission, require

YEARS = range(2000, 2100)
LONGEST = 10
"""Years that a plan may span: more is a slip of the pen."""


@dataclass(frozen=True)
class PlanText:
    """The particulars of a plan, as its document has them."""

    title: str
    first_year: int
    last_year: int
    document_number: str = ""
    issuer: str = ""
    issued_on: date | None = None


@transaction.atomic
def draft(*, by: Actor, on: date, region: Region, text: PlanText) -> Plan:
    """Begin a plan of the region. Raises NotPermitted, InvalidInput, PlanTitleTaken."""
    require(by, Permission.PLAN_EDIT, region_path=region.path)
    plan = Plan(region=region, state=PlanState.DRAFT, recorded_by=by.name)
    _write(plan, text, on)
    audit.record("plan.drafted", plan, by=by, region_path=region.path, **_said(plan))
    return plan


@transaction.atomic
def edit(*, by: Actor, on: date, plan: Plan, text: PlanText) -> Plan:
    """Change the particulars of a draft. Raises NotPermitted, InvalidInput, PlanSeeded, PlanNotDraft, PlanTitleTaken."""
    held = draft_of(by, plan)
    before, period = _said(held), held.period
    asked = held.targets.aggregate(first=Min("first_year"), last=Max("last_year"))
    if asked["first"] is not None:
        wrong = {"first_year": text.first_year > asked["first"], "last_year": text.last_year < asked["last"]}
        if any(wrong.values()):
            raise InvalidInput(
                fields={name: "plan_years_of_targets" for name, is_wrong in wrong.items() if is_wrong}
            )
    _write(held, text, on)
    _forget(period)
    audit.record("plan.edited", held, by=by, region_path=held.region.path, before=before, after=_said(held))
    return held


@transaction.atomic
def put_in_force(*, by: Actor, on: date, plan: Plan) -> Plan:
    """From now on everybody reads the plan and its targets are counted: its period opens, the worker counts it.

    Raises NotPermitted, PlanSeeded, PlanNotDraft, PlanWithoutTargets.
    """
    held = draft_of(by, plan)
    targets = list(held.targets.all())
    if not targets:
        raise PlanWithoutTargets()
    period = held.period
    wanted = {(period.first_year, period.last_year)}
    for first, last in sorted(wanted | spans(targets, on=on)):
        periods.ensure(first, last)
    held.state, held.in_force_on = PlanState.IN_FORCE, on
    held.save(update_fields=["state", "in_force_on"])
    audit.record(
        "plan.put_in_force", held, by=by, region_path=held.region.path, on=str(on), targets=len(targets)
    )
    return held


@transaction.atomic
def withdraw(*, by: Actor, on: date, plan: Plan, reason: str) -> Plan:
    """Take a plan back; what was reported and split under it stays, and counts nowhere.

    Raises NotPermitted, InvalidInput, PlanSeeded, PlanWithdrawn.
    """
    held = _locked(by, plan)
    if held.state == PlanState.WITHDRAWN:
        raise PlanWithdrawn()
    reason = " ".join(reason.split())
    require_valid(Plan, withdrawn_reason=reason)
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    before = held.state
    held.state, held.withdrawn_on = PlanState.WITHDRAWN, on
    held.withdrawn_by, held.withdrawn_reason = by.name, reason
    held.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    audit.record(
        "plan.withdrawn", held, by=by, region_path=held.region.path, on=str(on), before=before, reason=reason
    )
    return held


def draft_of(by: Actor, plan: Plan) -> Plan:
    """The plan, locked, which is still a draft. Raises NotPermitted, PlanSeeded, PlanNotDraft."""
    held = _locked(by, plan)
    if held.state != PlanState.DRAFT:
        raise PlanNotDraft()
    return held


def _locked(by: Actor, plan: Plan) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("region", "period")
    held = rows.get(pk=plan.pk)
    require(by, Permission.PLAN_EDIT, region_path=held.region.path)
    if held.is_seeded:
        raise PlanSeeded()
    return held


def _write(plan: Plan, text: PlanText, on: date) -> None:
    values = asdict(text)
    years = values.pop("first_year"), values.pop("last_year")
    for name in ("title", "document_number", "issuer"):
        values[name] = " ".join(values[name].split())
    _check(values, years, on)
    same = Plan.objects.filter(region=plan.region, title=values["title"]).exclude(state=PlanState.WITHDRAWN)
    if same.exclude(pk=plan.pk).exists():
        raise PlanTitleTaken(field="title")
    for name, value in values.items():
        setattr(plan, name, value)
    # Nobody is counted in it before the plan is in force; it is there so that the draft has its years.
    waiting = 0 if Person.objects.exists() else None
    plan.period, _is_new = PlanPeriod.objects.get_or_create(
        first_year=years[0], last_year=years[1], defaults={"counted_to": waiting}
    )
    plan.save()


def _check(values: dict[str, object], years: tuple[int, int], on: date) -> None:
    wrong: dict[str, str] = {}
    try:
        require_valid(Plan, **{name: values[name] for name in ("title", "document_number", "issuer")})
    except InvalidInput as error:
        wrong |= error.facts["fields"]
    issued_on = values["issued_on"]
    if isinstance(issued_on, date) and issued_on > on:
        wrong["issued_on"] = "date_in_future"
    for name, year in zip(("first_year", "last_year"), years, strict=True):
        if year not in YEARS:
            wrong[name] = "plan_year"
    if not wrong.keys() & {"first_year", "last_year"}:
        if years[1] < years[0]:
            wrong["last_year"] = "years_order"
        elif years[1] - years[0] >= LONGEST:
            wrong["last_year"] = "plan_too_long"
    if wrong:
        raise InvalidInput(fields=wrong, years=LONGEST)


def _forget(period: PlanPeriod) -> None:
    """Delete the period that only a draft had."""
    if period.counted_to == 0 and not period.plans.exists() and not period.is_year:
        PlanPeriod.objects.filter(pk=period.pk, counted_to=0, tallies=None).delete()


def _said(plan: Plan) -> dict[str, str]:
    return {
        "title": plan.title,
        "document_number": plan.document_number,
        "issuer": plan.issuer,
        "issued_on": str(plan.issued_on or ""),
        "years": plan.period.key,
    }

"""Writes of what a filing holds beside its particulars: the budget, the masters of 师带徒; and the next run of a cohort."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from courses.actions import cohorts
from courses.actions.cohorts import locked, mended, require_editable
from courses.actions.sessions import add_sessions
from courses.actions.trainers import assign
from courses.errors import CohortFrozen, NotInCohort
from courses.models import BudgetLine, Cohort, Enrolment
from courses.rules.cohorts import OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from courses.rules.filings import Task, next_name
from courses.rules.money import is_money
from courses.rules.sessions import NewSession
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@dataclass(frozen=True)
class NewLine:
    """One item of the budget, its amount in 元, and the one source that pays it."""

    item: str
    amount: Decimal
    funding_source: str


@transaction.atomic
def set_budget(*, by: Actor, on: date, cohort: Cohort, lines: Sequence[NewLine]) -> list[BudgetLine]:
    """The whole budget, in place of what stood there; amounts above 0 in 元, each item once.

    Raises CohortFrozen after submission, InvalidInput.
    """
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    require_editable(cohort)
    for line in lines:
        require_valid(BudgetLine, item=line.item, funding_source=line.funding_source)
        if not is_money(line.amount) or line.amount <= 0:
            raise InvalidInput(fields={f"amount-{line.item}": "money_invalid"})
    if len({line.item for line in lines}) != len(lines):
        raise InvalidInput(fields={"lines": "budget_item_twice"})
    before = _sum(cohort.budget_lines.all())
    cohort.budget_lines.all().delete()
    made = BudgetLine.objects.bulk_create(
        [
            BudgetLine(cohort=cohort, item=line.item, amount=line.amount, funding_source=line.funding_source)
            for line in lines
        ]
    )
    mended(cohort, Task.BUDGET)
    path = cohort.region.path
    facts = {"before": before, "after": _sum(made), "lines": len(made)}
    audit.record("cohort.budgeted", cohort, by=by, region_path=path, on=str(on), **facts)
    return made


def _sum(lines: Iterable[BudgetLine]) -> str:
    return str(sum((line.amount for line in lines), Decimal(0)))


@transaction.atomic
def set_masters(*, by: Actor, on: date, cohort: Cohort, masters: Mapping[int, str]) -> int:
    """师带徒: who takes on whom, by enrolment; "" for nobody. How many were changed.

    Open as long as trainees may join: a late one has a master too. Raises NotInCohort, CohortFrozen, InvalidInput.
    """
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT:
        raise CohortFrozen(state=cohort.state)
    rows = {row.pk: row for row in Enrolment.objects.filter(cohort=cohort, pk__in=list(masters))}
    if len(rows) != len(masters):
        raise NotInCohort(count=len(masters) - len(rows))
    changed = []
    for pk, name in masters.items():
        require_valid(Enrolment, master=name.strip())
        if rows[pk].master != name.strip():
            rows[pk].master = name.strip()
            changed.append(rows[pk])
    Enrolment.objects.bulk_update(changed, ["master"], batch_size=BATCH_ROWS)
    mended(cohort, Task.MASTERS)
    if changed:
        path = cohort.region.path
        audit.record("cohort.masters_set", cohort, by=by, region_path=path, on=str(on), count=len(changed))
    return len(changed)


@transaction.atomic
def copy(*, by: Actor, on: date, cohort: Cohort, starts_on: date, name: str = "") -> Cohort:
    """The next run of a cohort, in draft: same course, particulars, trainers and budget, the timetable shifted.

    Every session keeps its distance from the first day, so that a start on the same weekday keeps the weekdays; who
    teaches it, and in which room, is settled anew, because both may be taken then.
    Without a name it gets that of the copied one with its number one higher. Raises what `cohorts.create` raises.
    """
    shift = starts_on - cohort.starts_on
    values = {name: getattr(cohort, name) for name in cohorts.FIELDS}
    values |= {"starts_on": starts_on, "ends_on": cohort.ends_on + shift}
    values["name"] = name.strip() or _free(cohort)
    made = cohorts.create(by=by, on=on, base=cohort.base, **values)
    sessions = [
        NewSession(
            on=session.on + shift,
            part=session.part,
            kind=session.kind,
            hours=session.hours,
            topic=session.topic,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
        )
        for session in cohort.sessions.filter(makes_up__isnull=True)
    ]
    if sessions:
        add_sessions(by=by, on=on, cohort=made, sessions=sessions)
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(cohort=made, item=line.item, amount=line.amount, funding_source=line.funding_source)
            for line in cohort.budget_lines.all()
        ]
    )
    active = cohort.trainers.active_between(made.starts_on, made.ends_on)
    assign(by=by, on=on, cohort=made, trainers=list(active))
    audit.record(
        "cohort.copied", made, by=by, region_path=made.region.path, on=str(on), source=cohort.public_id
    )
    return made


def _free(cohort: Cohort) -> str:
    taken = set(Cohort.objects.filter(base_id=cohort.base_id).values_list("name", flat=True))
    name = next_name(cohort.name)
    while name in taken:
        name = next_name(name)
    return name

"""The filing of a cohort (开班备案): tasks, what to look at, budget, masters, moves; the next run; several at once."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import filings, vouchers
from courses.actions.filings import NewLine
from courses.actions.moves import AT_ONCE, move_many
from courses.api.cohorts import CohortOut, cohort_of
from courses.api.money import Money
from courses.api.vouchers import VoucherOut
from courses.models import Cohort, Enrolment
from courses.queries import cohorts as cohort_queries
from courses.queries import filings as queries
from courses.queries.filing_warnings import flagged, warnings
from courses.rules.filings import judge
from registry import words
from registry.api.days import Day
from registry.errors import NotFound
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["filings"])

Code = Annotated[str, Field(max_length=40)]
PublicId = Annotated[str, Field(max_length=12)]


class TaskOut(Schema):
    """`status`: to_do, missing, mend or done; `missing`: codes of what is missing."""

    task: str
    status: str
    missing: list[str]
    to_mend: str


class WarningOut(Schema):
    """What the approver should look at, in words; never a refusal."""

    code: str
    facts: dict[str, Any]
    message: str


class LineOut(Schema):
    """Amounts in 元."""

    item: str
    amount: Decimal
    funding_source: str


class MoveOut(Schema):
    before: str
    after: str
    on: date
    by: str
    reason: str
    task_reasons: dict[str, str]

    @staticmethod
    def resolve_by(move: Any) -> str:
        return str(move.actor_name)


class FilingOut(Schema):
    """All that the approver judges beside the particulars of the cohort."""

    cohort: CohortOut
    tasks: list[TaskOut]
    warnings: list[WarningOut]
    budget: list[LineOut]
    budget_total: Decimal
    moves: list[MoveOut]


class LineIn(Schema):
    item: Code
    amount: Money
    funding_source: Code


class BudgetIn(Schema):
    """The whole budget, in place of what stood there."""

    lines: Annotated[list[LineIn], Field(max_length=30)]


class MasterIn(Schema):
    """`enrolment`: public id; `master` empty for nobody."""

    enrolment: PublicId
    master: Annotated[str, Field(max_length=100)]


class MastersIn(Schema):
    masters: Annotated[list[MasterIn], Field(min_length=1, max_length=500)]


class CopyIn(Schema):
    """Without a name it is that of the copied cohort, its number one higher."""

    starts_on: Day
    name: Annotated[str, Field(max_length=200)] = ""


class MovesIn(Schema):
    """Several cohorts to one state, each for itself."""

    cohorts: Annotated[list[PublicId], Field(min_length=1, max_length=AT_ONCE)]
    state: Code
    reason: Annotated[str, Field(max_length=500)] = ""


class MovedOut(Schema):
    """`refusal`: the code of what kept the cohort where it is, empty when it moved."""

    cohort: str
    state: str
    refusal: str
    message: str


class NumbersIn(Schema):
    """Voucher numbers as trainees say them."""

    numbers: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=500)]


@router.post("/move", response=list[MovedOut], operation_id="move_cohorts")
def move_cohorts(request: ActorRequest, asked: MovesIn) -> Any:
    """Move several cohorts in reach; one that is refused keeps no other back."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    wanted = list(dict.fromkeys(asked.cohorts))
    rows = list(cohort_queries.listing(request.actor).filter(public_id__in=wanted))
    if len(rows) != len(wanted):
        raise NotFound(what="cohort", count=len(wanted) - len(rows))
    done = move_many(
        by=request.actor, on=today(), cohorts_to_move=rows, state=asked.state, reason=asked.reason
    )
    return [
        {
            "cohort": one.cohort.public_id,
            "state": one.cohort.state,
            "refusal": one.refusal.code if one.refusal else "",
            "message": words.say(one.refusal.code, one.refusal.facts) if one.refusal else "",
        }
        for one in done
    ]


@router.get("/{public_id}/filing", response=FilingOut, operation_id="get_filing")
def get_filing(request: ActorRequest, public_id: str) -> Any:
    """The filing of a cohort in reach."""
    cohort = cohort_of(request, public_id)
    facts = queries.facts_of(cohort)
    on = today()
    found = warnings(cohort, facts, on=on, flagged=flagged(cohort, on=on))
    budget = queries.budget_of(cohort)
    return {
        "cohort": cohort,
        "tasks": [
            {
                "task": one.task.value,
                "status": one.status.value,
                "missing": [code for code, _facts in one.missing],
                "to_mend": one.to_mend,
            }
            for one in judge(facts, cohort.to_mend)
        ],
        "warnings": [
            {"code": one.code, "facts": dict(one.facts), "message": words.say(one.code, one.facts)}
            for one in found
        ],
        "budget": budget.lines,
        "budget_total": budget.total,
        "moves": list(cohort.moves.all()),
    }


@router.put("/{public_id}/budget", response=list[LineOut], operation_id="set_budget")
def set_budget(request: ActorRequest, public_id: str, asked: BudgetIn) -> Any:
    """Set the budget of a cohort in draft or returned."""
    cohort = cohort_of(request, public_id)
    lines = [NewLine(line.item, line.amount, line.funding_source) for line in asked.lines]
    return filings.set_budget(by=request.actor, on=today(), cohort=cohort, lines=lines)


@router.put("/{public_id}/masters", response=dict[str, int], operation_id="set_masters")
def set_masters(request: ActorRequest, public_id: str, asked: MastersIn) -> Any:
    """师带徒: who takes on whom."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    named = {one.enrolment: one.master for one in asked.masters}
    rows = Enrolment.objects.filter(cohort=cohort, public_id__in=named).values_list("public_id", "pk")
    keys = dict(rows)
    if len(keys) != len(named):
        raise NotFound(what="enrolment", count=len(named) - len(keys))
    masters = {keys[public]: master for public, master in named.items()}
    return {"changed": filings.set_masters(by=request.actor, on=today(), cohort=cohort, masters=masters)}


@router.post("/{public_id}/copy", response=CohortOut, operation_id="copy_cohort")
def copy_cohort(request: ActorRequest, public_id: str, asked: CopyIn) -> Any:
    """The next run: same course, particulars, trainers and budget, the timetable shifted."""
    cohort: Cohort = cohort_of(request, public_id)
    return filings.copy(
        by=request.actor, on=today(), cohort=cohort, starts_on=asked.starts_on, name=asked.name
    )


@router.post("/{public_id}/vouchers", response=list[VoucherOut], operation_id="redeem_vouchers")
def redeem_vouchers(request: ActorRequest, public_id: str, asked: NumbersIn) -> Any:
    """Use vouchers for the trainees of a cohort who hold them, all or none."""
    cohort = cohort_of(request, public_id)
    return vouchers.redeem(by=request.actor, on=today(), cohort=cohort, numbers=asked.numbers)

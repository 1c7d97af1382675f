"""Changing all certificates of a cohort or a base, and correcting a cohort's: first who is touched, then the act."""

from typing import Any, Literal

from django.utils import timezone
from ninja import Field, Router, Schema

from certificates.actions import changes as actions
from certificates.actions import corrections, effects
from certificates.api.changes import ChangeOut, change_out
from certificates.queries import corrections as sheets
from certificates.queries.changes import touched
from certificates.rules.changes import Kind
from certificates.rules.corrections import FIELDS
from courses.models import Cohort
from registry import words
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today

router = Router()

ManyKind = Literal["suspend", "reinstate", "withdraw"]


class TouchedOut(Schema):
    """Who a change of many certificates would touch; `lose_two`: people who would have fewer than two skills."""

    certificates: int
    people: int
    lose_two: int
    held_up: int


class ManyIn(Schema):
    kind: ManyKind
    reason_class: str = ""
    note: str = ""


class RowIn(Schema):
    """A certificate by its number; texts that are left out or empty change nothing."""

    number: str
    holder_name: str = ""
    course_name: str = ""
    hours: str = ""
    starts_on: str = ""
    ends_on: str = ""


class RowsIn(Schema):
    rows: list[RowIn] = Field(max_length=1000)
    note: str = ""
    preview: bool = True


class ProblemOut(Schema):
    field: str
    code: str
    message: str


class RowOut(Schema):
    """`state`: ready (replaced unless this is a preview), unchanged, refused or unknown."""

    number: str
    state: str
    problems: list[ProblemOut]


class RowsOut(Schema):
    rows: list[RowOut]
    change: ChangeOut | None


@router.get("/cohorts/{public_id}/touched", response=TouchedOut, operation_id="cohort_certificates_touched")
def cohort_certificates_touched(
    request: ActorRequest, public_id: str, kind: ManyKind = "withdraw"
) -> TouchedOut:
    cohort = _cohort(request, public_id, Kind(kind))
    return _touched(kind, cohort.base, cohort)


@router.post("/cohorts/{public_id}/change", response=ChangeOut, operation_id="change_cohort_certificates")
def change_cohort_certificates(request: ActorRequest, public_id: str, data: ManyIn) -> ChangeOut:
    """Changes all of a cohort's; `remaining` above 0 and state due: go on with `hasten_certificate_change`."""
    cohort = _cohort(request, public_id, Kind(data.kind))
    return _ask(request, data, cohort.base, cohort)


@router.get("/bases/{public_id}/touched", response=TouchedOut, operation_id="base_certificates_touched")
def base_certificates_touched(
    request: ActorRequest, public_id: str, kind: ManyKind = "withdraw"
) -> TouchedOut:
    return _touched(kind, _base(request, public_id, Kind(kind)), None)


@router.post("/bases/{public_id}/change", response=ChangeOut, operation_id="change_base_certificates")
def change_base_certificates(request: ActorRequest, public_id: str, data: ManyIn) -> ChangeOut:
    """Changes all that a base issued, as `change_cohort_certificates` does."""
    return _ask(request, data, _base(request, public_id, Kind(data.kind)), None)


@router.post("/cohorts/{public_id}/correct", response=RowsOut, operation_id="correct_cohort_certificates")
def correct_cohort_certificates(request: ActorRequest, public_id: str, data: RowsIn) -> RowsOut:
    """Good rows go on, the others say what is wrong; with `preview`, the default, nothing is changed."""
    cohort = _cohort(request, public_id, Kind.CORRECT)
    ids = sheets.public_ids(cohort)
    asked = [(sheets.typed_number(row.number), row) for row in data.rows]
    typed = {
        ids[number]: {name: getattr(row, name) for name in FIELDS} for number, row in asked if number in ids
    }
    rows = sheets.rows(cohort, typed, on=today())
    change = None
    if not data.preview and any(row.is_ready for row in rows):
        at = timezone.now()
        change = corrections.correct_many(by=request.actor, at=at, cohort=cohort, rows=rows, note=data.note)
        effects.begin(change, at=at)
    found = {row.certificate.number: row for row in rows}
    out = [_row_out(row.number, found.get(number)) for number, row in asked]
    return RowsOut(rows=out, change=change_out(change) if change else None)


def _row_out(number: str, row: sheets.Row | None) -> RowOut:
    if row is None:
        code = "correction_row_unknown"
        return RowOut(number=number, state="unknown", problems=[_problem("number", code, {})])
    problems = [_problem(name, one.code, dict(one.facts)) for name, one in row.reading.problems.items()]
    if row.is_refused and row.refusal:
        problems.append(_problem("", row.refusal.code, dict(row.refusal.facts)))
    state = "ready" if row.is_ready else "refused" if row.is_refused else "unchanged"
    return RowOut(number=number, state=state, problems=problems)


def _problem(field: str, code: str, facts: dict[str, Any]) -> ProblemOut:
    return ProblemOut(field=field, code=code, message=words.say(code, facts))


def _ask(request: ActorRequest, data: ManyIn, base: TrainingBase, cohort: Cohort | None) -> ChangeOut:
    at = timezone.now()
    found = touched(data.kind, on=today(), base=base, cohort=cohort)
    change = actions.ask_many(
        by=request.actor,
        at=at,
        base=base,
        cohort=cohort,
        wanted=[(held, {}) for held in found.certificates],
        **data.dict(),
    )
    effects.begin(change, at=at)
    return change_out(change)


def _touched(kind: str, base: TrainingBase, cohort: Cohort | None) -> TouchedOut:
    found = touched(kind, on=today(), base=base, cohort=cohort)
    return TouchedOut(
        certificates=found.count, people=found.people, lose_two=found.lose_two, held_up=found.held_up
    )


def _cohort(request: ActorRequest, public_id: str, kind: Kind) -> Cohort:
    seen = Cohort.objects.visible_to(request.actor).select_related("base__region")
    cohort = one(seen, public_id=public_id)
    actions.require_may_ask(request.actor, kind, cohort.base)
    return cohort


def _base(request: ActorRequest, public_id: str, kind: Kind) -> TrainingBase:
    seen = TrainingBase.objects.visible_to(request.actor).select_related("region")
    base = one(seen, public_id=public_id)
    actions.require_may_ask(request.actor, kind, base)
    return base

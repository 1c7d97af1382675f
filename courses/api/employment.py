"""Employment spells (就业经历) of people in reach: list, record, end, correct, undo, and a cohort at once."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import employment
from courses.api.cohorts import Code, PublicId, cohort_of
from courses.errors import NotInCohort
from courses.models import EmploymentSpell, Enrolment
from courses.queries import employment as queries
from courses.rules.employment import NewSpell
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Person
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["employment"])

Text = Annotated[str, Field(max_length=200)]


class SpellOut(Schema):
    """`person` and `enrolment`: public ids; `ended_on` is the first day without the job; undone rows count nowhere."""

    public_id: str
    person: str
    enrolment: str
    form: str
    new_form: str
    employer_name: str
    employer_uscc: str
    post: str
    contract: str
    insurance: str
    found_through: str
    started_on: date
    ended_on: date | None
    end_reason: str
    recorded_on: date
    undone_on: date | None
    undone_reason: str

    @staticmethod
    def resolve_person(spell: EmploymentSpell) -> str:
        return str(spell.person.public_id)

    @staticmethod
    def resolve_enrolment(spell: EmploymentSpell) -> str:
        return str(spell.enrolment.public_id) if spell.enrolment else ""


class SpellPage(PageOut):
    items: list[SpellOut]


class LedgerFilterIn(Schema):
    """`region`: a code; `state`: running or ended; `since` and `until`: days of the start."""

    region: Code = ""
    form: Code = ""
    state: Code = ""
    since: Day | None = None
    until: Day | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class SpellIn(Schema):
    form: Code
    started_on: Day
    new_form: Code = ""
    employer_name: Text = ""
    employer_uscc: Code = ""
    post: Text = ""
    contract: Code = ""
    insurance: Code = ""
    found_through: Code = ""
    ended_on: Day | None = None
    end_reason: Code = ""

    def told(self) -> NewSpell:
        return NewSpell(**{name: getattr(self, name) for name in NewSpell.__slots__})


class NewSpellIn(SpellIn):
    """`enrolment`: the training that led to it; `beside_another`: two jobs at once, checked."""

    enrolment: PublicId = ""
    beside_another: bool = False


class CorrectionIn(SpellIn):
    """The job as it really was, and why it was recorded otherwise."""

    reason: Text
    beside_another: bool = False


class EndIn(Schema):
    ended_on: Day
    reason: Code


class ReasonIn(Schema):
    reason: Text


class TraineeSpellIn(SpellIn):
    enrolment: PublicId


class PlacementsIn(Schema):
    spells: Annotated[list[TraineeSpellIn], Field(max_length=10_000)]


class PlacementsOut(Schema):
    """`problems`: codes by field, by the enrolment of each row that was not taken."""

    written: int
    problems: dict[str, dict[str, str]]


@router.get("/employment", response=SpellPage, operation_id="list_employment")
def list_employment(request: ActorRequest, filters: Query[LedgerFilterIn]) -> Any:
    """The ledger: jobs in reach that were not undone, latest start first, 50 a page."""
    require_somewhere(request.actor, Permission.PERSON_READ)
    wanted = filters.dict(exclude={"region", "page"})
    region = regions.named(filters.region, on=today()) if filters.region else None
    rows = queries.ledger(request.actor, on=today(), region=region, **wanted)
    return paged(rows, filters.page)


@router.get("/people/{public_id}/employment", response=list[SpellOut], operation_id="list_person_employment")
def list_person_employment(request: ActorRequest, public_id: str) -> Any:
    """Every job of a person, undone ones too, latest first."""
    return queries.history(request.actor, person_of(request, public_id)).select_related("person")


@router.post("/people/{public_id}/employment", response=SpellOut, operation_id="record_employment_spell")
def record_employment_spell(request: ActorRequest, public_id: str, asked: NewSpellIn) -> Any:
    """Record a job; the person's employment status follows it."""
    person = person_of(request, public_id)
    enrolment = None
    if asked.enrolment:
        rows = Enrolment.objects.visible_to(request.actor).filter(person=person)
        enrolment = one(rows, public_id=asked.enrolment)
    return employment.record(
        by=request.actor,
        on=today(),
        person=person,
        spell=asked.told(),
        enrolment=enrolment,
        beside_another=asked.beside_another,
    )


@router.get("/employment/{public_id}", response=SpellOut, operation_id="get_employment_spell")
def get_employment_spell(request: ActorRequest, public_id: str) -> Any:
    return _spell(request, public_id)


@router.post("/employment/{public_id}/end", response=SpellOut, operation_id="end_employment_spell")
def end_employment_spell(request: ActorRequest, public_id: str, asked: EndIn) -> Any:
    """The job is over from that day."""
    spell = _spell(request, public_id)
    return employment.end(by=request.actor, on=today(), spell=spell, **asked.dict())


@router.post("/employment/{public_id}/undo", response=SpellOut, operation_id="undo_employment_spell")
def undo_employment_spell(request: ActorRequest, public_id: str, asked: ReasonIn) -> Any:
    """It never was so: the row stays with its reason and counts nowhere."""
    return employment.undo(
        by=request.actor, on=today(), spell=_spell(request, public_id), reason=asked.reason
    )


@router.post("/employment/{public_id}/correct", response=SpellOut, operation_id="correct_employment_spell")
def correct_employment_spell(request: ActorRequest, public_id: str, asked: CorrectionIn) -> Any:
    """Undo a wrong row and record the right one in its place."""
    return employment.correct(
        by=request.actor,
        on=today(),
        spell=_spell(request, public_id),
        reason=asked.reason,
        corrected=asked.told(),
        beside_another=asked.beside_another,
    )


@router.post(
    "/cohorts/{public_id}/employment", response=PlacementsOut, operation_id="record_cohort_employment"
)
def record_cohort_employment(request: ActorRequest, public_id: str, asked: PlacementsIn) -> Any:
    """Record jobs of trainees; good rows are kept, each bad one gets problem codes by field."""
    cohort = cohort_of(request, public_id)
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    unknown = sum(row.enrolment not in enrolments for row in asked.spells)
    if unknown:
        raise NotInCohort(count=unknown)
    spells = {enrolments[row.enrolment]: row.told() for row in asked.spells}
    done = employment.record_cohort(by=request.actor, on=today(), cohort=cohort, spells=spells)
    public = {pk: public_id for public_id, pk in enrolments.items()}
    return {"written": done.written, "problems": {public[pk]: dict(why) for pk, why in done.problems.items()}}


def person_of(request: ActorRequest, public_id: str) -> Person:
    """The person of a request, if the actor may know of them."""
    return one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)


def _spell(request: ActorRequest, public_id: str) -> EmploymentSpell:
    rows = EmploymentSpell.objects.visible_to(request.actor)
    return one(rows.select_related("person__region", "enrolment"), public_id=public_id)

"""Writes of employment spells (就业经历): record, for one person or a cohort, end, undo and correct."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction

from courses.errors import NotInCohort, SpellChanged, SpellOverlaps
from courses.models import Cohort, EmploymentSpell, Enrolment, FollowUp
from courses.rules import employment as rules
from courses.rules.employment import NewSpell
from registry.actions import audit, employment, evidence
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed, told_once
from registry.models import EmploymentStatus, Evidence, Person
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules import usccs
from registry.rules.access import Actor, Permission, require

_FIELDS = tuple(NewSpell.__slots__)
_CHECKED = tuple(name for name in _FIELDS if name not in ("started_on", "ended_on"))


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    person: Person,
    spell: NewSpell,
    enrolment: Enrolment | None = None,
    beside_another: bool = False,
) -> EmploymentSpell:
    """Record a job, and with it the person's employment status. The same job again is the same row.

    `enrolment` is the training that led to it. Raises NotPermitted, InvalidInput, SpellOverlaps unless
    `beside_another` says that both jobs are really held, NotInCohort for somebody else's enrolment.
    """
    held = _locked([person.pk])[0]
    require(by, Permission.EMPLOYMENT_RECORD, **reach(held))
    if enrolment is not None and enrolment.person_id != held.pk:
        raise NotInCohort(count=1)
    clean, problems = _checked(spell, held, on=on)
    if problems:
        raise InvalidInput(fields=problems)
    others = list(EmploymentSpell.objects.standing().filter(person=held))
    if same := _same(clean, others):
        return same
    if not beside_another and any(rules.overlaps(clean, other) for other in others):
        raise SpellOverlaps(field="started_on")
    [made] = _write([(held, enrolment, clean)], by=by, on=on)
    return made


@dataclass(frozen=True)
class Recorded:
    """What came of the rows of a cohort: how many were written, and problem codes by enrolment and field."""

    written: int
    problems: Mapping[int, Mapping[str, str]]


@transaction.atomic
def record_cohort(*, by: Actor, on: date, cohort: Cohort, spells: Mapping[int, NewSpell]) -> Recorded:
    """Record a job for each enrolment named: good rows are kept, each bad one gets problem codes by field.

    Raises NotPermitted, NotInCohort.
    """
    path = cohort.region.path
    require(by, Permission.EMPLOYMENT_RECORD, region_path=path, base_ids=[cohort.base_id])
    enrolments = {row.pk: row for row in Enrolment.objects.filter(cohort=cohort, pk__in=spells)}
    if len(enrolments) < len(spells):
        raise NotInCohort(count=len(spells) - len(enrolments))
    held = {person.pk: person for person in _locked([row.person_id for row in enrolments.values()])}
    others: dict[int, list[EmploymentSpell]] = defaultdict(list)
    for row in EmploymentSpell.objects.standing().filter(person__in=held):
        others[row.person_id].append(row)
    problems: dict[int, dict[str, str]] = {}
    good: list[tuple[Person, Enrolment | None, NewSpell]] = []
    for pk, spell in spells.items():
        person = held[enrolments[pk].person_id]
        clean, wrong = _checked(spell, person, on=on)
        if not wrong and _same(clean, others[person.pk]):
            continue
        if not wrong and any(rules.overlaps(clean, other) for other in others[person.pk]):
            wrong = {"started_on": SpellOverlaps.code}
        if wrong:
            problems[pk] = wrong
        else:
            good.append((person, enrolments[pk], clean))
    return Recorded(len(_write(good, by=by, on=on)), problems)


@transaction.atomic
def end(*, by: Actor, on: date, spell: EmploymentSpell, ended_on: date, reason: str) -> EmploymentSpell:
    """The job is over; from that day the person is unemployed, unless another goes on.

    Raises NotPermitted, InvalidInput, SpellChanged when it is over or undone already.
    """
    person, held = _held(spell, by=by)
    if held.ended_on is not None:
        raise SpellChanged()
    problems = rules.end_problems(held.started_on, ended_on, reason, on=on)
    if problems:
        raise InvalidInput(fields=problems)
    require_valid(EmploymentSpell, end_reason=reason)
    held.ended_on, held.end_reason = ended_on, reason
    held.save(update_fields=["ended_on", "end_reason"])
    audit.record(
        "employment.ended", held, by=by, region_path=person.region.path, ended_on=str(ended_on), reason=reason
    )
    _sync([person], {person.pk: {ended_on}}, by=by, on=on)
    return held


@transaction.atomic
def undo(*, by: Actor, on: date, spell: EmploymentSpell, reason: str) -> EmploymentSpell:
    """It never was so: the row stays with the reason and counts nowhere. Its unanswered follow-ups go.

    Raises NotPermitted, InvalidInput, SpellChanged when it was undone before.
    """
    person, held = _held(spell, by=by)
    _undo(held, person, by=by, on=on, reason=reason)
    _sync([person], {person.pk: _days(held)}, by=by, on=on)
    return held


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    spell: EmploymentSpell,
    reason: str,
    corrected: NewSpell,
    beside_another: bool = False,
) -> EmploymentSpell:
    """Undo a row and record it as it really was; the papers and the training it belongs to go with it.

    Raises as `record` and `undo` do.
    """
    person, held = _held(spell, by=by)
    clean, problems = _checked(corrected, person, on=on)
    if problems:
        raise InvalidInput(fields=problems)
    others = EmploymentSpell.objects.standing().filter(person=person).exclude(pk=held.pk)
    if not beside_another and any(rules.overlaps(clean, other) for other in others):
        raise SpellOverlaps(field="started_on")
    with told_once():
        _undo(held, person, by=by, on=on, reason=reason)
        [made] = _write([(person, held.enrolment, clean)], by=by, on=on, also=_days(held))
        Evidence.objects.about(held).update(subject_id=made.pk)
    return made


@transaction.atomic
def add_evidence(*, by: Actor, on: date, spell: EmploymentSpell, name: str, data: bytes) -> Evidence:
    """Keep a paper that shows the job: a contract, a pay slip, a business licence. Raises NotPermitted, InvalidInput."""
    person, held = _held(spell, by=by)
    base = None
    if held.enrolment is not None:
        base = held.enrolment.cohort.base
    kept = evidence.add(by=by, on=on, subject=held, region=person.region, base=base, name=name, data=data)
    people_changed(people=[person.pk], on=on)
    return kept


def _locked(people: Iterable[int]) -> list[Person]:
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    return list(rows.filter(pk__in=people).order_by("pk"))


def _held(spell: EmploymentSpell, *, by: Actor) -> tuple[Person, EmploymentSpell]:
    """The person, locked, and the spell as it stands now. Raises NotPermitted, SpellChanged."""
    [person] = _locked([spell.person_id])
    require(by, Permission.EMPLOYMENT_RECORD, **reach(person))
    held = EmploymentSpell.objects.select_related("enrolment__cohort__base").get(pk=spell.pk)
    if held.undone_on is not None:
        raise SpellChanged()
    return person, held


def _checked(spell: NewSpell, person: Person, *, on: date) -> tuple[NewSpell, dict[str, str]]:
    """The spell in the form in which it is kept, and what is wrong with it."""
    texts = {name: getattr(spell, name).strip() for name in _CHECKED}
    clean = replace(spell, **texts)
    problems = rules.problems(clean, on=on)
    try:
        require_valid(EmploymentSpell, **{name: texts[name] for name in _CHECKED if name != "employer_uscc"})
    except InvalidInput as error:
        problems |= error.facts["fields"]
    if clean.started_on < person.birth_date:
        problems["started_on"] = "date_before_birth"
    if clean.employer_uscc and "employer_uscc" not in problems:
        clean = replace(clean, employer_uscc=usccs.parse(clean.employer_uscc))
    return clean, problems


def _same(spell: NewSpell, others: Iterable[EmploymentSpell]) -> EmploymentSpell | None:
    """The row that says exactly this already."""
    return next(
        (other for other in others if all(getattr(other, name) == getattr(spell, name) for name in _FIELDS)),
        None,
    )


def _write(
    rows: Sequence[tuple[Person, Enrolment | None, NewSpell]],
    *,
    by: Actor,
    on: date,
    also: Iterable[date] = (),
) -> list[EmploymentSpell]:
    """The rows, their audit and the statuses they bring about; `also` are days that were touched besides."""
    made = EmploymentSpell.objects.bulk_create(
        [
            EmploymentSpell(
                person=person, enrolment=enrolment, recorded_on=on, recorded_by=by.name, **asdict(spell)
            )
            for person, enrolment, spell in rows
        ],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        "employment.recorded",
        [
            (
                row,
                row.person.region.path,
                {"form": row.form, "started_on": str(row.started_on), "ended_on": str(row.ended_on or "")},
            )
            for row in made
        ],
        by=by,
    )
    touched = {row.person_id: _days(row) | set(also) for row in made}
    _sync([person for person, _enrolment, _spell in rows], touched, by=by, on=on)
    return made


def _undo(held: EmploymentSpell, person: Person, *, by: Actor, on: date, reason: str) -> None:
    require_valid(EmploymentSpell, undone_reason=reason.strip())
    if not reason.strip():
        raise InvalidInput(fields={"reason": "field_missing"})
    held.undone_on, held.undone_by, held.undone_reason = on, by.name, reason.strip()
    held.save(update_fields=["undone_on", "undone_by", "undone_reason"])
    FollowUp.objects.filter(spell=held, tries=0).delete()
    audit.record(
        "employment.undone", held, by=by, region_path=person.region.path, on=str(on), reason=reason.strip()
    )


def _days(spell: EmploymentSpell) -> set[date]:
    return {day for day in (spell.started_on, spell.ended_on) if day is not None}


def _sync(people: Sequence[Person], touched: Mapping[int, set[date]], *, by: Actor, on: date) -> None:
    """Bring the statuses of these people in step with their spells: two queries and the writes."""
    spells: dict[int, list[EmploymentSpell]] = defaultdict(list)
    for spell in EmploymentSpell.objects.standing().filter(person__in=touched):
        spells[spell.person_id].append(spell)
    held: dict[int, dict[date, str]] = defaultdict(dict)
    rows = EmploymentStatus.objects.filter(person__in=touched)
    for pk, since, status in rows.values_list("person_id", "since", "status"):
        held[pk][since] = status
    statuses = {pk: rules.statuses(held[pk], spells[pk], days) for pk, days in touched.items()}
    with told_once():
        employment.set_statuses(by=by, on=on, people=people, statuses=statuses)
        people_changed(people=touched.keys(), on=on)  # the jobs changed, even where the statuses stay

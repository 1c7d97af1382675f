"""Writes of services to people (“四个一”, “131”, referrals to training), and of their graduation."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from courses.models import Cohort, Course, Graduation, ServiceRecord
from courses.models.service_records import ServiceKind
from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import Person
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require

LONGEST_SUMMARY = 1000


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    person: Person,
    kind: str,
    day: date,
    summary: str = "",
    course: Course | None = None,
    cohort: Cohort | None = None,
    result: str = "",
) -> ServiceRecord:
    """One service on one day. A referral names a class, a course, or says in `summary` which training.

    Raises NotPermitted, InvalidInput.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(ServiceRecord, kind=kind, result=result)
    summary = summary.strip()
    if problems := _problems(held, kind, day, summary, course or cohort, result, on=on):
        raise InvalidInput(fields=problems)
    if kind != ServiceKind.REFERRAL:
        course = cohort = None
    made = ServiceRecord.objects.create(
        person=held,
        kind=kind,
        on=day,
        summary=summary,
        course=cohort.course if cohort else course,
        cohort=cohort,
        result=result,
        recorded_by=by.name,
    )
    audit.record("service.recorded", made, by=by, region_path=held.region.path, kind=kind, on=str(day))
    people_changed(people=[held.pk], on=on)
    return made


@transaction.atomic
def record_many(
    *, by: Actor, on: date, people: Sequence[Person], kind: str, day: date, summary: str = ""
) -> int:
    """The same service to many people on one day, as after a round of phone calls; who has it that day keeps it.

    `summary` is what was done for all of them: at which job fair, by which letter.

    Raises NotPermitted when one of them is managed elsewhere, InvalidInput.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    held = list(rows.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    for path in {person.region.path for person in held}:
        require(by, Permission.PERSON_EDIT, region_path=path)
    require_valid(ServiceRecord, kind=kind)
    if kind == ServiceKind.REFERRAL:  # each has its own training
        raise InvalidInput(fields={"kind": "field_choice"})
    if day > on:
        raise InvalidInput(fields={"day": "date_in_future"})
    summary = summary.strip()
    if len(summary) > LONGEST_SUMMARY:
        raise InvalidInput(fields={"summary": "field_too_long"})
    there = set(
        ServiceRecord.objects.filter(person__in=held, kind=kind, on=day).values_list("person_id", flat=True)
    )
    made = ServiceRecord.objects.bulk_create(
        [
            ServiceRecord(person=person, kind=kind, on=day, summary=summary, recorded_by=by.name)
            for person in held
            if person.pk not in there
        ],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        "service.recorded",
        [(row, row.person.region.path, {"kind": kind, "on": str(day)}) for row in made],
        by=by,
    )
    people_changed(people=[row.person_id for row in made], on=on)
    return len(made)


@transaction.atomic
def answer_referral(*, by: Actor, on: date, record: ServiceRecord, result: str) -> ServiceRecord:
    """What came of a referral to training. Raises NotPermitted, InvalidInput."""
    person = locked(record.person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    held = ServiceRecord.objects.get(pk=record.pk)
    require_valid(ServiceRecord, result=result)
    if held.kind != ServiceKind.REFERRAL:
        raise InvalidInput(fields={"result": "field_choice"})
    before, held.result = held.result, result
    held.save(update_fields=["result"])
    audit.record(
        "referral.answered",
        held,
        by=by,
        region_path=person.region.path,
        before=before,
        after=result,
        on=str(on),
    )
    people_changed(people=[person.pk], on=on)
    return held


@transaction.atomic
def remove(*, by: Actor, on: date, record: ServiceRecord) -> None:
    """Take back a record that was a mistake; the audit trail keeps that it was there. Raises NotPermitted."""
    person = locked(record.person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    audit.record(
        "service.removed", record, by=by, region_path=person.region.path, kind=record.kind, on=str(on)
    )
    record.delete()
    people_changed(people=[person.pk], on=on)


@transaction.atomic
def record_graduation(
    *, by: Actor, on: date, person: Person, graduated_on: date, level: str, school: str = ""
) -> Graduation:
    """The person is a graduate of that day's class; the same day again corrects level and school.

    Raises NotPermitted, InvalidInput.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(Graduation, level=level, school=school.strip())
    if graduated_on < held.birth_date:
        raise InvalidInput(fields={"graduated_on": "date_before_birth"})
    made, _created = Graduation.objects.update_or_create(
        person=held,
        graduated_on=graduated_on,
        defaults={"level": level, "school": school.strip(), "recorded_on": on},
    )
    audit.record(
        "graduation.recorded",
        held,
        by=by,
        region_path=held.region.path,
        graduated_on=str(graduated_on),
        level=level,
    )
    people_changed(people=[held.pk], on=on)
    return made


def _problems(
    person: Person,
    kind: str,
    day: date,
    summary: str,
    training: Course | Cohort | None,
    result: str,
    *,
    on: date,
) -> dict[str, str]:
    found: dict[str, str] = {}
    if day > on:
        found["day"] = "date_in_future"
    elif day < person.birth_date:
        found["day"] = "date_before_birth"
    if len(summary) > LONGEST_SUMMARY:
        found["summary"] = "field_too_long"
    if kind == ServiceKind.REFERRAL and not training and not summary:
        found["summary"] = "referral_training_missing"
    if kind != ServiceKind.REFERRAL and result:
        found["result"] = "field_choice"
    return found

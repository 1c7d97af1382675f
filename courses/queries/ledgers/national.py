"""The export for the national real-name system (docs/domain.md §5.1): people, their work, their training."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import EmploymentSpell, Enrolment
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.queries.ledgers.wanted import Cells, Source, Sources, Wanted, cards, day
from courses.rules.ledgers import About, Field, Ledger, Mask, Sheet
from courses.rules.national_system import training_cycle, training_provider
from registry.models import Accreditation, EmploymentStatus, Person
from registry.models.people import PersonKind
from registry.models.standing import Employment
from registry.rules.citizen_ids import WORKING_AGE

SEED = Path(__file__).resolve().parents[2] / "seeds" / "national_system.json"
HELD = (CohortState.RUNNING, CohortState.ASSESSING, CohortState.COMPLETED, CohortState.CLOSED)
"""A training that took place."""


@cache
def seed() -> dict[str, Any]:
    """Columns, codes and documents as they are in courses/seeds/national_system.json."""
    read: dict[str, Any] = json.loads(SEED.read_text(encoding="utf-8"))
    return read


def code(field: str, value: str) -> str:
    """The system's word for a value of the register; "" for none."""
    return str(seed()["codes"][field]["values"].get(value, ""))


def _sheets() -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            sheet["key"],
            sheet["name"],
            tuple(Field(one["key"], one["label"], Mask(one.get("mask", ""))) for one in sheet["fields"]),
        )
        for sheet in seed()["sheets"]
    )


NATIONAL = Ledger("national_system", About.REGION, _sheets(), by_year=True)


def of_working_age(on: date) -> Q:
    """People of employment age on a day, by the bands of the guide."""
    found = Q()
    for sex, band in WORKING_AGE.items():
        # Born after the day on which the next year over the band began, and by that on which it was reached.
        born = Q(birth_date__gt=_years_before(on, band.highest + 1))
        found |= Q(sex=sex.value) & born & Q(birth_date__lte=_years_before(on, band.lowest))
    return found


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February; who was born on the 28th has had the birthday
        return on.replace(year=on.year - years, day=28)


def registered(wanted: Wanted) -> QuerySet[Person]:
    """Disabled people of employment age who are managed in the region."""
    people = Person.objects.filter(of_working_age(wanted.on), kind=PersonKind.DISABLED)
    return people.filter(region__path__startswith=wanted.region_path)


def _people(rows: list[Person], wanted: Wanted) -> list[Cells]:
    held = cards(rows, on=wanted.on)
    return [
        _identity(person)
        | {
            "disability_number": held[person.pk].number if person.pk in held else "",
            "phone": person.phone,
            "remarks": "",
        }
        for person in rows
    ]


def _employment(rows: list[Person], wanted: Wanted) -> list[Cells]:
    statuses = EmploymentStatus.objects.filter(person__in=rows, since__lte=wanted.on).order_by("since", "pk")
    latest = {status.person_id: status for status in statuses}
    spells = EmploymentSpell.objects.in_force(wanted.on).filter(person__in=rows).order_by("started_on", "pk")
    jobs = {spell.person_id: spell for spell in spells}
    return [_work(person, latest.get(person.pk), jobs.get(person.pk)) for person in rows]


def _work(person: Person, status: EmploymentStatus | None, job: EmploymentSpell | None) -> Cells:
    employed = status is not None and status.status == Employment.EMPLOYED
    since = job.started_on if job else status.since if status and employed else None
    return _identity(person) | {
        "employment_status": code("employment_status", status.status) if status else "",
        "employed_on": day(since),
        "employment_form": code("employment_form", job.form) if job else "",
        "industry": "",
        "contract": code("contract", job.contract) if job else "",
        "found_through": code("found_through", job.found_through) if job else "",
        "insurance": code("insurance", job.insurance) if job else "",
    }


def _trained(wanted: Wanted) -> QuerySet[Enrolment]:
    """Trainings of disabled people of the region that began in the year; who left is not in them."""
    accredited = Accreditation.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("cohort__starts_on")),
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=OuterRef("cohort__starts_on")),
        base=OuterRef("cohort__base"),
        granted_on__lte=OuterRef("cohort__starts_on"),
    )
    found = Enrolment.objects.filter(
        person__kind=PersonKind.DISABLED,
        person__region__path__startswith=wanted.region_path,
        cohort__starts_on__year=wanted.year,
        cohort__state__in=HELD,
    ).exclude(outcome=Outcome.WITHDREW)
    return found.select_related("person", "cohort__course", "cohort__base").annotate(
        is_accredited=Exists(accredited)
    )


def _training(rows: list[Any], wanted: Wanted) -> list[Cells]:
    return [_course(enrolment) for enrolment in rows]


def _course(enrolment: Any) -> Cells:
    cohort = enrolment.cohort
    provider = training_provider(
        is_accredited=enrolment.is_accredited,
        institution_kind=cohort.base.institution_kind,
        ownership=cohort.base.ownership,
    )
    return _identity(enrolment.person) | {
        # 跨年度培训的以培训开始的年份为准: the guide.
        "training_year": str(cohort.starts_on.year),
        "training_cycle": code("training_cycle", training_cycle(cohort.starts_on, cohort.ends_on)),
        "training_project": cohort.course.name,
        "training_industry": "",
        "training_provider": code("training_provider", provider),
    }


def _identity(person: Person) -> Cells:
    return {"name": person.name, "citizen_id": person.citizen_id}


SOURCES: Sources = {
    (NATIONAL.key, "people"): Source(registered, _people),
    (NATIONAL.key, "employment"): Source(registered, _employment),
    (NATIONAL.key, "training"): Source(_trained, _training),
}

"""What the checks ask of trainees: age and status on the first day, other classes, marks, the job after, the certificate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from courses.models import Cohort, EmploymentSpell, Enrolment, Graduation
from courses.models.cohorts import CohortState
from courses.models.employment import Contract
from courses.models.enrolments import Outcome
from courses.rules.flags import TraineeFacts
from registry.models import EmploymentStatus
from registry.models.standing import Employment
from registry.rules import citizen_ids

NOT_HELD = (CohortState.DRAFT, CohortState.CANCELLED)


@dataclass(frozen=True)
class Trainee:
    """The facts of one trainee, and the code of who employs them, which the cohort is asked about."""

    facts: TraineeFacts
    employer_uscc: str = ""


@dataclass(frozen=True)
class _Class:
    """One class of a person, in the order in which they began."""

    starts_on: date
    pk: int
    ends_on: date
    public_id: str


def trainees(cohorts: Mapping[int, Cohort], *, windows: Mapping[int, int]) -> dict[int, list[Trainee]]:
    """Who is in each cohort and did not leave. `windows`: days after the end in which a job counts as its outcome."""
    enrolments = list(_enrolments(cohorts))
    people = Enrolment.objects.filter(cohort__in=cohorts).order_by().values("person")
    classes = _classes(people)
    statuses = _by_person(EmploymentStatus.objects, people, "since", "status", order="since")
    graduations = _by_person(Graduation.objects, people, "graduated_on", order="graduated_on")
    jobs = _by_person(
        EmploymentSpell.objects.standing(),
        people,
        *("started_on", "employer_name", "employer_uscc", "contract"),
        order="started_on",
    )
    certified_on = import_string(settings.CERTIFIED_ON)([row.pk for row in enrolments])
    found: dict[int, list[Trainee]] = defaultdict(list)
    for row in enrolments:
        cohort, person = cohorts[row.cohort_id], row.person
        start = cohort.starts_on
        job = _job_after(jobs[person.pk], cohort, windows[cohort.pk])
        before = [one for one in classes[person.pk] if (one.starts_on, one.pk) < (start, cohort.pk)]
        held = [status for since, status in statuses[person.pk] if since <= start]
        mark = getattr(row, "assessment", None)
        facts = TraineeFacts(
            enrolment=row.pk,
            age=citizen_ids.age(person.birth_date, start),
            in_working_age=citizen_ids.in_working_age(citizen_ids.Sex(person.sex), person.birth_date, start),
            is_student=any(day > start for (day,) in graduations[person.pk]),
            employed=bool(held) and held[-1] == Employment.EMPLOYED,
            said_unemployed=row.employment != Employment.EMPLOYED,
            phone=person.phone,
            score=mark.score if mark else None,
            earlier=[(one.public_id, one.starts_on, one.ends_on) for one in before],
            nth_this_year=1 + sum(one.starts_on.year == start.year for one in before),
            placed=job is not None,
            employer=(job.uscc or job.name) if job else "",
            has_contract=bool(job and job.contract not in ("", Contract.NONE)),
            certified_on=certified_on.get(row.pk),
        )
        found[cohort.pk].append(Trainee(facts, job.uscc if job else ""))
    return found


def _enrolments(cohorts: Iterable[int]) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(cohort__in=cohorts).exclude(outcome=Outcome.WITHDREW)
    return rows.select_related("person", "assessment").only(
        *("cohort_id", "employment", "assessment__score"),
        *("person__birth_date", "person__sex", "person__phone"),
    )


def _classes(people: Any) -> dict[int, list[_Class]]:
    """The classes of each of these people that are or were held, who left not counted."""
    rows = Enrolment.objects.filter(person__in=people).exclude(outcome=Outcome.WITHDREW)
    columns = ("cohort__starts_on", "cohort_id", "cohort__ends_on", "cohort__public_id")
    found: dict[int, list[_Class]] = defaultdict(list)
    for person, *one in rows.exclude(cohort__state__in=NOT_HELD).values_list("person_id", *columns):
        found[person].append(_Class(*one))
    return found


def _by_person(rows: Any, people: Any, *columns: str, order: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for person, *values in (
        rows.filter(person__in=people).order_by(order, "pk").values_list("person_id", *columns)
    ):
        found[person].append(tuple(values))
    return found


@dataclass(frozen=True)
class _Job:
    started_on: date
    name: str
    uscc: str
    contract: str


def _job_after(jobs: Iterable[tuple[Any, ...]], cohort: Cohort, window: int) -> _Job | None:
    """The first job that began with the class or within the window after it."""
    last = cohort.ends_on + timedelta(days=window)
    known = (_Job(*job) for job in jobs)
    return next((job for job in known if cohort.starts_on <= job.started_on <= last), None)

"""Whose figures a mere date changes: something ran out, began, fell due, or a birthday came (docs/indicators.md)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from certificates.models import ExternalCertificate
from courses.models import EmploymentSpell, Enrolment, Graduation
from courses.models.enrolments import Outcome
from courses.rules.employment import add_months
from goals.queries.tallies import terms_on
from goals.rules.graduates import TRACKED_MONTHS
from registry.models import EmploymentStatus, HardshipStatus, NeedRegistration, Person
from registry.rules.citizen_ids import WORKING_AGE

A_DAY = timedelta(days=1)


def changed(*, since: date, on: date) -> set[int]:
    """People whose facts count otherwise on `on` than on `since`; some more, since counting them changes nothing."""
    days = (since, on)
    terms = terms_on(on)
    window = timedelta(days=terms.window_days)
    months = {terms.months, TRACKED_MONTHS}
    # Both ends included, and of the spells three days more: months differ in length.
    began = Q(started_on__range=days) | Q(ended_on__range=days)
    for count in months:
        began |= Q(
            started_on__range=(
                add_months(since, -count) - 3 * A_DAY,
                add_months(on, -count) + 3 * A_DAY,
            )
        )
    sources: list[QuerySet[Any]] = [
        ExternalCertificate.objects.filter(valid_until__gte=since, valid_until__lt=on),
        NeedRegistration.objects.filter(registered_on__range=days),
        EmploymentStatus.objects.filter(since__range=days),
        HardshipStatus.objects.filter(Q(since__range=days) | Q(ended_on__range=days)),
        Enrolment.objects.filter(
            Q(cohort__starts_on__range=days) | Q(outcome_on__range=(since - window, on - window))
        ),
        EmploymentSpell.objects.filter(began),
        Graduation.objects.filter(graduated_on__range=days),
    ]
    if terms != terms_on(since):
        sources.append(Enrolment.objects.filter(outcome=Outcome.COMPLETED))
    people = {pk for rows in sources for pk in rows.order_by().values_list("person_id", flat=True)}
    return people.union(Person.objects.filter(_birthdays(*days)).order_by().values_list("pk", flat=True))


def _birthdays(since: date, on: date) -> Q:
    """Whoever reached working age, or left it."""
    of_age = Q()
    for sex, band in WORKING_AGE.items():
        for years in (band.lowest, band.highest + 1):
            born = (_years_before(since, years), _years_before(on, years))
            of_age |= Q(sex=sex, birth_date__range=born)
    return of_age


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)

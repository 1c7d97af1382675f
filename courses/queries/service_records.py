"""Services to people: what was done for one, for whom it was not done this year; the training of graduates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courses.models import AbilityAssessment, Enrolment, Graduation, ServiceRecord
from courses.models.enrolments import Outcome
from courses.models.service_records import ONE_THREE_ONE, FourOnes, ServiceKind
from registry.models import EmploymentStatus, NeedRegistration, Person, Region
from registry.models.people import PersonKind
from registry.models.regions import in_subtrees
from registry.models.standing import Employment
from registry.rules.access import Actor, Permission
from registry.rules.citizen_ids import WORKING_AGE
from registry.rules.shares import percent


def of_person(actor: Actor, person: Person) -> QuerySet[ServiceRecord]:
    """Everything that was done for a person, latest first."""
    rows = ServiceRecord.objects.visible_to(actor).filter(person=person)
    return rows.select_related("course", "cohort")


@dataclass(frozen=True)
class Step:
    """One kind of service in a year: how often it is asked for, how often it was done."""

    kind: FourOnes | ServiceKind
    asked: int
    done: int

    @property
    def is_done(self) -> bool:
        return self.done >= self.asked


def steps(person: Person, *, year: int) -> dict[str, list[Step]]:
    """“四个一” and “131” of a person in a year (docs/domain.md §2.2 T08, T12); five queries."""
    rows = ServiceRecord.objects.filter(person=person, on__year=year).order_by()
    done = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return {
        "four_ones": [Step(kind, 1, _done(kind, year).filter(person=person).count()) for kind in FourOnes],
        "one_three_one": [Step(kind, asked, done.get(kind, 0)) for kind, asked in ONE_THREE_ONE.items()],
    }


def _done(kind: str, year: int) -> QuerySet[Any]:
    """The rows that show that this one of “四个一” was done in the year, whoever's."""
    if kind == FourOnes.ABILITY_ASSESSMENT:
        return AbilityAssessment.objects.filter(assessed_on__year=year)
    if kind == FourOnes.NEED_REGISTRATION:
        return NeedRegistration.objects.filter(registered_on__year=year)
    return ServiceRecord.objects.filter(kind=kind, on__year=year)


def without(actor: Actor, *, kind: str, on: date, region: Region | None = None) -> QuerySet[Person]:
    """Unemployed disabled people of working age for whom this was not done yet this year.

    Verification is owed to all of them, the rest of “四个一” to those who want work (docs/domain.md §2.2 T08).
    Only people whom a federation of the actor manages.
    """
    rows: Any = Person.objects.filter(kind=PersonKind.DISABLED)
    if not actor.is_system:
        rows = rows.filter(in_subtrees("region__path", actor.scope(Permission.PERSON_EDIT).region_paths))
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    of_age = Q(pk__in=[])
    for sex, band in WORKING_AGE.items():
        # Of 29 February a day too many or too few: this is a work list, not a figure.
        youngest, oldest = _years_before(on, band.lowest), _years_before(on, band.highest + 1)
        of_age |= Q(sex=sex, birth_date__lte=youngest, birth_date__gt=oldest)
    status = EmploymentStatus.objects.filter(person=OuterRef("pk"), since__lte=on).order_by("-since")
    done = _done(kind, on.year).filter(person=OuterRef("pk"))
    rows = rows.annotate(employment=Subquery(status.values("status")[:1]))
    rows = rows.filter(of_age, ~Exists(done), employment=Employment.UNEMPLOYED)
    if kind != FourOnes.VERIFICATION:
        need = NeedRegistration.objects.filter(person=OuterRef("pk"), registered_on__lte=on)
        wants = need.order_by("-registered_on").values("employment_need")[:1]
        rows = rows.annotate(wants=Subquery(wants)).filter(wants=True)
    return rows.select_related("region").order_by("region__code", "pk")


@dataclass(frozen=True)
class Graduates:
    """Graduates who want training, and those of them who completed at least one cohort (docs/domain.md §2.1 C49)."""

    in_need: int
    trained: int

    @property
    def share(self) -> Any:
        """Per cent, rounded down; None where nobody is in need."""
        return percent(self.trained, self.in_need) if self.in_need else None


def graduates(actor: Actor, *, on: date, region: Region | None = None, year: int | None = None) -> Graduates:
    """Of the classes of one year or of all, managed in a region or anywhere in reach; one query."""
    of_class = Graduation.objects.filter(person=OuterRef("pk"), graduated_on__lte=on)
    if year is not None:
        of_class = of_class.filter(graduated_on__year=year)
    need = NeedRegistration.objects.filter(person=OuterRef("pk"), registered_on__lte=on)
    completed = Enrolment.objects.filter(person=OuterRef("pk"), outcome=Outcome.COMPLETED, outcome_on__lte=on)
    rows: Any = Person.objects.filter(kind=PersonKind.DISABLED)
    if not actor.is_system:
        rows = rows.in_scope(actor.scope(Permission.FIGURES_READ))
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    rows = rows.annotate(
        wants=Subquery(need.order_by("-registered_on").values("training_need")[:1]), trained=Exists(completed)
    )
    rows = rows.filter(Exists(of_class), wants=True).order_by()
    counted = rows.aggregate(in_need=Count("pk"), done=Count("pk", filter=Q(trained=True)))
    return Graduates(counted["in_need"], counted["done"])


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)

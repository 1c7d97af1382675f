"""Services to people: what was done for one in a year; the training of graduates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courses.models import AbilityAssessment, Enrolment, Graduation, ServiceRecord
from courses.models.enrolments import Outcome
from courses.models.service_records import ONE_THREE_ONE, FourOnes, ServiceKind
from registry.models import NeedRegistration, Person, Region
from registry.models.people import PersonKind
from registry.rules.access import Actor, Permission
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
        "four_ones": [Step(kind, 1, done_in(kind, year).filter(person=person).count()) for kind in FourOnes],
        "one_three_one": [Step(kind, asked, done.get(kind, 0)) for kind, asked in ONE_THREE_ONE.items()],
    }


def done_in(kind: str, year: int) -> QuerySet[Any]:
    """The rows that show that this one of “四个一” was done in the year, whoever's."""
    if kind == FourOnes.ABILITY_ASSESSMENT:
        return AbilityAssessment.objects.filter(assessed_on__year=year)
    if kind == FourOnes.NEED_REGISTRATION:
        return NeedRegistration.objects.filter(registered_on__year=year)
    return ServiceRecord.objects.filter(kind=kind, on__year=year)


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

"""Households of 脱贫户 and 防返贫监测对象 in which nobody works (docs/domain.md §2.2 T46)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from courses.queries.services_due import narrowed, of_working_age
from registry.models import EmploymentStatus, HardshipStatus, NeedRegistration, Person, Region
from registry.models.people import Residence
from registry.models.regions import in_subtrees
from registry.models.standing import Employment
from registry.rules.access import Actor, Permission
from registry.rules.hardship import RURAL_POOR


def rural_poor(*, on: date) -> QuerySet[Any]:
    """The disabled person of each household of which somebody is in one of the classes; families are theirs.

    A household is a person and those registered as their family. Whoever is registered as of a town is left out.
    """
    poor = HardshipStatus.objects.standing(on).filter(_of_household("person"), kind__in=sorted(RURAL_POOR))
    heads: Any = Person.objects.filter(household_of__isnull=True)
    return heads.exclude(residence=Residence.URBAN).filter(Exists(poor))


def without_work(actor: Actor, *, on: date, region: Region | None = None, whose: str = "") -> QuerySet[Any]:
    """Households in which somebody can and wants to work, and nobody does; each with its `members`.

    Can and wants: of working age, with a need for work registered, and fit for it. The row is the disabled person,
    managed by a federation of the actor; `members` are the family, both with `wants`.
    """
    rows = rural_poor(on=on)
    if not actor.is_system:
        rows = rows.filter(in_subtrees("region__path", actor.scope(Permission.PERSON_EDIT).region_paths))
    people = _with_standing(Person.objects.filter(_of_household("")), on=on)
    able = people.filter(of_working_age(on), wants=True, able=True)
    rows = rows.filter(Exists(able), ~Exists(people.filter(employment=Employment.EMPLOYED)))
    rows = narrowed(_with_standing(rows, on=on), actor, on=on, region=region, whose=whose, hardship="")
    family = _with_standing(Person.objects.order_by("pk"), on=on)
    poor = Prefetch("hardships", HardshipStatus.objects.standing(on), to_attr="shown_hardships")
    return rows.prefetch_related(
        Prefetch("household_members", family.prefetch_related(poor), to_attr="members")
    )


def _of_household(person: str) -> Q:
    """Rows whose `person` is the head that the outer row is, or one of the family."""
    at = f"{person}__" if person else ""
    return Q(**{f"{at}pk": OuterRef("pk")}) | Q(**{f"{at}household_of": OuterRef("pk")})


def _with_standing(rows: QuerySet[Any], *, on: date) -> QuerySet[Any]:
    """With `employment`, `wants` and `able`, as last recorded by the day."""
    status = EmploymentStatus.objects.filter(person=OuterRef("pk"), since__lte=on).order_by("-since")
    need = NeedRegistration.objects.filter(person=OuterRef("pk"), registered_on__lte=on)
    need = need.order_by("-registered_on")
    return rows.annotate(
        employment=Subquery(status.values("status")[:1]),
        wants=Subquery(need.values("employment_need")[:1]),
        able=Subquery(need.values("employable")[:1]),
    )

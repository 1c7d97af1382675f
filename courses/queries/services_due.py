"""Work lists of services: to whom “四个一” and “131” are still owed this year, and whose counsellor has them."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from courses.models import CounsellorAssignment, ServiceRecord
from courses.models.service_records import ONE_THREE_ONE, FourOnes
from courses.queries.service_records import done_in
from registry.models import EmploymentStatus, HardshipStatus, NeedRegistration, Person, Region
from registry.models.people import PersonKind
from registry.models.regions import in_subtrees
from registry.models.standing import Employment
from registry.rules.access import Actor, Permission
from registry.rules.citizen_ids import WORKING_AGE
from registry.rules.hardship import MONITORED

ALL_131 = "one_three_one"
"""The list of those to whom anything of “131” is still owed."""

KINDS: tuple[str, ...] = (*FourOnes.values, ALL_131, *(kind.value for kind in ONE_THREE_ONE))


def without_work(actor: Actor, *, on: date) -> QuerySet[Any]:
    """Unemployed disabled people of working age whom a federation of the actor manages."""
    rows: Any = Person.objects.filter(of_working_age(on), kind=PersonKind.DISABLED)
    if not actor.is_system:
        rows = rows.filter(in_subtrees("region__path", actor.scope(Permission.PERSON_EDIT).region_paths))
    status = EmploymentStatus.objects.filter(person=OuterRef("pk"), since__lte=on).order_by("-since")
    rows = rows.annotate(employment=Subquery(status.values("status")[:1]))
    return rows.filter(employment=Employment.UNEMPLOYED)


def of_working_age(on: date) -> Q:
    """Of 29 February a day too many or too few: these are work lists, not figures."""
    found = Q(pk__in=[])
    for sex, band in WORKING_AGE.items():
        youngest, oldest = _years_before(on, band.lowest), _years_before(on, band.highest + 1)
        found |= Q(sex=sex, birth_date__lte=youngest, birth_date__gt=oldest)
    return found


def narrowed(
    rows: QuerySet[Any], actor: Actor, *, on: date, region: Region | None, whose: str, hardship: str
) -> QuerySet[Any]:
    """People of a region, of a counsellor ("mine", "nobody") and of a hardship class; with `counsellor`, the name.

    `shown_hardships` holds the classes of each, for a page at a time.
    """
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    assigned = CounsellorAssignment.objects.standing().filter(person=OuterRef("pk"))
    if whose == "mine":
        rows = rows.filter(Exists(assigned.filter(counsellor=actor.account_id)))
    if whose == "nobody":
        rows = rows.filter(~Exists(assigned))
    if hardship:
        rows = rows.filter(
            Exists(HardshipStatus.objects.standing(on).filter(person=OuterRef("pk"), kind=hardship))
        )
    shown = Prefetch("hardships", HardshipStatus.objects.standing(on), to_attr="shown_hardships")
    rows = rows.annotate(counsellor=assigned.values("counsellor__name")[:1]).prefetch_related(shown)
    return rows.select_related("region").order_by("region__code", "pk")


def due(
    actor: Actor, *, kind: str, on: date, region: Region | None = None, whose: str = "", hardship: str = ""
) -> QuerySet[Any]:
    """People for whom this (one of KINDS) was not done yet this year.

    Verification is owed to all of them, the rest of “四个一” to those who want work, “131” to the monitored
    (courses/rules/services_due.py). Of “131” each row has `guidance`, `vacancy` and `referral`, how often it was done.
    """
    rows = without_work(actor, on=on)
    if kind in FourOnes.values:
        rows = rows.filter(~Exists(done_in(kind, on.year).filter(person=OuterRef("pk"))))
        if kind != FourOnes.VERIFICATION:
            need = NeedRegistration.objects.filter(person=OuterRef("pk"), registered_on__lte=on)
            wants = need.order_by("-registered_on").values("employment_need")[:1]
            rows = rows.annotate(wants=Subquery(wants)).filter(wants=True)
    else:
        rows = _owed_131(rows, kind, on=on)
    return narrowed(rows, actor, on=on, region=region, whose=whose, hardship=hardship)


def _owed_131(rows: QuerySet[Any], kind: str, *, on: date) -> QuerySet[Any]:
    monitored = HardshipStatus.objects.standing(on).filter(kind__in=sorted(MONITORED))
    rows = rows.filter(Exists(monitored.filter(person=OuterRef("pk"))))
    owed = Q(pk__in=[])
    for one, asked in ONE_THREE_ONE.items():
        done = ServiceRecord.objects.filter(person=OuterRef("pk"), kind=one, on__year=on.year).order_by()
        count = Subquery(done.values("person").annotate(n=Count("pk")).values("n"), IntegerField())
        rows = rows.annotate(**{one.value: Coalesce(count, Value(0))})
        if kind in (ALL_131, one):
            owed |= Q(**{f"{one.value}__lt": asked})
    return rows.filter(owed)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)

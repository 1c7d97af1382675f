"""Individual service plans (一人一策, 一生一策): those in reach, those to review, and who should have one."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from courses.models import CounsellorAssignment, Graduation, ServicePlan
from courses.models.service_plans import ServicePlanKind
from courses.queries.services_due import narrowed, without_work
from courses.rules.employment import add_months
from courses.rules.service_plans import GRADUATE_MONTHS, REVIEW_AFTER
from registry.models import HardshipStatus, Region
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission
from registry.rules.hardship import MONITORED

SHOWN = ("to_review", "open", "closed")


def listed(
    actor: Actor,
    *,
    on: date,
    show: str = "",
    kind: str = "",
    region: Region | None = None,
    whose: str = "",
) -> QuerySet[Any]:
    """Plans of people whom the actor may edit, the longest not looked at first, with `counsellor`, the name.

    `show` is one of SHOWN, or "" for those that are to be reviewed; `whose` as in `services_due.narrowed`.
    """
    rows: Any = ServicePlan.objects.visible_to(actor)
    if not actor.is_system:
        rows = rows.filter(of_people_in(actor.scope(Permission.PERSON_EDIT)))
    if show == "closed":
        rows = rows.filter(closed_on__isnull=False)
    else:
        rows = rows.standing()
        if show != "open":
            rows = to_review(rows, on=on)
    if kind:
        rows = rows.filter(kind=kind)
    if region is not None:
        rows = rows.filter(person__region__path__startswith=region.path)
    assigned = CounsellorAssignment.objects.standing().filter(person=OuterRef("person"))
    if whose == "mine":
        rows = rows.filter(Exists(assigned.filter(counsellor=actor.account_id)))
    if whose == "nobody":
        rows = rows.filter(~Exists(assigned))
    rows = rows.annotate(counsellor=assigned.values("counsellor__name")[:1])
    return rows.select_related("person__region").order_by("closed_on", "reviewed_on", "opened_on", "pk")


def to_review(rows: QuerySet[ServicePlan], *, on: date) -> QuerySet[ServicePlan]:
    """Of these, the open ones that nobody looked at for a quarter (courses/rules/service_plans.py)."""
    day = on - REVIEW_AFTER
    never = Q(reviewed_on__isnull=True, opened_on__lte=day)
    return rows.filter(never | Q(reviewed_on__lte=day), closed_on__isnull=True)


def without_plan(
    actor: Actor, *, on: date, kind: str = "", region: Region | None = None, whose: str = ""
) -> QuerySet[Any]:
    """Unemployed people who should have a plan and have none that is open; with `graduated_on` and `counsellor`.

    Graduates of the last two years, and people of the three monitored groups (docs/domain.md §2.2 T13, T19, T20);
    `kind` asks for one of the two.
    """
    classes = Graduation.objects.filter(
        person=OuterRef("pk"), graduated_on__lte=on, graduated_on__gte=add_months(on, -GRADUATE_MONTHS)
    )
    monitored = HardshipStatus.objects.standing(on).filter(person=OuterRef("pk"), kind__in=sorted(MONITORED))
    wanted = Q(pk__in=[])
    if kind != ServicePlanKind.HARDSHIP:
        wanted |= Q(Exists(classes))
    if kind != ServicePlanKind.GRADUATE:
        wanted |= Q(Exists(monitored))
    there = ServicePlan.objects.standing().filter(person=OuterRef("pk"))
    rows = without_work(actor, on=on).filter(wanted, ~Exists(there))
    rows = rows.annotate(graduated_on=Subquery(classes.values("graduated_on")[:1]))
    return narrowed(rows, actor, on=on, region=region, whose=whose, hardship="")

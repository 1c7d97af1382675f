"""Who looks after whom: people with their counsellor, and the accounts that may be one."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import Cohort, CounsellorAssignment
from registry.models import Account, Membership, Person, Region
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission, Role


def people(
    actor: Actor, *, region: Region | None = None, counsellor: str = "", cohort: Cohort | None = None
) -> QuerySet[Any]:
    """People whom the actor may give a counsellor, with `counsellor`, the name or None.

    `counsellor`: the public id of an account, or "nobody".
    """
    rows: Any = Person.objects.all()
    if not actor.is_system:
        rows = rows.in_scope(actor.scope(Permission.COUNSELLOR_ASSIGN))
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    if cohort is not None:
        rows = rows.filter(enrolments__cohort=cohort)
    assigned = CounsellorAssignment.objects.standing().filter(person=OuterRef("pk"))
    if counsellor == "nobody":
        rows = rows.filter(~Exists(assigned))
    elif counsellor:
        rows = rows.filter(Exists(assigned.filter(counsellor__public_id=counsellor)))
    return rows.annotate(counsellor=assigned.values("counsellor__name")[:1]).select_related("region")


def accounts(actor: Actor, *, on: date) -> QuerySet[Account]:
    """Counsellors of the federations in which the actor assigns, and of those below; by name."""
    held = Membership.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), role=Role.COUNSELLOR, since__lte=on
    )
    if not actor.is_system:
        paths = actor.scope(Permission.COUNSELLOR_ASSIGN).region_paths
        held = held.filter(in_subtrees("federation__region__path", paths))
    return Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name", "username")


def history(person: Person) -> QuerySet[CounsellorAssignment]:
    """Everybody who looked after the person, the one of today first."""
    return CounsellorAssignment.objects.filter(person=person).select_related("counsellor")

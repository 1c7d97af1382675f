"""Subsidy claims: the list with its sums, one claim, a person's own, and the figures of what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from courses.models import SubsidyClaim, SubsidyItem, SubsidyStep
from courses.models.schemes import SubsidyKind
from courses.models.subsidies import ClaimState, OtherFunding, SubsidyClaimQuerySet
from courses.rules.subsidies import STEPS
from registry.models import Person, Region
from registry.rules.access import Actor, Permission

_PAID_ITEMS = SubsidyItem.objects.filter(claim=OuterRef("pk"), is_left_out=False).order_by().values("claim")


def listed(
    claims: SubsidyClaimQuerySet,
    *,
    state: str = "",
    kind: str = "",
    region: Region | None = None,
    year: int | None = None,
) -> QuerySet[SubsidyClaim]:
    """Claims of a state, a kind, a region subtree and the year they were made in, newest first, with their sums."""
    rows: QuerySet[SubsidyClaim] = claims
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(scheme__kind=kind)
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    if year is not None:
        rows = rows.filter(claimed_on__year=year)
    return with_sums(rows)


def with_sums(claims: QuerySet[SubsidyClaim]) -> QuerySet[SubsidyClaim]:
    """`total` in 元 and `people` on each claim, and what a list shows of it."""
    total = Subquery(_PAID_ITEMS.annotate(total=Sum("amount")).values("total"))
    people = Subquery(_PAID_ITEMS.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return claims.annotate(total=total, people=Coalesce(people, 0)).select_related(
        "scheme", "region", "cohort", "person", "base"
    )


def sums(claims: QuerySet[SubsidyClaim]) -> dict[str, Any]:
    """People (each once) and 元 of these claims; one query."""
    rows = SubsidyItem.objects.filter(claim__in=claims.order_by().values("pk"), is_left_out=False)
    found = rows.aggregate(people=Count("person", distinct=True), total=Sum("amount"))
    return {"people": found["people"], "total": found["total"] or Decimal(0)}


def years(claims: QuerySet[SubsidyClaim]) -> list[int]:
    """The years in which these claims were made, latest first."""
    return sorted({day.year for day in claims.dates("claimed_on", "year")}, reverse=True)


def waiting_for(actor: Actor, step: str) -> QuerySet[SubsidyClaim]:
    """Claims that this actor may take this step with, the oldest first: none of which they took another step."""
    way = STEPS[step]
    rows: QuerySet[SubsidyClaim] = SubsidyClaim.objects.where(actor, Permission(way.permission))
    rows = rows.filter(state__in=way.sources)
    if not actor.is_system:
        taken = SubsidyStep.objects.filter(account=actor.account_id).exclude(permission=way.permission)
        rows = rows.exclude(pk__in=taken.values("claim"))
    return rows.order_by("moved_on", "pk")


def steps_open(actor: Actor, claim: SubsidyClaim) -> list[str]:
    """The steps that this actor may take with the claim now; one query."""
    taken = set()
    if not actor.is_system:
        rows = claim.steps.filter(account=actor.account_id).values_list("permission", flat=True)
        taken = set(rows)
    return [
        step
        for step, way in STEPS.items()
        if claim.state in way.sources
        and actor.may(Permission(way.permission), region_path=claim.region.path, base_ids=claim.base_ids)
        and not taken - {way.permission}
    ]


@dataclass(frozen=True)
class OfPerson:
    """What a person got or asked for, here and from other offices."""

    items: list[SubsidyItem]
    others: list[OtherFunding]


def of_person(actor: Actor, person: Person) -> OfPerson:
    """The person's own subsidies that the actor may read, newest first; two queries."""
    items = SubsidyItem.objects.filter(
        person=person, claim__in=SubsidyClaim.objects.visible_to(actor).values("pk")
    )
    others = OtherFunding.objects.visible_to(actor).standing().filter(person=person)
    return OfPerson(
        list(
            items.select_related("claim__scheme", "claim__region", "cohort").order_by(
                "-claim__claimed_on", "-pk"
            )
        ),
        list(others.select_related("skill")),
    )


@dataclass(frozen=True)
class Figures:
    """元 paid and not recovered, in a year: by kind, and by region and kind."""

    kinds: list[tuple[str, int, Decimal]]
    regions: list[tuple[str, list[Decimal], Decimal]]
    total: Decimal


def figures(claims: QuerySet[SubsidyClaim], *, year: int) -> Figures:
    """What these claims paid in the year: people and sums of each kind, then of each region; one query."""
    paid = SubsidyItem.objects.filter(
        claim__in=claims.filter(state=ClaimState.PAID, paid_on__year=year).order_by().values("pk"),
        is_left_out=False,
        recovered_on__isnull=True,
    )
    columns = ("claim__scheme__kind", "claim__region__path", "claim__region__name")
    rows: Sequence[Any] = list(
        paid.order_by().values_list(*columns).annotate(people=Count("person"), total=Sum("amount"))
    )
    kinds = []
    for kind, label in SubsidyKind.choices:
        of_kind = [row for row in rows if row[0] == kind]
        kinds.append((str(label), sum(row[3] for row in of_kind), _total(of_kind)))
    regions = []
    for _path, name in sorted({(row[1], row[2]) for row in rows}):
        here = [row for row in rows if row[2] == name and row[1] == _path]
        by_kind = [_total([row for row in here if row[0] == kind]) for kind in SubsidyKind.values]
        regions.append((name, by_kind, _total(here)))
    return Figures(kinds, regions, _total(rows))


def paid_years(claims: QuerySet[SubsidyClaim], *, on: date) -> list[int]:
    """The years in which anything was paid, and this one, latest first."""
    paid = claims.filter(Q(paid_on__isnull=False)).dates("paid_on", "year")
    return sorted({day.year for day in paid} | {on.year}, reverse=True)


def _total(rows: Sequence[Any]) -> Decimal:
    return sum((row[4] for row in rows), Decimal(0))

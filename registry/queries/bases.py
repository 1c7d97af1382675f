"""Training bases: the list with its filters, one base with its plaques, and what waits to be done."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from registry.models import Accreditation, Federation, Region, TrainingBase
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission

# Long enough to prepare a renewal.
ENDING_DAYS = 90


def listed(
    bases: QuerySet[TrainingBase],
    *,
    on: date,
    region: Region | None = None,
    category: str = "",
    accredited: bool | None = None,
) -> QuerySet[TrainingBase]:
    """Bases of a region subtree, a category, with or without a plaque on the day; `is_accredited` on each."""
    if region is not None:
        bases = bases.filter(region__path__startswith=region.path)
    if category:
        bases = bases.filter(categories__category=category)
    in_force = Exists(Accreditation.objects.in_force(on).filter(base=OuterRef("pk")))
    bases = bases.annotate(is_accredited=in_force)
    if accredited is not None:
        bases = bases.filter(is_accredited=accredited)
    return bases.select_related("region").prefetch_related("categories")


def with_history(bases: QuerySet[TrainingBase]) -> QuerySet[TrainingBase]:
    """Bases with their categories and every plaque, latest first."""
    plaques = Accreditation.objects.select_related("federation__region")
    return bases.select_related("region").prefetch_related("categories", Prefetch("accreditations", plaques))


def accrediting_federations(actor: Actor, base: TrainingBase) -> QuerySet[Federation]:
    """Federations in whose name the actor may put a plaque at this base."""
    federations = Federation.objects.filter(region__code__in=base.region.ancestor_codes).select_related(
        "region"
    )
    if actor.is_system:
        return federations
    return federations.filter(in_subtrees("region__path", actor.scope(Permission.BASE_ACCREDIT).region_paths))


def ending_soon(bases: QuerySet[TrainingBase], *, on: date) -> QuerySet[TrainingBase]:
    """Bases with a plaque in force that ends within ENDING_DAYS; `plaque_ends_on` on each, the first of them."""
    ending = Accreditation.objects.in_force(on).filter(
        base=OuterRef("pk"), valid_until__lte=on + timedelta(days=ENDING_DAYS)
    )
    first = Subquery(ending.order_by("valid_until").values("valid_until")[:1])
    return bases.annotate(plaque_ends_on=first).filter(plaque_ends_on__isnull=False)

"""Subsidy schemes: which one applies where and when, and the list of them."""

from datetime import date

from django.db.models import QuerySet

from courses.models.schemes import SubsidyKind, SubsidyScheme, SubsidySchemeQuerySet
from registry.models import Federation, Region
from registry.models.regions import in_subtrees
from registry.queries.regions import nearest_first
from registry.rules.access import Actor, Permission


def applicable(region: Region, *, on: date, kind: str = "") -> dict[str, SubsidyScheme]:
    """The scheme of each kind that applies in the region on the day: the nearest federation's upward. One query."""
    rows = SubsidyScheme.objects.in_force(on)
    if kind:
        rows = rows.filter(kind=kind)
    found: dict[str, SubsidyScheme] = {}
    for scheme in nearest_first(rows, region, "-valid_from"):
        found.setdefault(scheme.kind, scheme)
    return {kind: found[kind] for kind in SubsidyKind.values if kind in found}


def listed(
    schemes: SubsidySchemeQuerySet,
    *,
    on: date,
    region: Region | None = None,
    kind: str = "",
    over: bool = False,
) -> QuerySet[SubsidyScheme]:
    """Schemes that apply in a region or are decided below it, those that are over only when asked for."""
    rows: QuerySet[SubsidyScheme] = schemes
    if not over:
        rows = rows.exclude(valid_until__lt=on)
    if kind:
        rows = rows.filter(kind=kind)
    if region is not None:
        above = rows.filter(federation__region__code__in=region.ancestor_codes)
        rows = above | rows.filter(federation__region__path__startswith=region.path)
    return rows.select_related("federation__region").order_by(
        "federation__region__path", "kind", "-valid_from"
    )


def deciding_federations(actor: Actor) -> QuerySet[Federation]:
    """Federations in whose name the actor decides schemes."""
    federations = Federation.objects.select_related("region")
    if actor.is_system:
        return federations
    paths = actor.scope(Permission.SUBSIDY_SCHEME_EDIT).region_paths
    return federations.filter(in_subtrees("region__path", paths))

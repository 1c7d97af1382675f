"""The public directory: bases with a plaque in force, agencies and carriers, by region, category and provision."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from registry.models import Accreditation, Agency, Region, TrainingBase


def bases(
    *, on: date, region: Region | None = None, category: str = "", provision: str = ""
) -> QuerySet[TrainingBase]:
    """Bases with a plaque in force on the day, with what these plaques were granted for."""
    plaques = Accreditation.objects.in_force(on)
    if category:
        plaques = plaques.filter(categories__category=category)
    rows = TrainingBase.objects.filter(pk__in=plaques.values("base"))
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    if provision:
        rows = rows.filter(provisions__provision=provision)
    shown = Accreditation.objects.in_force(on).prefetch_related("categories").order_by("granted_on", "pk")
    return rows.select_related("region__parent").prefetch_related(
        "provisions", Prefetch("accreditations", shown, to_attr="plaques")
    )


def agencies(*, region: Region | None = None, kind: str = "", provision: str = "") -> QuerySet[Agency]:
    """Agencies and carriers that the public may know of."""
    rows = Agency.objects.filter(is_open=True)
    if region is not None:
        rows = rows.filter(region__path__startswith=region.path)
    if kind:
        rows = rows.filter(kind=kind)
    if provision:
        rows = rows.filter(provisions__provision=provision)
    return rows.select_related("region__parent").prefetch_related("provisions")

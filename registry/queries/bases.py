"""Training bases: the list with its filters, one base with its plaques, and what waits to be done."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from registry.models import Accreditation, BaseEvent, Federation, Region, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries import standards
from registry.rules.access import Actor, Permission
from registry.rules.plaques import next_number


def listed(
    bases: QuerySet[TrainingBase],
    *,
    on: date,
    region: Region | None = None,
    category: str = "",
    provision: str = "",
    accredited: bool | None = None,
) -> QuerySet[TrainingBase]:
    """Bases of a region subtree, a category, an access provision, with or without a plaque; `is_accredited` on each."""
    if region is not None:
        bases = bases.filter(region__path__startswith=region.path)
    if category:
        bases = bases.filter(categories__category=category)
    if provision:
        bases = bases.filter(provisions__provision=provision)
    in_force = Exists(Accreditation.objects.in_force(on).filter(base=OuterRef("pk")))
    bases = bases.annotate(is_accredited=in_force)
    if accredited is not None:
        bases = bases.filter(is_accredited=accredited)
    return bases.select_related("region").prefetch_related("categories")


def with_history(bases: QuerySet[TrainingBase]) -> QuerySet[TrainingBase]:
    """Bases with what they teach and offer, and every plaque with its suspensions, latest first."""
    plaques = Accreditation.objects.select_related("federation__region").prefetch_related(
        "suspensions", "categories"
    )
    return bases.select_related("region").prefetch_related(
        "categories", "provisions", Prefetch("accreditations", plaques)
    )


def accredited_on(base: TrainingBase, day: date) -> bool:
    """Whether the base may file or start a cohort on the day: a plaque in force, and not suspended; one query."""
    return Accreditation.objects.in_force(day).filter(base=base).exists()


def is_suspended_on(base: TrainingBase, day: date) -> bool:
    """Whether the base holds a plaque on the day and every one it holds is suspended; one query."""
    held = Accreditation.objects.held(day).filter(base=OuterRef("pk"))
    in_force = Accreditation.objects.in_force(day).filter(base=OuterRef("pk"))
    return TrainingBase.objects.filter(Exists(held), ~Exists(in_force), pk=base.pk).exists()


def first_day_without_plaque(base: TrainingBase, days: Sequence[date]) -> date | None:
    """The first of these days on which the base has no plaque in force; one query."""
    asked = {
        f"day_{number}": Exists(Accreditation.objects.in_force(day).filter(base=OuterRef("pk")))
        for number, day in enumerate(days)
    }
    held = TrainingBase.objects.filter(pk=base.pk).annotate(**asked).values_list(*asked).get()
    return next((day for day, there in zip(days, held, strict=True) if not there), None)


def accrediting_federations(actor: Actor, base: TrainingBase) -> QuerySet[Federation]:
    """Federations in whose name the actor may put a plaque at this base."""
    federations = Federation.objects.filter(region__code__in=base.region.ancestor_codes).select_related(
        "region"
    )
    if actor.is_system:
        return federations
    return federations.filter(in_subtrees("region__path", actor.scope(Permission.BASE_ACCREDIT).region_paths))


def plaques_ending(*, on: date) -> QuerySet[Accreditation]:
    """Plaques in force that end within the days their federation wants to be reminded, and are not renewed yet."""
    horizon = standards.by_region(
        "plaque_reminder_days",
        "federation__region__path",
        on=on,
        made=lambda days: on + timedelta(days=days),
    )
    renewed = Accreditation.objects.filter(renews=OuterRef("pk"))
    return Accreditation.objects.in_force(on).filter(~Exists(renewed), valid_until__lte=horizon)


def ending_soon(bases: QuerySet[TrainingBase], *, on: date) -> QuerySet[TrainingBase]:
    """Bases with such a plaque; `plaque_ends_on` on each, the first of its ends."""
    ending = plaques_ending(on=on).filter(base=OuterRef("pk"))
    first = Subquery(ending.order_by("valid_until").values("valid_until")[:1])
    return bases.annotate(plaque_ends_on=first).filter(plaque_ends_on__isnull=False)


def suggested_number(federation: Federation, *, on: date) -> str:
    """The plaque number after the federation's latest."""
    latest = Accreditation.objects.filter(federation=federation).order_by("-pk").first()
    last = latest.plaque_number if latest else ""
    return next_number(last, region_code=federation.region.code, on=on)


def history(base: TrainingBase) -> QuerySet[BaseEvent]:
    """Every step in the life of a base, latest first."""
    return BaseEvent.objects.filter(base=base).order_by("-happened_on", "-pk")

"""Yearly evaluations of bases: the list, one with its history, and the bases that still lack one."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Length

from registry.models import Accreditation, BaseEvaluation, BaseEvent, Federation, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries import standards
from registry.rules.access import Actor, Permission


def listed(
    evaluations: QuerySet[BaseEvaluation], *, year: int | None = None, state: str = "", result: str = ""
) -> QuerySet[BaseEvaluation]:
    """Evaluations of a year, in a state, with a result; the latest year first."""
    for field, value in (("year", year), ("state", state), ("result", result)):
        if value:
            evaluations = evaluations.filter(**{field: value})
    return evaluations.select_related("base__region", "federation")


def steps(evaluation: BaseEvaluation) -> QuerySet[BaseEvent]:
    """What happened to it, first to last."""
    return BaseEvent.objects.filter(
        subject_type=evaluation._meta.model_name, subject_id=evaluation.pk
    ).order_by("pk")


def evaluating(actor: Actor) -> QuerySet[Federation]:
    """Federations in whose name the actor may evaluate bases, the highest first."""
    found = Federation.objects.select_related("region").order_by(Length("region__path"), "region__code")
    if actor.is_system:
        return found
    return found.filter(in_subtrees("region__path", actor.scope(Permission.BASE_EVALUATE).region_paths))


def missing(actor: Actor, *, year: int, on: date) -> QuerySet[TrainingBase]:
    """Bases with a plaque of a federation that the actor evaluates for, without an evaluation of the year."""
    held = Accreditation.objects.held(on).filter(federation__in=evaluating(actor).order_by())
    return TrainingBase.objects.filter(pk__in=held.values("base")).exclude(evaluations__year=year)


def is_due(federation_path: str, *, on: date) -> bool:
    """Whether the month in which the year's evaluations shall be done has come."""
    month: int = standards.value("base_evaluation_month", region_path=federation_path, on=on)
    return on.month >= month

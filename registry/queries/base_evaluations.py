"""Yearly evaluations of bases: the list, one with its history, and the bases that still lack one."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from registry.models import Accreditation, BaseEvaluation, BaseEvent, Federation, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries import standards
from registry.queries.lookup import one
from registry.rules.access import Actor, Permission

ASSESSED, SCORED = "base.evaluation_assessed", "base.evaluation_scored"
PREPARED = (ASSESSED, SCORED)
"""Steps whose doer does not decide."""


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


def missing(actor: Actor, *, on: date) -> QuerySet[TrainingBase]:
    """Bases whose federation the actor evaluates for wants this year's evaluation done by now, and has not begun it."""
    month = standards.by_region(
        "base_evaluation_month", "federation__region__path", on=on, made=lambda number: number
    )
    begun = BaseEvaluation.objects.filter(
        base=OuterRef("base"), federation=OuterRef("federation"), year=on.year
    )
    due = Accreditation.objects.held(on).annotate(month=month).filter(~Exists(begun), month__lte=on.month)
    if not actor.is_system:
        paths = actor.scope(Permission.BASE_EVALUATE).region_paths
        due = due.filter(in_subtrees("federation__region__path", paths))
    return TrainingBase.objects.filter(pk__in=due.values("base"))


def seen(actor: Actor, public_id: str) -> BaseEvaluation:
    """The one of this address that the actor sees, with all that its page and its answer tell. Raises NotFound."""
    return one(
        BaseEvaluation.objects.visible_to(actor).select_related("base__region", "federation__region"),
        public_id=public_id,
    )

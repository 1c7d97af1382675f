"""Applications for plaques: the list, one with its history, what a new one begins with, and whose turn it is."""

from typing import Any

from django.db.models import QuerySet

from registry.models import Accreditation, Application, BaseEvent, Evidence, Federation, TrainingBase
from registry.models.applications import OPEN_STATES, ApplicationQuerySet
from registry.models.bases import AccessProvision
from registry.queries.lookup import one
from registry.rules.access import Actor

APPLIED = ("base.application_drafted", "base.application_edited", "base.application_submitted")
CHECKED = "base.application_checked"
PREPARED = (*APPLIED, CHECKED)
"""Steps whose doer does not decide."""


def listed(
    applications: QuerySet[Application], *, state: str = "", region: Any = None
) -> QuerySet[Application]:
    """Applications in a state (`open`: all that are on their way), of a region subtree, the longest waiting first."""
    if state:
        applications = applications.filter(state__in=OPEN_STATES if state == "open" else [state])
    if region is not None:
        applications = applications.filter(base__region__path__startswith=region.path)
    return applications.select_related("base__region", "federation__region")


def whole(applications: ApplicationQuerySet) -> QuerySet[Application]:
    return applications.select_related("base__region", "federation__region", "renews", "accreditation")


def steps(application: Application) -> QuerySet[BaseEvent]:
    """What happened to it, first to last."""
    return BaseEvent.objects.filter(
        subject_type=application._meta.model_name, subject_id=application.pk
    ).order_by("pk")


def evidence(application: Application) -> QuerySet[Evidence]:
    return Evidence.objects.about(application)


def addressees(base: TrainingBase) -> QuerySet[Federation]:
    """The federations that may put a plaque at this base, the nearest first."""
    codes = base.region.ancestor_codes
    found = Federation.objects.filter(region__code__in=codes).select_related("region")
    return found.order_by("-region__path")


def beginning(base: TrainingBase, renews: Accreditation | None = None) -> dict[str, Any]:
    """What a new application begins with: the plaque it renews, the reasons given last time, what the base offers."""
    last = Application.objects.filter(base=base).order_by("-pk").first()
    begun: dict[str, Any] = {
        "kind": renews.kind if renews else base.kind,
        "categories": [one.category for one in (renews or base).categories.all()],
    }
    if renews is not None:
        begun["federation"] = renews.federation
    for name in ("site", "equipment", "trainers", "access"):
        begun[name] = getattr(last, name) if last else ""
    if not begun["access"]:
        offered = (str(AccessProvision(one.provision).label) for one in base.provisions.all())
        begun["access"] = "、".join(offered)
    return begun


def seen(actor: Actor, public_id: str) -> Application:
    """The one of this address that the actor sees, with all that its page and its answer tell. Raises NotFound."""
    return one(whole(Application.objects.visible_to(actor)), public_id=public_id)

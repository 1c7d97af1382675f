"""Applies for a plaque (申报) or its renewal: draft, changes, submission, withdrawal."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from registry.actions import base_events, evidence
from registry.actions.locks import lock
from registry.actions.values import lines, require_valid
from registry.errors import AlreadyHeld, Conflict, InvalidInput
from registry.models import Accreditation, Application, BaseCategory, Evidence, Federation, TrainingBase
from registry.models.accreditations import LEVEL_OF_REGION
from registry.models.applications import OPEN_STATES, ApplicationState
from registry.rules.access import Actor, Permission, require

REASONS = ("site", "equipment", "trainers", "access")


class ApplicationInState(Conflict):
    """The application is no longer where this step begins; `state` is where it is."""

    code = "application_in_state"


@transaction.atomic
def apply(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    federation: Federation,
    kind: str,
    categories: Collection[str],
    site: str = "",
    equipment: str = "",
    trainers: str = "",
    access: str = "",
    renews: Accreditation | None = None,
) -> Application:
    """Draft an application to a federation of the base's region or above it; its level is the federation's.

    A manager does so for their base, an officer in its name. Raises NotPermitted, InvalidInput, AlreadyHeld.
    """
    _require_apply(by, base)
    values = _checked(
        kind=kind, categories=categories, site=site, equipment=equipment, trainers=trainers, access=access
    )
    if federation.region.code not in base.region.ancestor_codes:
        raise InvalidInput(fields={"federation": "federation_of_other_region"})
    if renews is not None and (renews.base_id, renews.federation_id) != (base.pk, federation.pk):
        raise InvalidInput(fields={"renews": "field_choice"})
    TrainingBase.objects.select_for_update(of=("self",), no_key=True).get(pk=base.pk)
    if Application.objects.filter(
        base=base, federation=federation, kind=kind, state__in=OPEN_STATES
    ).exists():
        raise AlreadyHeld(field="federation")
    application = Application.objects.create(
        base=base,
        federation=federation,
        renews=renews,
        state_since=on,
        level=LEVEL_OF_REGION[federation.region.level],
        **values,
    )
    base_events.record(
        "base.application_drafted", application, base=base, by=by, on=on, kind=kind, level=application.level
    )
    return application


@transaction.atomic
def edit(
    *,
    by: Actor,
    on: date,
    application: Application,
    kind: str,
    categories: Collection[str],
    site: str,
    equipment: str,
    trainers: str,
    access: str,
) -> Application:
    """Change a draft or what was given back. Raises NotPermitted, InvalidInput, AlreadyHeld, ApplicationInState."""
    base = application.base
    _require_apply(by, base)
    values = _checked(
        kind=kind, categories=categories, site=site, equipment=equipment, trainers=trainers, access=access
    )
    held = locked(application, ApplicationState.DRAFT, ApplicationState.RETURNED)
    others = Application.objects.filter(
        base=base, federation=held.federation, kind=kind, state__in=OPEN_STATES
    )
    if others.exclude(pk=held.pk).exists():
        raise AlreadyHeld(field="kind")
    changed = sorted(name for name, value in values.items() if getattr(held, name) != value)
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    base_events.record("base.application_edited", held, base=base, by=by, on=on, fields=changed)
    return held


@transaction.atomic
def submit(*, by: Actor, on: date, application: Application) -> Application:
    """Hand it in, with every reason given. Raises NotPermitted, InvalidInput, ApplicationInState."""
    _require_apply(by, application.base)
    held = locked(application, ApplicationState.DRAFT, ApplicationState.RETURNED)
    missing = {name: "field_missing" for name in REASONS if not getattr(held, name)}
    if not held.categories:
        missing["categories"] = "field_missing"
    if missing:
        raise InvalidInput(fields=missing)
    return move(held, ApplicationState.SUBMITTED, "base.application_submitted", by=by, on=on)


@transaction.atomic
def withdraw(*, by: Actor, on: date, application: Application, reason: str = "") -> Application:
    """Take it back, at any time before it is decided. Raises NotPermitted, InvalidInput, ApplicationInState."""
    _require_apply(by, application.base)
    require_valid(Application, reason=lines(reason))
    # What is on notice is answered there first: its notice would name what no longer stands.
    held = locked(application, *(state for state in OPEN_STATES if state != ApplicationState.ON_NOTICE))
    return move(
        held, ApplicationState.WITHDRAWN, "base.application_withdrawn", by=by, on=on, note=lines(reason)
    )


@transaction.atomic
def add_evidence(*, by: Actor, on: date, application: Application, name: str, data: bytes) -> Evidence:
    """Keep a paper for a draft, or for what was returned. Raises NotPermitted, InvalidInput, ApplicationInState."""
    _require_apply(by, application.base)
    held = locked(application, ApplicationState.DRAFT, ApplicationState.RETURNED)
    return evidence.add(
        by=by, on=on, subject=held, region=held.base.region, base=held.base, name=name, data=data
    )


def locked(application: Application, *states: ApplicationState) -> Application:
    """The application as it is now, locked. Raises ApplicationInState unless it is in one of the states."""
    held = lock(application, "base__region", "federation__region", "renews")
    if held.state not in states:
        raise ApplicationInState(state=held.state)
    return held


def move(
    held: Application,
    state: ApplicationState,
    verb: str,
    *,
    by: Actor,
    on: date,
    note: str = "",
    **changes: Any,
) -> Application:
    """The next state of a locked application, with what changes on it, and the step in the base's history."""
    held.state, held.state_since = state, on
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", "state_since", *changes])
    base_events.record(verb, held, base=held.base, by=by, on=on, note=note, state=str(state))
    return held


def _require_apply(by: Actor, base: TrainingBase) -> None:
    require(by, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])


def _checked(*, kind: str, categories: Collection[str], **reasons: str) -> dict[str, Any]:
    texts = {name: lines(text) for name, text in reasons.items()}
    require_valid(Application, kind=kind, **texts)
    for category in categories:
        require_valid(BaseCategory, category=category)
    return {"kind": kind, "categories": sorted(set(categories)), **texts}

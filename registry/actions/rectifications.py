"""Rectification (整改) after an evaluation: the base reports, the federation accepts or gives more time."""

from datetime import date

from django.db import transaction

from registry.actions import base_events
from registry.actions.locks import lock
from registry.actions.values import lines, require_valid
from registry.errors import Conflict, InvalidInput
from registry.models import BaseEvaluation
from registry.rules.access import Actor, Permission, require


class NothingToMend(Conflict):
    """There is nothing to mend here, or it is not this step's turn."""

    code = "nothing_to_mend"


@transaction.atomic
def report(*, by: Actor, on: date, evaluation: BaseEvaluation, text: str) -> BaseEvaluation:
    """The base tells what it has put right. Raises NotPermitted, InvalidInput, NothingToMend."""
    base = evaluation.base
    require(by, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    if not text.strip():
        raise InvalidInput(fields={"text": "field_missing"})
    require_valid(BaseEvaluation, mended_text=lines(text))
    held = _locked(evaluation)
    if held.mend_by is None or held.mended_on is not None:
        raise NothingToMend
    return _save(
        held, "base.mend_reported", by=by, on=on, note=lines(text), mended_on=on, mended_text=lines(text)
    )


@transaction.atomic
def accept(*, by: Actor, on: date, evaluation: BaseEvaluation) -> BaseEvaluation:
    """The federation has looked: it is put right. Raises NotPermitted, OwnWork, NothingToMend."""
    require(by, Permission.BASE_EVALUATE, region_path=evaluation.federation.region.path)
    held = _reported(evaluation, by)
    return _save(held, "base.mend_accepted", by=by, on=on, mend_accepted_on=on)


@transaction.atomic
def refuse(*, by: Actor, on: date, evaluation: BaseEvaluation, reason: str, mend_by: date) -> BaseEvaluation:
    """It is not put right yet: a reason and a new day. Raises NotPermitted, OwnWork, InvalidInput, NothingToMend."""
    require(by, Permission.BASE_EVALUATE, region_path=evaluation.federation.region.path)
    problems = {}
    if not reason.strip():
        problems["reason"] = "field_missing"
    if mend_by < on:
        problems["mend_by"] = "date_in_past"
    if problems:
        raise InvalidInput(fields=problems)
    require_valid(BaseEvaluation, mend_what=lines(reason))
    held = _reported(evaluation, by)
    return _save(held, "base.mend_refused", by=by, on=on, note=lines(reason), mended_on=None, mend_by=mend_by)


def _reported(evaluation: BaseEvaluation, by: Actor) -> BaseEvaluation:
    held = _locked(evaluation)
    if held.mended_on is None or held.mend_accepted_on is not None:
        raise NothingToMend
    base_events.require_other(by, held, "base.mend_reported")
    return held


def _locked(evaluation: BaseEvaluation) -> BaseEvaluation:
    return lock(evaluation, "base__region", "federation__region")


def _save(
    held: BaseEvaluation, verb: str, *, by: Actor, on: date, note: str = "", **changes: object
) -> BaseEvaluation:
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=list(changes))
    base_events.record(verb, held, base=held.base, by=by, on=on, note=note)
    return held

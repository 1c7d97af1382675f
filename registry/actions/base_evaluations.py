"""Evaluates bases each year (年度评估): started by the federation, self-assessed, scored, decided by an approver."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from registry.actions import base_events
from registry.actions.locks import lock
from registry.actions.values import lines, require_valid
from registry.errors import Conflict, InvalidInput
from registry.models import Accreditation, BaseEvaluation, Federation, TrainingBase
from registry.models.base_evaluations import EvaluationResult, EvaluationState
from registry.models.batches import BATCH_ROWS
from registry.queries import standards
from registry.queries.base_evaluations import ASSESSED, PREPARED, SCORED
from registry.rules import criteria
from registry.rules.access import Actor, Permission, require

_THRESHOLDS = {one: f"base_evaluation_{one}" for one in criteria.RESULTS}


class EvaluationInState(Conflict):
    """The evaluation is no longer where this step begins; `state` is where it is."""

    code = "evaluation_in_state"


class NothingToEvaluate(Conflict):
    """Every base with a plaque of this federation has its evaluation of the year."""

    code = "nothing_to_evaluate"


@transaction.atomic
def start(*, by: Actor, on: date, federation: Federation, year: int) -> list[BaseEvaluation]:
    """Open the year's evaluation of every base that holds a plaque of the federation and has none yet.

    They keep the criteria and thresholds of this day. A suspended base is evaluated too. Raises NotPermitted,
    InvalidInput, NothingToEvaluate.
    """
    path = federation.region.path
    require(by, Permission.BASE_EVALUATE, region_path=path)
    if year not in (on.year - 1, on.year):
        raise InvalidInput(fields={"year": "evaluation_year"}, years=[on.year - 1, on.year])
    keys = ["base_evaluation_criteria", *_THRESHOLDS.values()]
    rules = standards.values(keys, region_path=path, on=on)
    thresholds = {one: rules[key] for one, key in _THRESHOLDS.items()}
    Federation.objects.select_for_update(of=("self",), no_key=True).get(pk=federation.pk)
    held = Accreditation.objects.filter(federation=federation).held(on)
    missing = (
        TrainingBase.objects.filter(pk__in=held.values("base"))
        .exclude(evaluations__federation=federation, evaluations__year=year)
        .select_related("region")
    )
    evaluations = BaseEvaluation.objects.bulk_create(
        (
            BaseEvaluation(
                base=base,
                federation=federation,
                year=year,
                state_since=on,
                criteria=rules["base_evaluation_criteria"],
                thresholds=thresholds,
            )
            for base in missing
        ),
        batch_size=BATCH_ROWS,
    )
    if not evaluations:
        raise NothingToEvaluate(year=year)
    base_events.record_many("base.evaluation_started", evaluations, by=by, on=on, year=year)
    return evaluations


@transaction.atomic
def assess(
    *, by: Actor, on: date, evaluation: BaseEvaluation, points: Sequence[int], text: str
) -> BaseEvaluation:
    """What the base gives itself, with its reasons. Raises NotPermitted, InvalidInput, EvaluationInState."""
    base = evaluation.base
    require(by, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    _require_points(evaluation, points)
    _require_text(self_text=text)
    held = _locked(evaluation, EvaluationState.STARTED)
    return _move(
        held,
        EvaluationState.ASSESSED,
        ASSESSED,
        by=by,
        on=on,
        note=lines(text),
        self_points=list(points),
        self_text=lines(text),
    )


@transaction.atomic
def score(
    *, by: Actor, on: date, evaluation: BaseEvaluation, points: Sequence[int], opinion: str
) -> BaseEvaluation:
    """What the officer gives, also where the base has assessed nothing.

    Raises NotPermitted, OwnWork, InvalidInput, EvaluationInState.
    """
    require(by, Permission.BASE_EVALUATE, region_path=evaluation.federation.region.path)
    _require_points(evaluation, points)
    _require_text(opinion=opinion)
    held = _locked(evaluation, EvaluationState.STARTED, EvaluationState.ASSESSED)
    base_events.require_other(by, held, ASSESSED)
    return _move(
        held,
        EvaluationState.SCORED,
        SCORED,
        by=by,
        on=on,
        note=lines(opinion),
        points=list(points),
        score=criteria.score(held.criteria, points),
        opinion=lines(opinion),
    )


@transaction.atomic
def give_back(*, by: Actor, on: date, evaluation: BaseEvaluation, reason: str) -> BaseEvaluation:
    """Let the officer score anew, for a reason. Raises NotPermitted, InvalidInput, EvaluationInState."""
    require(by, Permission.BASE_ACCREDIT, region_path=evaluation.federation.region.path)
    _require_text(opinion=reason)
    held = _locked(evaluation, EvaluationState.SCORED)
    return _move(held, EvaluationState.ASSESSED, "base.evaluation_returned", by=by, on=on, note=lines(reason))


@transaction.atomic
def decide(
    *,
    by: Actor,
    on: date,
    evaluation: BaseEvaluation,
    result: str = "",
    reason: str = "",
    mend_what: str = "",
    mend_by: date | None = None,
) -> BaseEvaluation:
    """Decide the result: what the score comes to, or another for a reason. To mend needs what and until when.

    Raises NotPermitted, OwnWork, InvalidInput, EvaluationInState.
    """
    require(by, Permission.BASE_ACCREDIT, region_path=evaluation.federation.region.path)
    held = _locked(evaluation, EvaluationState.SCORED)
    base_events.require_other(by, held, *PREPARED)
    reached = criteria.result(held.score or criteria.score(held.criteria, held.points), held.thresholds)
    result = result or reached
    require_valid(BaseEvaluation, result=result, mend_what=lines(mend_what), opinion=lines(reason) or "-")
    to_mend = result == EvaluationResult.TO_MEND
    problems = {}
    if result != reached and not reason.strip():
        problems["reason"] = "other_result_reason"
    if to_mend and not mend_what.strip():
        problems["mend_what"] = "field_missing"
    if to_mend and mend_by is None:
        problems["mend_by"] = "field_missing"
    if to_mend and mend_by is not None and mend_by < on:
        problems["mend_by"] = "date_in_past"
    if problems:
        raise InvalidInput(fields=problems)
    return _move(
        held,
        EvaluationState.DECIDED,
        "base.evaluation_decided",
        by=by,
        on=on,
        note=lines(reason),
        result=result,
        mend_what=lines(mend_what) if to_mend else "",
        mend_by=mend_by if to_mend else None,
    )


def _require_points(evaluation: BaseEvaluation, points: Sequence[int]) -> None:
    if not criteria.are_points(evaluation.criteria, points):
        raise InvalidInput(fields={"points": "points_range"})


def _require_text(**texts: str) -> None:
    require_valid(BaseEvaluation, **{name: lines(text) or "-" for name, text in texts.items()})
    missing = {name: "field_missing" for name, text in texts.items() if not text.strip()}
    if missing:
        raise InvalidInput(fields=missing)


def _locked(evaluation: BaseEvaluation, *states: EvaluationState) -> BaseEvaluation:
    held = lock(evaluation, "base__region", "federation__region")
    if held.state not in states:
        raise EvaluationInState(state=held.state)
    return held


def _move(
    held: BaseEvaluation,
    state: EvaluationState,
    verb: str,
    *,
    by: Actor,
    on: date,
    note: str = "",
    **changes: Any,
) -> BaseEvaluation:
    held.state, held.state_since = state, on
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", "state_since", *changes])
    facts = {"result": changes["result"]} if "result" in changes else {}
    base_events.record(verb, held, base=held.base, by=by, on=on, note=note, state=str(state), **facts)
    return held

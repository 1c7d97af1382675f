"""Records what trainers and visitors of the federation found, draws whom to call, and keeps what was answered."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from courses.errors import CallRecorded, NobodyLeftToCall
from courses.models import Cohort, CohortReview, Enrolment, SpotCall
from courses.models.enrolments import Outcome
from courses.models.reviews import CallResult, ReviewKind
from courses.rules.evaluations import MARKS, REVIEW_CRITERIA, drawn, spot_calls
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.rules.access import Actor, Permission, require

LONGEST_FINDINGS = 2_000
LONGEST_NOTE = 300


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    cohort: Cohort,
    kind: str,
    reviewed_on: date,
    reviewer: str,
    marks: Mapping[str, int],
    findings: str = "",
) -> CohortReview:
    """A trainer's review, or an inspection by the federation, with a mark from 5 to 1 for each criterion.

    An inspection is the federation's: no base inspects itself. With it a tenth of the class is drawn to be called
    (docs/domain.md §5.3). Raises NotPermitted, InvalidInput.
    """
    path, base_ids = cohort.region.path, [cohort.base_id]
    inspects = kind == ReviewKind.INSPECTION
    require(by, Permission.EVALUATION_RECORD, region_path=path, base_ids=[] if inspects else base_ids)
    require_valid(CohortReview, kind=kind, reviewer=reviewer.strip())
    wanted = REVIEW_CRITERIA[kind]
    problems = {key: "field_choice" for key in wanted if marks.get(key) not in MARKS}
    if len(findings) > LONGEST_FINDINGS:
        problems["findings"] = "field_too_long"
    if reviewed_on > on:
        problems["reviewed_on"] = "date_in_future"
    elif reviewed_on < cohort.starts_on:
        problems["reviewed_on"] = "date_before_start"
    if problems:
        raise InvalidInput(fields=problems)
    review = CohortReview.objects.create(
        cohort=cohort,
        kind=kind,
        reviewed_on=reviewed_on,
        reviewer=reviewer.strip(),
        marks={key: marks[key] for key in wanted},
        findings=findings.strip(),
        recorded_by=by.name,
    )
    audit.record(
        "cohort_review.recorded",
        review,
        by=by,
        region_path=path,
        cohort=cohort.public_id,
        kind=kind,
        on=on.isoformat(),
    )
    if inspects:
        rows = _not_drawn(review)
        _draw(review, rows, spot_calls(len(rows)), by=by, on=on)
    return review


@transaction.atomic
def draw_another(*, by: Actor, on: date, review: CohortReview) -> SpotCall:
    """One more of the class, by chance: for somebody who could not be reached. Raises NotPermitted, NobodyLeftToCall."""
    held = CohortReview.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("cohort__region").get(pk=review.pk)
    require(by, Permission.EVALUATION_RECORD, region_path=locked.cohort.region.path)
    rows = _not_drawn(locked)
    if locked.kind != ReviewKind.INSPECTION or not rows:
        raise NobodyLeftToCall()
    return _draw(locked, rows, 1, by=by, on=on)[0]


@transaction.atomic
def record_call(*, by: Actor, on: date, call: SpotCall, result: str, note: str = "") -> SpotCall:
    """What a trainee said on the telephone. Raises NotPermitted, InvalidInput, CallRecorded."""
    held = (
        SpotCall.objects.select_for_update(of=("self",), no_key=True)
        .select_related("review__cohort__region")
        .get(pk=call.pk)
    )
    path = held.review.cohort.region.path
    require(by, Permission.EVALUATION_RECORD, region_path=path)
    if result not in CallResult.values or result == CallResult.WAITING:
        raise InvalidInput(fields={"result": "field_choice"})
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(fields={"note": "field_too_long"})
    if held.result != CallResult.WAITING:
        raise CallRecorded()
    held.result, held.note, held.called_on, held.called_by = result, note.strip(), on, by.name
    held.save(update_fields=["result", "note", "called_on", "called_by"])
    audit.record("cohort_review.called", held.review, by=by, region_path=path, call=held.pk, result=result)
    return held


def _not_drawn(review: CohortReview) -> list[Enrolment]:
    there = Enrolment.objects.filter(cohort=review.cohort).exclude(outcome=Outcome.WITHDREW)
    return list(there.exclude(spot_calls__review=review).order_by("pk"))


def _draw(review: CohortReview, rows: list[Enrolment], count: int, *, by: Actor, on: date) -> list[SpotCall]:
    chosen = drawn(rows, count)
    calls = SpotCall.objects.bulk_create(SpotCall(review=review, enrolment=one) for one in chosen)
    audit.record(
        "cohort_review.drawn",
        review,
        by=by,
        region_path=review.cohort.region.path,
        among=len(rows),
        enrolments=[one.public_id for one in chosen],
        on=on.isoformat(),
    )
    return calls

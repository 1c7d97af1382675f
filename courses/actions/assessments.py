"""Writes of the completion assessment (结业考核)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from courses.actions.cohorts import locked
from courses.errors import BadAssessmentDate, BadScore, NotInCohort, RecordsClosed
from courses.models import AssessmentResult, Cohort, Enrolment
from courses.models.enrolments import Outcome
from courses.queries.exams import is_examined_apart
from courses.rules import scores as score_rules
from courses.rules.cohorts import OPEN_TO_RESULTS
from courses.teaching_errors import ExaminedApart
from registry.actions import audit
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def record(
    *, by: Actor, on: date, cohort: Cohort, scores: Mapping[int, Decimal | None], assessed_on: date
) -> dict[str, int]:
    """Record scores of enrolments, 0 to 100 with one decimal, none to take one away; returns how many were written.

    Doing so again with the same scores writes nothing. The audit row counts; it holds no scores.
    Raises BadScore, BadAssessmentDate, NotInCohort (also for who left), RecordsClosed unless assessing, ExaminedApart
    where an examiner records them (actions/exam_results.py).
    """
    cohort = locked(cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_RESULTS:
        raise RecordsClosed(state=cohort.state)
    if is_examined_apart(cohort):
        raise ExaminedApart()
    if not cohort.starts_on <= assessed_on <= on:
        raise BadAssessmentDate(field="assessed_on", starts_on=str(cohort.starts_on), on=str(on))
    for score in scores.values():
        try:
            if score is not None:
                score_rules.checked(score)
        except ValueError:
            raise BadScore() from None
    present = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW)
    strange = set(scores) - set(present.values_list("pk", flat=True))
    if strange:
        raise NotInCohort(count=len(strange))
    held = {row.enrolment_id: row for row in AssessmentResult.objects.filter(enrolment__cohort=cohort)}
    changed = [
        AssessmentResult(enrolment_id=enrolment, score=score, assessed_on=assessed_on)
        for enrolment, score in scores.items()
        if score is not None
        and (
            enrolment not in held
            or (held[enrolment].score, held[enrolment].assessed_on) != (score, assessed_on)
        )
    ]
    cleared = [
        held[enrolment].pk for enrolment, score in scores.items() if score is None and enrolment in held
    ]
    if changed:
        AssessmentResult.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["enrolment"],
            update_fields=["score", "assessed_on"],
            batch_size=BATCH_ROWS,
        )
    if cleared:
        AssessmentResult.objects.filter(pk__in=cleared).delete()
    counts = {"written": len(changed), "cleared": len(cleared)}
    if changed or cleared:
        audit.record("results.recorded", cohort, by=by, region_path=cohort.region.path, on=str(on), **counts)
    return counts


@dataclass(frozen=True)
class Recorded:
    """What came of texts that people typed: how many were written and cleared, and where a text is no score."""

    written: int
    cleared: int
    problems: Mapping[int, str]


@transaction.atomic
def record_texts(
    *, by: Actor, on: date, cohort: Cohort, texts: Mapping[int, str], assessed_on: date
) -> Recorded:
    """Record scores as typed into a page or a sheet: good ones are kept, each bad one gets a problem code.

    Refuses as a whole what `record` refuses, a score that is none apart.
    """
    scores: dict[int, Decimal | None] = {}
    problems: dict[int, str] = {}
    for enrolment, text in texts.items():
        try:
            scores[enrolment] = score_rules.parse(text)
        except ValueError:
            problems[enrolment] = BadScore.code
    counts = record(by=by, on=on, cohort=cohort, scores=scores, assessed_on=assessed_on)
    return Recorded(counts["written"], counts["cleared"], problems)

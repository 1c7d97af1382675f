"""What the rules make of the records of a cohort: the preview that a base reads before it decides."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from courses.models import Attendance, Cohort, Enrolment, Session
from courses.models.enrolments import Outcome, OutcomeRule
from courses.rules import outcomes
from courses.rules.attendance import COUNTS_AS_THERE
from courses.rules.outcomes import Decision, Record, Requirements


@dataclass(frozen=True)
class Preview:
    """One trainee: the records, and what they lead to. Who left stays left."""

    enrolment: Enrolment
    attended_hours: int
    planned_hours: int
    score: Decimal | None
    decision: Decision

    @property
    def percent(self) -> int:
        return outcomes.attendance_percent(
            attended_hours=self.attended_hours, planned_hours=self.planned_hours
        )

    @property
    def is_decided(self) -> bool:
        """Whether the enrolment already says what the records lead to."""
        return (self.enrolment.outcome, self.enrolment.outcome_rule) == (
            self.decision.outcome,
            self.decision.rule,
        )

    @property
    def outcome_words(self) -> str:
        return str(Outcome(self.decision.outcome).label)

    @property
    def rule_words(self) -> str:
        return str(OutcomeRule(self.decision.rule).label)


LEFT = Decision(Outcome.WITHDREW.value, OutcomeRule.LEFT.value)


def planned_hours(cohort: Cohort) -> int:
    """课时 against which attendance counts (see rules/outcomes.py)."""
    held = Session.objects.filter(cohort=cohort).aggregate(hours=Sum("hours"))["hours"] or 0
    return outcomes.planned_hours(course_hours=cohort.course.total_hours, session_hours=held)


def attended_hours(cohort: Cohort) -> dict[int, int]:
    """课时 attended by each enrolment that attended any."""
    return dict(
        Attendance.objects.filter(session__cohort=cohort, presence__in=COUNTS_AS_THERE)
        .order_by()
        .values_list("enrolment_id")
        .annotate(hours=Sum("session__hours"))
    )


def previews(cohort: Cohort) -> list[Preview]:
    """Every trainee of the cohort in roster order, in three queries (and one for the course if it is not loaded)."""
    planned = planned_hours(cohort)
    attended = attended_hours(cohort)
    course = cohort.course
    requirements = Requirements(planned, course.attendance_required, course.pass_mark)
    made = []
    for enrolment in cohort.enrolments.select_related("person", "assessment"):
        score = enrolment.assessment.score if hasattr(enrolment, "assessment") else None
        hours = attended.get(enrolment.pk, 0)
        left = enrolment.outcome == Outcome.WITHDREW
        decision = LEFT if left else outcomes.decide(Record(hours, score), requirements)
        made.append(Preview(enrolment, hours, planned, score, decision))
    return made

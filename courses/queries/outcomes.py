"""What the rules make of the records of a cohort: the preview that a base reads before it decides."""

from dataclasses import dataclass
from decimal import Decimal

from courses.models import Attendance, Cohort, Enrolment
from courses.models.enrolments import Outcome, OutcomeRule
from courses.queries.hours import attended_hours, planned_hours
from courses.rules import outcomes
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


def previews(cohort: Cohort) -> list[Preview]:
    """Every trainee of the cohort in roster order, in three queries (and one for the course if it is not loaded)."""
    planned = planned_hours(cohort)
    attended = attended_hours(Attendance.objects.filter(session__cohort=cohort))
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

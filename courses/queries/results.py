"""The results of a cohort, trainee by trainee."""

from decimal import Decimal

from django.db.models import QuerySet

from courses.models import Cohort, Enrolment
from courses.models.enrolments import Outcome


def results(cohort: Cohort) -> QuerySet[Enrolment]:
    """Trainees who have not left, in roster order, with person and assessment: one query."""
    rows = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW)
    return rows.select_related("person", "assessment")


def score_of(enrolment: Enrolment) -> str:
    """The score as it is typed, "" for none: 85, 85.5."""
    if not hasattr(enrolment, "assessment"):
        return ""
    return written(enrolment.assessment.score)


def written(score: Decimal | None) -> str:
    """A score as it is typed, "" for none."""
    if score is None:
        return ""
    return str(int(score)) if score == int(score) else str(score)

"""Lists of cohorts, and how far one cohort has come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear

from courses.models import AssessmentResult, Attendance, Cohort, Enrolment, Exam, Session
from courses.models.enrolments import Outcome
from registry.models import Accreditation, Suspension
from registry.rules.access import Actor


def listing(actor: Actor, *, state: str = "", year: int | None = None, base: str = "") -> QuerySet[Cohort]:
    """Cohorts the actor reads, newest first, with `trainees` (who left not counted); `base` is a public id."""
    cohorts = Cohort.objects.visible_to(actor).select_related("base", "course__skill", "package")
    if state:
        cohorts = cohorts.filter(state=state)
    if year:
        cohorts = cohorts.filter(starts_on__year=year)
    if base:
        cohorts = cohorts.filter(base__public_id=base)
    counted = Enrolment.objects.filter(cohort=OuterRef("pk")).exclude(outcome=Outcome.WITHDREW).order_by()
    trainees = counted.values("cohort").annotate(n=Count("pk")).values("n")
    return cohorts.annotate(trainees=Coalesce(Subquery(trainees, output_field=IntegerField()), 0))


def years(actor: Actor) -> list[int]:
    """The years in which cohorts of the actor start, latest first."""
    found = Cohort.objects.visible_to(actor).order_by().annotate(year=ExtractYear("starts_on"))
    return sorted(set(found.values_list("year", flat=True).distinct()), reverse=True)


@dataclass(frozen=True)
class Progress:
    """How far the work of a cohort has come; hours in 课时."""

    trainees: int
    withdrawn: int
    sessions: int
    sessions_recorded: int
    session_hours: int
    course_hours: int
    scored: int
    completed: int
    failed: int
    exams: int
    exams_open: int

    @property
    def undecided(self) -> int:
        return self.trainees - self.completed - self.failed

    @property
    def hours_missing(self) -> int:
        """课时 of the course that the timetable does not hold yet."""
        return max(0, self.course_hours - self.session_hours)


def progress(cohort: Cohort) -> Progress:
    """Five queries, whatever the size of the cohort."""
    outcomes = dict(
        Enrolment.objects.filter(cohort=cohort).order_by().values_list("outcome").annotate(n=Count("pk"))
    )
    withdrawn = outcomes.get(Outcome.WITHDREW, 0)
    timetable = Session.objects.filter(cohort=cohort).aggregate(
        count=Count("pk"), hours=Sum("hours", filter=Q(makes_up=None))
    )
    recorded = Attendance.objects.filter(session__cohort=cohort).aggregate(n=Count("session", distinct=True))[
        "n"
    ]
    scored = AssessmentResult.objects.filter(enrolment__cohort=cohort).exclude(
        enrolment__outcome=Outcome.WITHDREW
    )
    exams = Exam.objects.filter(cohort=cohort).aggregate(
        count=Count("pk"), open=Count("pk", filter=Q(submitted_on=None))
    )
    return Progress(
        trainees=sum(outcomes.values()) - withdrawn,
        withdrawn=withdrawn,
        sessions=timetable["count"],
        sessions_recorded=recorded,
        session_hours=timetable["hours"] or 0,
        course_hours=cohort.course.total_hours,
        scored=scored.count(),
        completed=outcomes.get(Outcome.COMPLETED, 0),
        failed=outcomes.get(Outcome.FAILED, 0),
        exams=exams["count"],
        exams_open=exams["open"],
    )


def is_accredited(cohort: Cohort) -> bool:
    """Whether the base had a plaque in force on the first day: what an approver looks at, never a refusal."""
    return Accreditation.objects.in_force(cohort.starts_on).filter(base_id=cohort.base_id).exists()


def default_assessment_date(cohort: Cohort, *, on: date) -> date:
    """The day most recently given for the cohort's assessment, or today."""
    last = AssessmentResult.objects.filter(enrolment__cohort=cohort).order_by("-assessed_on").first()
    return last.assessed_on if last else on


def with_accreditation(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """The same with `is_accredited`: whether the base has a plaque in force on the first day, as `is_accredited` says."""
    suspended = Suspension.objects.running(OuterRef(OuterRef("starts_on")))  # type: ignore[arg-type]  # one query
    held = Accreditation.objects.held(OuterRef("starts_on"))  # type: ignore[arg-type]
    in_force = held.filter(~Exists(suspended.filter(accreditation=OuterRef("pk"))), base=OuterRef("base"))
    return cohorts.annotate(is_accredited=Exists(in_force))


def default_exam_date(cohort: Cohort, *, on: date) -> date:
    """The last day of training, or today when that is over."""
    return max(cohort.ends_on, on)

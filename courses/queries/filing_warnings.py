"""What an approver should look at in a filing: computed from the record, told with its figures, never a refusal.

The words are in courses/words.py under the same codes. Nothing here names a person: who a remark on the roster is
about stands in `flagged`, for those who read the roster anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum

from courses.models import AbilityAssessment, Cohort, Enrolment, Session
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.queries.cohorts import is_accredited
from courses.queries.filings import budget_of
from courses.rules.filings import Filing
from registry.queries import standards

NOT_HELD = (CohortState.DRAFT, CohortState.RETURNED, CohortState.CANCELLED)
"""A cohort that was never filed, or will not be held, keeps nobody from another."""


@dataclass(frozen=True)
class Warned:
    """One remark: its permanent code and the figures that its words name."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Flagged:
    """A trainee with the codes of what the approver should look at."""

    enrolment: Enrolment
    codes: list[str]


def warnings(cohort: Cohort, filing: Filing, *, on: date, flagged: list[Flagged]) -> list[Warned]:
    """Every remark on this filing on the day; `on` is the day of submission while it is still a draft."""
    found = [
        *_of_the_base(cohort),
        *_of_time(cohort, on=on),
        *_of_hours(cohort, filing, on=on),
        *_of_trainers(cohort),
        *_of_money(cohort),
        *_of_the_roster(filing, flagged),
    ]
    if cohort.to_mend:
        found.append(Warned("filing_not_mended", {"count": len(cohort.to_mend)}))
    return found


def _of_the_base(cohort: Cohort) -> list[Warned]:
    return [] if is_accredited(cohort) else [Warned("base_not_accredited", {"on": str(cohort.starts_on)})]


def submitted_on(cohort: Cohort) -> date | None:
    """The day of the last submission; None while it was never submitted."""
    last = cohort.moves.filter(after=CohortState.SUBMITTED).order_by("-pk").first()
    return last.on if last else None


def lead_days(cohort: Cohort, *, on: date) -> tuple[int, int]:
    """Days from the filing to the start, and how many the local standard wants (docs/domain.md §5.3)."""
    wanted = standards.value("filing_lead_days", region_path=cohort.region.path, on=on)
    return (cohort.starts_on - on).days, int(wanted)


def _of_time(cohort: Cohort, *, on: date) -> list[Warned]:
    filed = on if cohort.state in (CohortState.DRAFT, CohortState.RETURNED) else submitted_on(cohort) or on
    days, wanted = lead_days(cohort, on=filed)
    return [Warned("filing_late", {"days": days, "wanted": wanted})] if days < wanted else []


def long_days(cohort: Cohort, *, on: date) -> list[Warned]:
    """The days with more hours than the local standard allows: none, or one remark on all of them."""
    most = int(standards.value("hours_per_day", region_path=cohort.region.path, on=on))
    days = Session.objects.filter(cohort=cohort).order_by().values("on").annotate(day_hours=Sum("hours"))
    over = list(days.filter(day_hours__gt=most).values_list("day_hours", flat=True))
    facts = {"count": len(over), "hours": max(over, default=0), "most": most}
    return [Warned("filing_hours_a_day", facts)] if over else []


def _of_hours(cohort: Cohort, filing: Filing, *, on: date) -> list[Warned]:
    found = long_days(cohort, on=on)
    if 0 < filing.session_hours < filing.course_hours or filing.session_hours > filing.course_hours:
        facts = {"planned": filing.session_hours, "course": filing.course_hours}
        found.append(Warned("filing_hours_differ", facts))
    return found


def _of_trainers(cohort: Cohort) -> list[Warned]:
    """Sessions at a time at which another cohort of one of these trainers is taught."""
    others = (
        Session.objects.filter(
            Q(trainer__isnull=True) | Q(trainer__in=cohort.trainers.all()),
            cohort__trainers__in=cohort.trainers.all(),
            on=OuterRef("on"),
            part=OuterRef("part"),
        )
        .exclude(cohort=cohort)
        .exclude(cohort__state=CohortState.CANCELLED)
    )
    count = Session.objects.filter(Exists(others), cohort=cohort).count()
    return [Warned("filing_trainers_elsewhere", {"count": count})] if count else []


def _of_money(cohort: Cohort) -> list[Warned]:
    found = []
    if cohort.course.trainee_charge:
        found.append(Warned("filing_charges_trainees", {"amount": str(cohort.course.trainee_charge)}))
    sources = {line.funding_source for line in budget_of(cohort).lines}
    if sources - {cohort.funding_source}:
        found.append(Warned("filing_other_sources"))
    return found


def _of_the_roster(filing: Filing, flagged: list[Flagged]) -> list[Warned]:
    if not filing.trainees:
        return [Warned("filing_no_trainees")]
    found = []
    if filing.planned_trainees and filing.trainees > filing.planned_trainees:
        facts = {"count": filing.trainees, "planned": filing.planned_trainees}
        found.append(Warned("filing_more_than_planned", facts))
    for code in ROSTER_CODES:
        count = sum(code in one.codes for one in flagged)
        if count:
            found.append(Warned(code, {"count": count}))
    return found


ROSTER_CODES = (
    "roster_in_another_cohort",
    "roster_has_skill_and_level",
    "roster_without_prerequisite",
    "roster_not_assessed",
    "roster_needs_not_met",
)


def flagged(cohort: Cohort, *, on: date) -> list[Flagged]:
    """The trainees whom an approver should look at, and why; one query, whatever the size of the roster.

    No ability assessment (docs/domain.md §2.1 C16), this skill and level reached before, in another cohort at the same
    time, without the skill that the course asks for, with a need of access that the course does not meet. None of
    them is a reason to refuse anybody: a person decides.
    """
    course = cohort.course
    same = Enrolment.objects.filter(person=OuterRef("person")).exclude(cohort=cohort)
    reached = same.filter(outcome=Outcome.COMPLETED)
    elsewhere = (
        same.filter(cohort__starts_on__lte=cohort.ends_on, cohort__ends_on__gte=cohort.starts_on)
        .exclude(outcome=Outcome.WITHDREW)
        .exclude(cohort__state__in=NOT_HELD)
    )
    assessed = AbilityAssessment.objects.filter(person=OuterRef("person"), assessed_on__lte=on)
    required = reached.filter(cohort__course__skill=course.required_skill_id)
    if course.required_level:  # 五级 is 5 and 一级 is 1: the lower number is the higher level
        required = required.filter(cohort__course__level__range=(1, course.required_level))
    rows = (
        Enrolment.objects.filter(cohort=cohort)
        .exclude(outcome=Outcome.WITHDREW)
        .select_related("person")
        .annotate(
            is_elsewhere=Exists(elsewhere),
            has_skill=Exists(
                reached.filter(cohort__course__skill=course.skill_id, cohort__course__level=course.level)
            ),
            is_assessed=Exists(assessed),
            has_required=Exists(required),
        )
    )
    met = set(course.access_provisions)
    found = []
    for row in rows:
        seen: Any = row  # with what was annotated
        codes = {
            "roster_in_another_cohort": seen.is_elsewhere,
            "roster_has_skill_and_level": seen.has_skill,
            "roster_without_prerequisite": course.required_skill_id is not None and not seen.has_required,
            "roster_not_assessed": not seen.is_assessed,
            "roster_needs_not_met": bool(set(row.person.access_needs) - met),
        }
        if any(codes.values()):
            found.append(Flagged(row, [code for code, is_so in codes.items() if is_so]))
    return found

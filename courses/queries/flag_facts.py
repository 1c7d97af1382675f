"""What the checks ask of cohorts (rules/flags.py), for a batch of them in a number of queries that does not grow."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from courses.models import Cohort
from courses.models.cohorts import CohortState
from courses.models.courses import TrainingKind
from courses.queries import flag_bases, flag_sessions, flag_trainees
from courses.rules.flags import CohortFacts
from registry.queries import standards
from registry.rules import usccs

LOOKED_AT = frozenset(CohortState.values) - {CohortState.DRAFT, CohortState.CANCELLED}
"""A draft is nobody's claim yet, and what was cancelled is none any more."""
IS_OVER = frozenset({CohortState.COMPLETED, CohortState.CLOSED})
FOR_THE_UNEMPLOYED = frozenset({TrainingKind.EMPLOYMENT_SKILL})
"""就业技能培训 prepares for a first job; the other kinds also teach who works."""
FOR_ANY_AGE = frozenset({TrainingKind.RURAL_PRACTICAL})
"""Classes in the countryside admit people to 65 (docs/domain.md §5.1)."""


def facts(cohort_ids: Collection[int], *, on: date) -> dict[int, CohortFacts]:
    """The facts of those of these cohorts that are looked at; local standards as on the day."""
    cohorts = {cohort.pk: cohort for cohort in _cohorts(cohort_ids)}
    if not cohorts:
        return {}
    hours_per_day = standards.everywhere("hours_per_day", on=on)
    window = standards.everywhere("conversion_window_days", on=on)
    windows = {cohort.pk: window(cohort.region.path) for cohort in cohorts.values()}
    trainees = flag_trainees.trainees(cohorts, windows=windows)
    sessions = flag_sessions.sessions(cohorts)
    passed, satisfied = flag_bases.lately(cohorts, on=on)
    accredited = flag_bases.accredited(cohorts)
    wrong = {pk for pk, rows in trainees.items() for row in rows if not _fits(row.employer_uscc)}
    return {
        pk: CohortFacts(
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            is_over=cohort.state in IS_OVER,
            for_the_unemployed=cohort.course.training_kind in FOR_THE_UNEMPLOYED,
            any_age=cohort.course.training_kind in FOR_ANY_AGE,
            course_hours=cohort.course.total_hours,
            hours_per_day=hours_per_day(cohort.region.path),
            is_accredited=(cohort.base_id, cohort.starts_on) in accredited,
            uscc_wrong=_wrong(cohort, pk in wrong),
            charge=cohort.course.trainee_charge,
            trainees=[row.facts for row in trainees.get(pk, ())],
            sessions=sessions.get(pk, ()),
            passed_lately=passed.get(pk, ()),
            satisfied_lately=satisfied.get(pk, ()),
        )
        for pk, cohort in cohorts.items()
    }


def _cohorts(cohort_ids: Collection[int]) -> QuerySet[Cohort]:
    rows = Cohort.objects.filter(pk__in=cohort_ids, state__in=LOOKED_AT)
    return rows.select_related("base", "course", "region")


def _wrong(cohort: Cohort, of_an_employer: bool) -> list[str]:
    ordering = not _fits(cohort.placement_uscc) or not _fits(cohort.ordering_uscc)
    found: Mapping[str, bool] = {
        "base": not _fits(cohort.base.uscc),
        "employer": of_an_employer or ordering,
    }
    return [whose for whose, is_wrong in found.items() if is_wrong]


def _fits(uscc: str) -> bool:
    """Whether the code can be right; none at all is no wrong one (docs/domain.md §3.4)."""
    if not uscc:
        return True
    try:
        usccs.parse(uscc)
    except usccs.UsccError:
        return False
    return True

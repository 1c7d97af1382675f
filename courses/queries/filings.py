"""The filing of a cohort as its pages and its rules see it: facts, tasks, budget, moves."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from courses.models import BudgetLine, Cohort, Enrolment, Session
from courses.models.cohorts import (
    DeliveryMode,
    FundingSource,
    OrganisationMode,
    ProcurementMode,
    ProgrammeModel,
    VenueKind,
)
from courses.models.enrolments import Outcome
from courses.rules.filings import Filing, Judged, judge


def facts_of(cohort: Cohort) -> Filing:
    """What the tasks of this filing are judged by; four queries, whatever the size of the cohort."""
    hours = Session.objects.filter(cohort=cohort).aggregate(hours=Sum("hours"))["hours"]
    counted = (
        Enrolment.objects.filter(cohort=cohort)
        .exclude(outcome=Outcome.WITHDREW)
        .aggregate(all=Count("pk"), without=Count("pk", filter=Q(master="")))
    )
    return Filing(
        has_venue=bool(cohort.venue),
        needs_venue=cohort.delivery_mode != DeliveryMode.ONLINE
        and cohort.venue_kind not in (VenueKind.ONLINE, VenueKind.HOME),
        planned_trainees=cohort.planned_trainees or 0,
        needs_placement=cohort.programme_model == ProgrammeModel.TRAINING_EMPLOYMENT_OPERATION,
        has_placement=bool(cohort.placement_employer),
        needs_package=cohort.procurement_mode == ProcurementMode.PACKAGE,
        has_package=cohort.package_id is not None,
        course_hours=cohort.course.total_hours,
        session_hours=hours or 0,
        trainers=cohort.trainers.count(),
        budget_lines=cohort.budget_lines.count(),
        is_four_order=cohort.procurement_mode == ProcurementMode.FOUR_ORDER,
        has_ordering_employer=bool(cohort.ordering_employer),
        has_trainee_choice=bool(cohort.trainee_choice),
        has_payer=bool(cohort.payer),
        trainees=counted["all"],
        is_apprenticeship=cohort.organisation_mode == OrganisationMode.APPRENTICESHIP,
        without_master=counted["without"],
    )


def judged(cohort: Cohort) -> list[Judged]:
    """Every task of this filing with its status."""
    return judge(facts_of(cohort), cohort.to_mend)


@dataclass(frozen=True)
class Budget:
    """The lines of a budget and their sums in 元; `per_trainee` is None while nobody is planned."""

    lines: list[BudgetLine]
    by_source: list[tuple[str, Decimal]]
    total: Decimal
    per_trainee: Decimal | None


def budget_of(cohort: Cohort) -> Budget:
    """One query."""
    lines = list(cohort.budget_lines.all())
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.funding_source] = sums.get(line.funding_source, Decimal(0)) + line.amount
    total = sum(sums.values(), Decimal(0))
    planned = cohort.planned_trainees
    per_trainee = (total / planned).quantize(Decimal("0.01")) if planned else None
    return Budget(
        lines,
        [(str(FundingSource(source).label), amount) for source, amount in sums.items()],
        total,
        per_trainee,
    )

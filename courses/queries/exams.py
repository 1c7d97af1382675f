"""Examinations: whether a cohort is examined apart, who may examine it, who may sit, and where each trainee stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses.models import Cohort, Enrolment, Exam, ExamEntry
from courses.models.enrolments import Outcome
from courses.rules.exams import counting
from registry.models import Account
from registry.models.accounts import Membership
from registry.queries import standards
from registry.rules.access import Role
from registry.rules.names import same_name


def is_examined_apart(cohort: Cohort) -> bool:
    """Whether an examiner records the scores: by the local standard of the first day, or because an examination is
    arranged already."""
    by_standard = standards.value("examined_apart", region_path=cohort.region.path, on=cohort.starts_on)
    return bool(by_standard) or Exam.objects.filter(cohort=cohort).exists()


def examiners(cohort: Cohort, *, on: date) -> list[Account]:
    """Accounts that may examine the cohort: examiners of a federation that reaches it, who do not teach there.

    Whoever holds a role at the base is out, and whoever has the name of one of the cohort's trainers: the two may be
    one person, and another examiner is easily sent ([reading] of docs/domain.md §5.3).
    """
    codes = cohort.region.path.rstrip("/").split("/")
    held = Membership.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), account=OuterRef("pk"), since__lte=on
    )
    reaching = held.filter(role=Role.EXAMINER, federation__region__code__in=codes)
    found = Account.objects.filter(
        Exists(reaching), ~Exists(held.filter(base=cohort.base_id)), is_active=True
    )
    teach = list(cohort.trainers.values_list("name", flat=True))
    return [
        account
        for account in found.order_by("name", "username")
        if not any(same_name(account.name, name) for name in teach)
    ]


@dataclass(frozen=True)
class Standing:
    """Where one trainee stands: attempts made and arranged, the score that counts, whether they may sit again."""

    enrolment: Enrolment
    attempts: int
    is_open: bool
    score: Decimal | None
    has_passed: bool


def standings(cohort: Cohort) -> list[Standing]:
    """Every trainee who has not left, in roster order; three queries and one for the standard."""
    best = best_counts(cohort)
    entries: dict[int, list[ExamEntry]] = {}
    for entry in ExamEntry.objects.filter(exam__cohort=cohort).select_related("exam").order_by("attempt"):
        entries.setdefault(entry.enrolment_id, []).append(entry)
    rows = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW)
    made = []
    for enrolment in rows.select_related("person"):
        held = entries.get(enrolment.pk, [])
        final = [entry.score for entry in held if entry.exam.submitted_on]
        score = counting(final, best=best)
        made.append(
            Standing(
                enrolment,
                attempts=len(held),
                is_open=any(entry.exam.submitted_on is None for entry in held),
                score=score,
                has_passed=score is not None and score >= cohort.course.pass_mark,
            )
        )
    return made


def best_counts(cohort: Cohort) -> bool:
    """Whether the best attempt counts, not the last: the local standard of the first day."""
    return bool(standards.value("best_attempt_counts", region_path=cohort.region.path, on=cohort.starts_on))


def candidates(cohort: Cohort, *, is_resit: bool) -> list[Standing]:
    """Who may sit: the first time, everybody who has not yet; a re-sit, who failed and has an attempt left."""
    rows = standings(cohort)
    return may_resit(cohort, rows) if is_resit else not_examined(rows)


def not_examined(rows: list[Standing]) -> list[Standing]:
    return [one for one in rows if one.attempts == 0]


def may_resit(cohort: Cohort, rows: list[Standing]) -> list[Standing]:
    """Failed every final attempt, none is open, and fewer re-sits than the local standard of the first day allows."""
    allowed = standards.value("resits_allowed", region_path=cohort.region.path, on=cohort.starts_on)
    return [one for one in rows if 0 < one.attempts <= allowed and not one.is_open and not one.has_passed]


def exams_of(cohort: Cohort) -> QuerySet[Exam]:
    """The examinations of a cohort in order of time, with how many candidates each has and how many are settled."""
    return counted(Exam.objects.filter(cohort=cohort))


def counted(rows: QuerySet[Exam]) -> QuerySet[Exam]:
    settled = Q(entries__is_absent=True) | Q(entries__score__isnull=False)
    return rows.select_related("examiner", "cohort__course", "cohort__base", "cohort__region").annotate(
        candidates=Count("entries"), settled=Count("entries", filter=settled)
    )


def entries_of(exam: Exam) -> QuerySet[ExamEntry]:
    """The candidates in roster order; who left since is not examined any more."""
    rows = ExamEntry.objects.filter(exam=exam).exclude(enrolment__outcome=Outcome.WITHDREW)
    return rows.select_related("enrolment__person", "exam").prefetch_related("corrections")


def final_scores(cohort: Cohort, enrolments: Iterable[int]) -> dict[int, tuple[Decimal | None, date]]:
    """For each of these with final results: the score that counts (None: absent each time), and the last day."""
    best = best_counts(cohort)
    rows = ExamEntry.objects.filter(
        exam__cohort=cohort, exam__submitted_on__isnull=False, enrolment__in=list(enrolments)
    )
    scores: dict[int, list[Decimal | None]] = {}
    days: dict[int, date] = {}
    for enrolment, score, day in rows.order_by("attempt").values_list(
        "enrolment_id", "score", "exam__held_on"
    ):
        scores.setdefault(enrolment, []).append(score)
        days[enrolment] = day
    return {enrolment: (counting(held, best=best), days[enrolment]) for enrolment, held in scores.items()}

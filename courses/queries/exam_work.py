"""What waits in teaching and examination: results to record, examinations and re-sits to arrange, open check-ins."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from courses.models import CheckIn, Cohort, Enrolment, Exam, ExamEntry
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.rules.cohorts import OPEN_TO_EXAMS
from registry.queries import standards
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

Exams = QuerySet[Exam]
Cohorts = QuerySet[Cohort]


def unsubmitted(exams: Exams, actor: Actor) -> Exams:
    return exams.filter(submitted_on=None, cohort__state__in=OPEN_TO_EXAMS)


def mine(exams: Exams, actor: Actor) -> Exams:
    """Those that this actor examines, without final results."""
    return unsubmitted(exams, actor).filter(examiner=actor.account_id)


def final(exams: Exams, actor: Actor) -> Exams:
    return exams.filter(submitted_on__isnull=False)


LISTS: dict[str, Callable[[Exams, Actor], Exams]] = {"mine": mine, "open": unsubmitted, "final": final}
"""What the list of examinations can be narrowed to."""


def to_arrange(cohorts: Cohorts, on: date) -> Cohorts:
    """Examined apart, being assessed, with trainees who sit no examination yet; `since` the last day of training."""
    apart = standards.by_region("examined_apart", "region__path", on=on, made=bool)
    sits = ExamEntry.objects.filter(enrolment=OuterRef("pk"))
    missing = Enrolment.objects.filter(~Exists(sits), cohort=OuterRef("pk")).exclude(outcome=Outcome.WITHDREW)
    begun = Exam.objects.filter(cohort=OuterRef("pk"))
    return (
        cohorts.filter(state=CohortState.ASSESSING)
        .alias(is_apart=apart)
        .filter(Q(is_apart=True) | Exists(begun), Exists(missing))
        .annotate(since=F("ends_on"))
    )


def to_resit(cohorts: Cohorts, on: date) -> Cohorts:
    """With trainees who failed every final attempt and have one left; `since` the last day of training."""
    allowed = standards.by_region("resits_allowed", "cohort__region__path", on=on, made=int)
    failed = (
        Enrolment.objects.filter(cohort=OuterRef("pk"))
        .exclude(outcome=Outcome.WITHDREW)
        .annotate(
            attempts=Count("exam_entries"),
            open=Count("exam_entries", filter=Q(exam_entries__exam__submitted_on=None)),
            best=Max("exam_entries__score"),
            allowed=allowed,
        )
        .filter(Q(best=None) | Q(best__lt=F("cohort__course__pass_mark")))
        .filter(attempts__gt=0, open=0, attempts__lte=F("allowed"))
    )
    return cohorts.filter(Exists(failed), state__in=OPEN_TO_EXAMS).annotate(since=F("ends_on"))


COHORT_LISTS = {"exam": to_arrange, "resit": to_resit}
"""What the list of cohorts can be narrowed to, beside that of courses/queries/work.py."""

TO_RECORD = ngettext_lazy(
    "%(n)s 场考核等您登记或提交成绩，最早 %(oldest)s考核",
    "%(n)s 场考核等您登记或提交成绩，最早 %(oldest)s考核",
    "count",
)
TO_ARRANGE = ngettext_lazy(
    "%(n)s 个培训班等待安排考核，最早 %(oldest)s结业",
    "%(n)s 个培训班等待安排考核，最早 %(oldest)s结业",
    "count",
)
TO_RESIT = ngettext_lazy(
    "%(n)s 个培训班有学员可以补考，最早 %(oldest)s结业",
    "%(n)s 个培训班有学员可以补考，最早 %(oldest)s结业",
    "count",
)
CHECK_INS_OPEN = ngettext_lazy("%(n)s 节课正在签到", "%(n)s 节课正在签到", "count")


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """A query for each kind that the actor deals with, and one for the standard it follows."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.EXAM_RECORD) and actor.account_id is not None:
        rows = mine(Exam.objects.visible_to(actor), actor).filter(held_on__lte=on)
        page = reverse("courses:exam-list") + "?state=mine"
        found += counted("exams_to_record", TO_RECORD, rows, since="held_on", one="courses:exam", many=page)
    if actor.may_somewhere(Permission.COHORT_APPROVE):
        texts: dict[str, Any] = {"exam": TO_ARRANGE, "resit": TO_RESIT}
        cohorts = _in_scope(actor, Permission.COHORT_APPROVE)
        for key, list_of in COHORT_LISTS.items():
            page = f"{reverse('courses:cohorts')}?waiting={key}"
            rows_of = list_of(cohorts, on)
            found += counted(
                f"{key}s_to_arrange", texts[key], rows_of, since="since", one="courses:exams", many=page
            )
    if actor.may_somewhere(Permission.RESULT_RECORD):
        found += _open_check_ins(actor)
    return found


def _open_check_ins(actor: Actor) -> list[Waiting]:
    """Check-ins that are open at this moment: the first page is read when somebody asks, so the clock is asked too."""
    cohorts = _in_scope(actor, Permission.RESULT_RECORD)
    rows = CheckIn.objects.open_at(timezone.now()).filter(session__cohort__in=cohorts)
    held = rows.values_list("session__cohort__public_id", "session__on", "session__part")
    found = list(held[:2])
    if not found:
        return []
    [(public_id, day, part), *more] = found
    key = f"{day:%Y%m%d}.{part}"
    url = reverse("courses:check-in", args=[public_id, key]) if not more else reverse("courses:cohorts")
    return [Waiting("check_ins_open", CHECK_INS_OPEN, len(found) if not more else rows.count(), None, url)]


def _in_scope(actor: Actor, permission: Permission) -> Cohorts:
    return Cohort.objects.all() if actor.is_system else Cohort.objects.in_scope(actor.scope(permission))

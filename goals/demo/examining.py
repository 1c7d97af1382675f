"""Examinations of the demo: of the classes that still run, one waits for its marks and one for a re-sit."""

from datetime import date, timedelta
from decimal import Decimal

from courses.actions import cohorts, exam_results, exams
from courses.models import Cohort, Exam
from courses.queries.exams import entries_of
from courses.rules.exams import Mark
from goals.demo.accounts import ACCOUNTS
from registry.models import Account
from registry.rules.access import SYSTEM

FAILING = 3
"""Trainees of the second class who fail or do not come, so that there is a re-sit to arrange."""


def go_on() -> None:
    """The examiner of the demo is sent to the first two classes that still run."""
    examiner = Account.objects.get(username=next(one.username for one in ACCOUNTS if one.role == "examiner"))
    running = Cohort.objects.filter(state="running").select_related("region", "base", "course").order_by("pk")
    for number, cohort in enumerate(running[:2]):
        held_on = cohort.ends_on
        cohorts.move_to(by=SYSTEM, on=held_on, cohort=cohort, state="assessing")
        exam = exams.arrange(
            by=SYSTEM,
            on=held_on,
            cohort=cohort,
            held_on=held_on,
            examiner=examiner,
            place=cohort.venue,
            theory_weight=30,
        )
        if number:
            _examine(exam, held_on)


def _examine(exam: Exam, on: date) -> None:
    marks = {
        entry.pk: Mark(is_absent=True)
        if place == 0
        else Mark(Decimal(50 if place < FAILING else 78), Decimal(55 if place < FAILING else 84))
        for place, entry in enumerate(entries_of(exam))
    }
    exam_results.record(by=SYSTEM, on=on, exam=exam, marks=marks)
    exam_results.submit(by=SYSTEM, on=on + timedelta(days=1), exam=exam)

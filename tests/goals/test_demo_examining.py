"""The demo's examinations: one waits for its marks, one for a re-sit."""

import pytest

from courses.models import Exam
from courses.queries.exams import may_resit, standings
from goals.demo import examining
from tests.courses.factories import a_cohort, enrolled
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db


def test_one_waits_for_its_marks_and_one_for_a_re_sit() -> None:
    an_account("examiner", a_federation("000000"), username="examiner")
    first, second = (a_cohort(state="running") for _number in range(2))
    for cohort in (first, second):
        enrolled(cohort, 4)
    examining.go_on()
    waiting, final = Exam.objects.order_by("pk")
    assert waiting.submitted_on is None
    assert final.submitted_on is not None
    assert len(may_resit(second, standings(second))) == 3

"""What trainers and visitors of the federation record of a cohort, and who is drawn to be called."""

from datetime import timedelta

import pytest

from courses.actions import reviews
from courses.errors import CallRecorded, NobodyLeftToCall
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.evaluation_factories import CONTENT, a_running_cohort, a_trainers_review, an_inspection
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db


def test_a_trainer_marks_the_class_and_nobody_is_called():
    cohort = a_running_cohort()
    review = a_trainers_review(cohort, by=an_actor("trainer", cohort.base))
    assert (review.marks, review.mean) == (CONTENT, 4.2)
    assert not review.calls.exists()


def test_an_inspection_draws_a_tenth_of_the_class_and_writes_down_whom():
    review = an_inspection(a_running_cohort(11), by=an_actor("federation_officer", a_federation("620502")))
    assert review.calls.count() == 2
    event = AuditEvent.objects.get(verb="cohort_review.drawn")
    assert event.facts["among"] == 11
    drawn = set(review.calls.values_list("enrolment__public_id", flat=True))
    assert set(event.facts["enrolments"]) == drawn


@pytest.mark.parametrize("role", ["base_manager", "trainer"])
def test_a_base_does_not_inspect_itself_nor_call(role):
    cohort = a_running_cohort()
    staff = an_actor(role, cohort.base)
    with pytest.raises(NotPermitted):
        an_inspection(cohort, by=staff)
    review = an_inspection(cohort)
    with pytest.raises(NotPermitted):
        reviews.record_call(by=staff, on=TODAY, call=review.calls.get(), result="confirmed")
    with pytest.raises(NotPermitted):
        reviews.draw_another(by=staff, on=TODAY, review=review)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"marks": {}}, "register"),
        ({"reviewed_on": TODAY + timedelta(days=1)}, "reviewed_on"),
        ({"reviewed_on": TODAY - timedelta(days=300)}, "reviewed_on"),
        ({"findings": "长" * 2001}, "findings"),
        ({"reviewer": ""}, "reviewer"),
        ({"kind": "other"}, "kind"),
    ],
)
def test_bad_input_names_its_field(values, field):
    with pytest.raises(InvalidInput) as error:
        an_inspection(**values)
    assert field in error.value.facts["fields"]


def test_what_a_trainee_said_is_kept_once():
    call = an_inspection().calls.get()
    officer = an_actor("federation_officer", a_federation("620502"))
    held = reviews.record_call(by=officer, on=TODAY, call=call, result="denied", note="没有上过课")
    assert (held.result, held.called_on, held.called_by) == ("denied", TODAY, officer.name)
    assert "没有上过课" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))
    with pytest.raises(CallRecorded):
        reviews.record_call(by=officer, on=TODAY, call=call, result="confirmed")


@pytest.mark.parametrize("result", ["waiting", "perhaps"])
def test_a_call_has_one_of_the_results(result):
    with pytest.raises(InvalidInput):
        reviews.record_call(by=SYSTEM, on=TODAY, call=an_inspection().calls.get(), result=result)


def test_another_is_drawn_until_nobody_is_left():
    review = an_inspection(a_running_cohort(3))
    for _time in range(2):
        reviews.draw_another(by=SYSTEM, on=TODAY, review=review)
    assert review.calls.values("enrolment").distinct().count() == 3
    with pytest.raises(NobodyLeftToCall):
        reviews.draw_another(by=SYSTEM, on=TODAY, review=review)

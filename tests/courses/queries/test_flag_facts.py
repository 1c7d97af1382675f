"""The facts of many cohorts take as many queries as those of one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions import certificates
from courses.queries.flag_changes import events, touched
from courses.queries.flag_facts import facts
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import a_cohort_to_certify
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort, a_course
from tests.courses.flag_factories import an_accredited_base, noon

pytestmark = pytest.mark.django_db
LATER = noon(date(2200, 1, 1))


def queries(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_the_facts_of_a_batch_take_a_fixed_number_of_queries():
    base = an_accredited_base()
    course = a_course(base)
    cohorts = [a_completed_cohort(base, course=course, people=2).pk for _n in range(4)]
    one = queries(lambda: facts(cohorts[-1:], on=TODAY))
    assert queries(lambda: facts(cohorts, on=TODAY)) == one <= 17


def test_which_cohorts_were_touched_takes_a_fixed_number_of_queries():
    base = an_accredited_base()
    course = a_course(base)

    def of_new(count: int) -> int:
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
        for _n in range(count):
            a_completed_cohort(base, course=course, people=2)
        rows = events(after=last, before=LATER, limit=1_000)
        return queries(lambda: touched(rows))

    assert of_new(1) == of_new(4) <= 10


def test_issuing_a_certificate_brings_its_cohort_before_the_checks():
    cohort = a_cohort_to_certify()
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    certificates.issue_cohort(by=SYSTEM, on=cohort.ends_on, cohort=cohort, limit=500)
    assert touched(events(after=last, before=LATER, limit=1_000)) == {cohort.pk}
    [known] = facts([cohort.pk], on=TODAY).values()
    assert {trainee.certified_on for trainee in known.trainees} == {cohort.ends_on}

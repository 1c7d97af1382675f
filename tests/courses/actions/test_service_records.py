"""Services to people: “四个一”, “131”, referrals; graduation."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from courses.actions import service_records
from courses.models import Graduation, ServiceRecord
from registry.errors import InvalidInput, NotPermitted
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.registry.factories import a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_what_was_said_is_kept_sealed() -> None:
    service_records.record(
        by=SYSTEM, on=TODAY, person=a_person(), kind="guidance", day=TODAY, summary="想在家做手工"
    )
    assert ServiceRecord.objects.get().summary == "想在家做手工"
    with connection.cursor() as cursor:
        cursor.execute("SELECT summary FROM courses_servicerecord")
        assert "想在家做手工".encode() not in bytes(cursor.fetchone()[0])


def test_a_referral_to_a_cohort_names_its_course_and_is_answered() -> None:
    cohort, person = a_cohort(), a_person()
    made = service_records.record(
        by=SYSTEM, on=TODAY, person=person, kind="referral", day=TODAY, cohort=cohort
    )
    assert made.course == cohort.course
    service_records.answer_referral(by=SYSTEM, on=TODAY, record=made, result="enrolled")
    made.refresh_from_db()
    assert made.result == "enrolled"
    service_records.remove(by=SYSTEM, on=TODAY, record=made)
    assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "referral"}, "summary"),
        ({"kind": "magic"}, "kind"),
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"result": "enrolled"}, "result"),
        ({"summary": "长" * 1001}, "summary"),
    ],
)
def test_what_is_no_service_is_refused_by_its_field(fields: dict[str, Any], field: str) -> None:
    given = {"kind": "verification", "day": TODAY} | fields
    with pytest.raises(InvalidInput) as refused:
        service_records.record(by=SYSTEM, on=TODAY, person=a_person(), **given)
    assert field in refused.value.facts["fields"]


def test_many_people_are_verified_in_fixed_queries(settings: Any, django_assert_max_num_queries: Any) -> None:
    settings.FACT_LISTENERS = []  # the figures above count their own
    people = [a_person(n) for n in range(1, 21)]
    with django_assert_max_num_queries(8):
        made = service_records.record_many(by=SYSTEM, on=TODAY, people=people, kind="verification", day=TODAY)
    assert made == 20
    again = service_records.record_many(by=SYSTEM, on=TODAY, people=people, kind="verification", day=TODAY)
    assert again == 0


def test_an_auditor_records_no_service() -> None:
    with pytest.raises(NotPermitted):
        service_records.record(
            by=an_actor("auditor", a_federation("620500")),
            on=TODAY,
            person=a_person(),
            kind="verification",
            day=TODAY,
        )


def test_a_graduation_recorded_again_is_corrected() -> None:
    person, day = a_person(), date(2023, 6, 30)
    for level in ("junior_college", "bachelor"):
        service_records.record_graduation(by=SYSTEM, on=TODAY, person=person, graduated_on=day, level=level)
    assert Graduation.objects.get().level == "bachelor"

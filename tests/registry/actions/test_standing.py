from datetime import date

import pytest

from registry.actions import consents, people, standing
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, EmploymentStatus, NeedRegistration
from registry.queries import people as queries
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, a_region, an_actor

pytestmark = pytest.mark.django_db


def test_the_latest_employment_status_before_a_day_holds_on_it() -> None:
    person = a_person()
    for status, since in (("unemployed", date(2023, 1, 1)), ("employed", date(2024, 2, 1))):
        standing.record_employment(by=SYSTEM, on=TODAY, person=person, status=status, since=since)
    for day, status in ((date(2024, 1, 31), "unemployed"), (date(2024, 2, 1), "employed")):
        assert queries.standing(person, on=day)["employment"].status == status
    assert queries.standing(person, on=date(2022, 12, 31))["employment"] is None


def test_a_second_record_for_the_same_day_corrects_the_first_and_says_so() -> None:
    person = a_person()
    for status in ("unemployed", "employed"):
        standing.record_employment(by=SYSTEM, on=TODAY, person=person, status=status, since=TODAY)
    assert EmploymentStatus.objects.get().status == "employed"
    last = AuditEvent.objects.filter(verb="person.employment_recorded").first()
    assert last is not None
    assert (last.facts["before"], last.facts["after"]) == ("unemployed", "employed")


@pytest.mark.parametrize(
    ("since", "code"), [(date(2024, 6, 4), "date_in_future"), (date(1980, 1, 1), "date_before_birth")]
)
def test_employment_begins_neither_in_the_future_nor_before_birth(since: date, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        standing.record_employment(by=SYSTEM, on=TODAY, person=a_person(), status="employed", since=since)
    assert refused.value.facts == {"fields": {"since": code}}


def test_needs_are_dated_rows() -> None:
    person = a_person()
    for day, need in ((date(2024, 1, 1), True), (date(2024, 3, 1), False), (date(2024, 3, 1), True)):
        standing.record_need(
            by=SYSTEM, on=day, person=person, training_need=need, employment_need=True, employable=True
        )
    assert NeedRegistration.objects.count() == 2
    assert queries.standing(person, on=TODAY)["need"].training_need is True


def test_a_base_records_what_it_knows_of_its_own_trainees_only() -> None:
    base = a_base()
    manager = an_actor("base_manager", base)
    mine, other = a_person(1, base=base), a_person(2)
    standing.record_employment(by=manager, on=TODAY, person=mine, status="employed", since=TODAY)
    with pytest.raises(NotPermitted):
        standing.record_employment(by=manager, on=TODAY, person=other, status="employed", since=TODAY)


def test_moving_changes_who_manages_a_person_and_both_places_read_of_it() -> None:
    person = a_person(region="620502")
    old, new = (an_actor("federation_officer", a_federation(code)) for code in ("620502", "620503"))
    with pytest.raises(NotPermitted):
        people.move(by=new, on=TODAY, person=person, region=a_region("620503"))
    people.move(by=old, on=TODAY, person=person, region=a_region("620503"))
    assert queries.may_see(new, person)
    assert not queries.may_see(old, person)
    assert AuditEvent.objects.filter(verb="person.moved").count() == 2
    with pytest.raises(NotPermitted):
        people.move(by=old, on=TODAY, person=person, region=a_region("620502"))


def test_nobody_moves_to_a_region_that_is_no_more() -> None:
    with pytest.raises(InvalidInput):
        people.move(by=SYSTEM, on=TODAY, person=a_person(), region=a_region("120225"))


def test_consent_is_given_for_a_purpose_and_taken_back() -> None:
    person = a_person()
    consent = consents.give(
        by=SYSTEM,
        on=TODAY,
        person=person,
        purpose="follow_up",
        channel="audio",
        text_version="2024-01",
        given_on=date(2024, 6, 1),
    )
    assert consents.withdraw(by=SYSTEM, on=TODAY, consent=consent).withdrawn_on == TODAY
    with pytest.raises(consents.ConsentWithdrawn):
        consents.withdraw(by=SYSTEM, on=TODAY, consent=consent)
    with pytest.raises(InvalidInput):
        consents.give(
            by=SYSTEM,
            on=TODAY,
            person=person,
            purpose="marketing",
            channel="audio",
            text_version="1",
            given_on=TODAY,
        )

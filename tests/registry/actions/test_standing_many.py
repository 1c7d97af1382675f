"""What a roster says of many people at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import standing
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent, EmploymentStatus, NeedRegistration
from registry.rules.access import SYSTEM
from registry.rules.people import NewStanding
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_only_what_differs_from_the_record_is_written():
    base = a_base()
    first, second = a_person(1, base=base), a_person(2, base=base)
    said = [
        NewStanding(first.pk, employment="unemployed", training_need=True),
        NewStanding(second.pk),
    ]
    assert standing.record_many(by=SYSTEM, on=TODAY, base=base, standings=said) == 1
    assert EmploymentStatus.objects.get().person == first
    need = NeedRegistration.objects.get()
    assert (need.training_need, need.employment_need, need.employable) == (True, True, True)
    events = AuditEvent.objects.count()
    later = TODAY + timedelta(days=30)
    assert standing.record_many(by=SYSTEM, on=later, base=base, standings=said) == 0
    assert AuditEvent.objects.count() == events


def test_a_change_is_a_new_row_and_on_the_same_day_a_correction():
    base = a_base()
    person = a_person(base=base)
    for on, status in ((TODAY, "unemployed"), (TODAY, "employed"), (TODAY + timedelta(1), "unemployed")):
        said = [NewStanding(person.pk, employment=status)]
        assert standing.record_many(by=SYSTEM, on=on, base=base, standings=said) == 1
    rows = EmploymentStatus.objects.order_by("since").values_list("since", "status")
    assert list(rows) == [(TODAY, "employed"), (TODAY + timedelta(1), "unemployed")]


def test_what_was_registered_of_work_and_fitness_stays():
    base = a_base()
    person = a_person(base=base)
    standing.record_need(
        by=SYSTEM, on=TODAY, person=person, training_need=False, employment_need=False, employable=False
    )
    later = TODAY + timedelta(days=1)
    said = [NewStanding(person.pk, training_need=True)]
    standing.record_many(by=SYSTEM, on=later, base=base, standings=said)
    need = NeedRegistration.objects.get(registered_on=later)
    assert (need.training_need, need.employment_need, need.employable) == (True, False, False)


def test_people_unknown_at_the_base_and_unknown_words_are_refused():
    base, person = a_base(), a_person()
    with pytest.raises(NotFound):
        standing.record_many(
            by=SYSTEM, on=TODAY, base=base, standings=[NewStanding(person.pk, employment="employed")]
        )
    known = a_person(2, base=base)
    with pytest.raises(InvalidInput):
        standing.record_many(
            by=SYSTEM, on=TODAY, base=base, standings=[NewStanding(known.pk, employment="busy")]
        )
    with pytest.raises(NotPermitted):
        standing.record_many(by=an_actor("trainer", base), on=TODAY, base=base, standings=[])


def test_the_number_of_queries_does_not_grow_with_the_people():
    base = a_base()
    people = [a_person(n, base=base) for n in range(1, 23)]
    figures = []
    for some in (people[:2], people[2:]):
        said = [NewStanding(person.pk, employment="unemployed", training_need=True) for person in some]
        with CaptureQueriesContext(connection) as queries:
            standing.record_many(by=SYSTEM, on=TODAY, base=base, standings=said)
        figures.append(len(queries))
    assert figures[0] == figures[1]

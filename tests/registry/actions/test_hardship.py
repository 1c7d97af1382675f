from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import hardship
from registry.actions.hardship import HardshipOver
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent, HardshipStatus
from registry.models import hardship as models
from registry.rules.access import SYSTEM
from registry.rules.hardship import MONITORED, RURAL_POOR, Hardship
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

SINCE = date(2024, 1, 10)


def test_the_words_are_of_the_classes_that_the_rules_know() -> None:
    assert models.Hardship.values == [kind.value for kind in Hardship]
    assert models.Hardship.SUDDEN_HOUSEHOLD in MONITORED < RURAL_POOR


def test_a_class_holds_from_its_first_day_to_the_one_on_which_it_ends() -> None:
    person = a_person()
    row = hardship.record(by=SYSTEM, on=TODAY, person=person, kind="lifted_household", since=SINCE)
    hardship.end(by=SYSTEM, on=TODAY, status=row, ended_on=date(2024, 5, 1))
    standing = {
        day: HardshipStatus.objects.standing(day).count()
        for day in (date(2024, 1, 9), SINCE, date(2024, 4, 30), date(2024, 5, 1))
    }
    assert list(standing.values()) == [0, 1, 1, 0]
    with pytest.raises(HardshipOver):
        hardship.end(by=SYSTEM, on=TODAY, status=row, ended_on=date(2024, 5, 2))
    hardship.record(by=SYSTEM, on=TODAY, person=person, kind="lifted_household", since=TODAY)
    assert HardshipStatus.objects.count() == 2


def test_while_it_stands_a_second_record_corrects_the_day_and_says_so() -> None:
    person = a_person()
    for since in (TODAY, SINCE, SINCE):
        hardship.record(by=SYSTEM, on=TODAY, person=person, kind="graduate", since=since)
    assert HardshipStatus.objects.get().since == SINCE
    last, first = AuditEvent.objects.filter(verb="person.hardship_recorded")
    assert (first.facts["before"], last.facts["before"]) == (None, str(TODAY))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "rich"}, {"kind": "field_choice"}),
        ({"since": TODAY + timedelta(days=1)}, {"since": "date_in_future"}),
        ({"since": date(1980, 1, 1)}, {"since": "date_before_birth"}),
    ],
)
def test_what_is_no_hardship_is_refused_by_its_field(fields: dict, code: dict[str, str]) -> None:
    given = {"kind": "graduate", "since": SINCE} | fields
    with pytest.raises(InvalidInput) as refused:
        hardship.record(by=SYSTEM, on=TODAY, person=a_person(), **given)
    assert refused.value.facts == {"fields": code}


def test_it_ends_neither_before_it_began_nor_in_the_future() -> None:
    row = hardship.record(by=SYSTEM, on=TODAY, person=a_person(), kind="graduate", since=SINCE)
    for day in (SINCE - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            hardship.end(by=SYSTEM, on=TODAY, status=row, ended_on=day)
    hardship.end(by=SYSTEM, on=TODAY, status=row, ended_on=SINCE)  # it never held
    assert not HardshipStatus.objects.standing(SINCE).exists()


def test_a_base_says_it_of_its_own_trainees_and_only_those_who_may_edit_do() -> None:
    base = a_base()
    mine, other = a_person(1, base=base), a_person(2)
    manager = an_actor("base_manager", base)
    hardship.record(by=manager, on=TODAY, person=mine, kind="graduate", since=SINCE)
    with pytest.raises(NotPermitted):
        hardship.record(by=manager, on=TODAY, person=other, kind="graduate", since=SINCE)
    with pytest.raises(NotFound):
        hardship.record_many(by=manager, on=TODAY, base=base, kinds={other.pk: ["graduate"]})
    auditor = an_actor("auditor", a_federation("620500"))
    assert HardshipStatus.objects.visible_to(auditor).count() == 1
    with pytest.raises(NotPermitted):
        hardship.end(by=auditor, on=TODAY, status=HardshipStatus.objects.get(), ended_on=TODAY)


def test_a_roster_adds_what_does_not_stand_yet_in_fixed_queries() -> None:
    base = a_base()
    people = [a_person(n, base=base) for n in range(1, 11)]
    hardship.record(by=SYSTEM, on=TODAY, person=people[0], kind="graduate", since=SINCE)
    both = ["graduate", "several_disabled"]
    counts = []
    for some in (people[:2], people[2:]):
        with CaptureQueriesContext(connection) as captured:
            hardship.record_many(by=SYSTEM, on=TODAY, base=base, kinds={person.pk: both for person in some})
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert HardshipStatus.objects.count() == 20
    assert HardshipStatus.objects.get(person=people[0], kind="graduate").since == SINCE
    assert hardship.record_many(by=SYSTEM, on=TODAY, base=base, kinds={people[0].pk: both}) == 0

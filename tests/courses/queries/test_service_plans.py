"""Whom “131” and a plan are owed, which plans are to be reviewed, in which poor households nobody works."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import service_plans, service_records
from courses.queries import households, service_files, services_due
from courses.queries import service_plans as queries
from courses.rules.service_plans import REVIEW_AFTER
from registry.actions import hardship, standing
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor, a_spell
from tests.courses.queries.test_service_records import served, without_work
from tests.registry.factories import a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 10)


def monitored(n: int, kind: str = "sudden_household", **values: Any) -> Person:
    person = without_work(n, **values)
    hardship.record(by=SYSTEM, on=TODAY, person=person, kind=kind, since=SINCE)
    return person


def planned(person: Person, opened_on: date = TODAY) -> Any:
    return service_plans.open_plan(
        by=SYSTEM, on=TODAY, person=person, kind="hardship", aim="找到工作", opened_on=opened_on
    )


def test_131_is_owed_to_the_monitored_until_all_of_it_is_done() -> None:
    person = monitored(1)
    without_work(2)
    hardship.record(by=SYSTEM, on=TODAY, person=without_work(3), kind="lifted_household", since=SINCE)
    for kind, days in (("guidance", 1), ("vacancy", 3), ("referral", 1)):
        for ago in range(days):
            assert list(services_due.due(SYSTEM, kind=kind, on=TODAY)) == [person]
            served(person, kind, TODAY - timedelta(days=ago))
        assert not services_due.due(SYSTEM, kind=kind, on=TODAY)
        row = services_due.due(SYSTEM, kind=services_due.ALL_131, on=TODAY).first()
        assert (row is None) == (kind == "referral")
    assert service_files.owed(person, on=TODAY).situation.owes_131


def test_a_work_list_is_narrowed_to_ones_own_people_and_to_a_class() -> None:
    mine, nobodys = monitored(1), monitored(2, "marginal_household")
    a_counsellor(mine)
    due: Any = {"kind": "verification", "on": TODAY}
    assert list(services_due.due(SYSTEM, **due, whose="nobody")) == [nobodys]
    assert list(services_due.due(SYSTEM, **due, hardship="sudden_household")) == [mine]
    [row] = services_due.due(SYSTEM, **due, hardship="marginal_household")
    assert ([one.kind for one in row.shown_hardships], row.counsellor) == (["marginal_household"], None)


def test_a_round_is_recorded_with_what_was_done_for_all() -> None:
    people = [monitored(1), monitored(2)]
    service_records.record_many(
        by=SYSTEM, on=TODAY, people=people, kind="vacancy", day=TODAY, summary="五月招聘会的岗位单"
    )
    assert [row.summary for person in people for row in person.service_records.all()] == [
        "五月招聘会的岗位单"
    ] * 2


def test_a_plan_is_owed_to_recent_graduates_and_the_monitored_without_work() -> None:
    graduate, old, poor, settled = without_work(1), without_work(2), monitored(3), monitored(4)
    a_spell(monitored(5), on=TODAY)
    for person, day in ((graduate, date(2023, 6, 30)), (old, date(2020, 6, 30))):
        service_records.record_graduation(
            by=SYSTEM, on=TODAY, person=person, graduated_on=day, level="bachelor"
        )
    planned(settled)
    assert list(queries.without_plan(SYSTEM, on=TODAY)) == [graduate, poor]
    assert list(queries.without_plan(SYSTEM, on=TODAY, kind="graduate")) == [graduate]
    other = an_actor("counsellor", a_federation("211104"))
    assert not queries.without_plan(other, on=TODAY)


def test_a_plan_is_to_be_reviewed_a_quarter_after_it_was_looked_at() -> None:
    fresh, old, reviewed = (
        planned(without_work(n), day)
        for n, day in ((1, TODAY), (2, TODAY - REVIEW_AFTER), (3, TODAY - REVIEW_AFTER))
    )
    service_plans.review(by=SYSTEM, on=TODAY, plan=reviewed, reviewed_on=TODAY, finding="有进展", aim="上班")
    assert list(queries.listed(SYSTEM, on=TODAY)) == [old]
    assert set(queries.listed(SYSTEM, on=TODAY, show="open")) == {fresh, old, reviewed}
    service_plans.close(by=SYSTEM, on=TODAY, plan=old, closed_on=TODAY, reason="moved")
    assert list(queries.listed(SYSTEM, on=TODAY, show="closed")) == [old]


def test_a_poor_household_is_listed_while_somebody_wants_work_and_nobody_has_it() -> None:
    head = a_person(1, residence="rural")
    member = without_work(2, household_of=head, kind="household_member", category="")
    hardship.record(by=SYSTEM, on=TODAY, person=member, kind="lifted_household", since=SINCE)
    monitored(3, residence="urban")  # of a town
    without_work(4, residence="rural")  # not poor
    monitored(5, residence="rural", employment_need=False)  # nobody wants work
    [row] = households.without_work(SYSTEM, on=TODAY)
    assert (row, [one.pk for one in row.members]) == (head, [member.pk])
    assert row.members[0].wants
    standing.record_employment(by=SYSTEM, on=TODAY, person=head, status="employed", since=TODAY)
    assert not households.without_work(SYSTEM, on=TODAY)


def test_lists_and_a_file_take_fixed_queries() -> None:
    counts: list[list[int]] = []
    for numbers in (range(1, 3), range(3, 13)):
        people = [monitored(n, residence="rural") for n in numbers]
        for person in people[1:]:
            planned(person, TODAY - REVIEW_AFTER)
        taken = []
        for rows in (
            services_due.due(SYSTEM, kind=services_due.ALL_131, on=TODAY),
            queries.without_plan(SYSTEM, on=TODAY),
            queries.listed(SYSTEM, on=TODAY),
            households.without_work(SYSTEM, on=TODAY),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert len(rows)
            taken.append(len(captured))
        counts.append(taken)
    assert counts[0] == counts[1]

from datetime import timedelta
from decimal import Decimal

import pytest

from courses.actions import other_funding
from courses.models import OtherFunding
from courses.subsidy_errors import FundingUndone
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.subsidy_factories import funding, other_funding_of
from tests.registry.factories import a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_a_payment_of_another_office_is_recorded_once():
    person = a_person()
    assert other_funding_of(person) == other_funding_of(person)
    assert OtherFunding.objects.get().payer == "天水市秦州区人力资源和社会保障局"
    assert AuditEvent.objects.filter(verb="other_funding.recorded").count() == 1


def test_good_rows_are_kept_and_each_bad_one_says_what_is_wrong():
    rows = {
        2: funding(a_person(1)),
        3: funding(a_person(2), amount=Decimal("0")),
        4: funding(a_person(3), paid_on=TODAY + timedelta(days=1), item="gift", payer=" "),
        5: funding(a_person(4)),
    }
    recorded = other_funding.record_all(by=SYSTEM, on=TODAY, rows=rows)
    assert [row.person for row in recorded.kept] == [rows[2].person, rows[5].person]
    assert recorded.problems == {
        3: {"amount": "amount_positive"},
        4: {"item": "field_choice", "payer": "field_missing", "paid_on": "date_in_future"},
    }
    again = other_funding.record_all(by=SYSTEM, on=TODAY, rows={2: rows[2]})
    assert (again.kept, again.known) == ([], 1)


def test_a_wrong_row_is_undone_with_its_reason_once():
    row = other_funding_of(a_person())
    with pytest.raises(InvalidInput):
        other_funding.undo(by=SYSTEM, on=TODAY, funding=row, reason=" ")
    other_funding.undo(by=SYSTEM, on=TODAY, funding=row, reason="登记错人")
    assert not OtherFunding.objects.standing().exists()
    with pytest.raises(FundingUndone):
        other_funding.undo(by=SYSTEM, on=TODAY, funding=row, reason="登记错人")


@pytest.mark.parametrize(("role", "region"), [("counsellor", "620500"), ("federation_officer", "620503")])
def test_only_who_checks_subsidies_of_the_person_records(role, region):
    person = a_person(region="620502")
    actor = an_actor(role, a_federation(region))
    with pytest.raises(NotPermitted):
        other_funding.record(by=actor, on=TODAY, funding=funding(person))
    row = other_funding_of(person)
    with pytest.raises(NotPermitted):
        other_funding.undo(by=actor, on=TODAY, funding=row, reason="登记错人")

"""Bulletins: units compared, frozen when drafted, issued by another person, read by those below."""

from datetime import date

import pytest

from goals.actions import bulletins
from goals.errors import BulletinIssued
from goals.models import Allocation, Bulletin
from registry.actions import accounts
from registry.actions.base_events import OwnWork
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.factories import a_member, certified
from tests.goals.report_factories import a_bulletin, a_month, a_target, the_plans
from tests.registry.factories import a_federation, a_region, an_account, an_actor

pytestmark = pytest.mark.django_db

COUNTIES = ("620502", "620503", "620521")


@pytest.fixture(autouse=True)
def _plans():
    the_plans(*COUNTIES)


def given(target, **values):
    for code, value in values.items():
        Allocation.objects.create(
            target=a_target(target), region=a_region(code.strip("_")), value=value, set_on=TODAY, set_by="市"
        )


def rows(bulletin, item=0):
    shown = bulletin.figures["items"][item]["rows"]
    return [
        (row["region"], row["task"], row["done"], row["rate"], row["rank"], row["below"]) for row in shown
    ]


def test_units_are_ranked_by_a_share_against_the_average_of_all():
    for n, county in enumerate(("620502", "620502", "620503"), 1):
        member = a_member(n, county)
        if n == 1:
            certified(member, "embroidery")
            certified(member, "livestreaming")
    bulletin = a_bulletin()
    assert bulletin.figures["items"][0]["line"] == "33.3"
    assert rows(bulletin) == [
        ("620502", "2", 1, "50.0", 1, False),
        ("620503", "1", 0, "0.0", 2, True),
        ("620521", "0", 0, None, None, False),
    ]


def test_a_target_is_compared_by_what_each_unit_was_allocated():
    given("TS-01", _620502=10, _620503=20)
    month = date(2024, 5, 31)
    for code, done in (("620502", 9), ("620503", 18), ("620521", 4)):
        a_month(code, month, newly_employed=done)
    a_month("620500", month, newly_employed=31)
    bulletin = a_bulletin(items=["TS-01"], line="full", month_end=month)
    assert rows(bulletin) == [
        ("620502", "10", 9, "90.0", 1, True),
        ("620503", "20", 18, "90.0", 1, True),
        ("620521", None, 4, None, None, False),
    ]
    assert bulletin.as_of == month
    with pytest.raises(InvalidInput) as refusal:
        a_bulletin(
            items=["TS-01"], period=a_target("TS-01").plan.period.__class__.objects.get(first_year=2023)
        )
    assert refusal.value.facts == {"fields": {"items": "item_of_other_years"}}


def test_what_was_frozen_stays_until_the_draft_is_changed_and_for_ever_once_issued():
    bulletin = a_bulletin()
    a_member()
    bulletin.refresh_from_db()
    assert rows(bulletin)[0][1] == "0"
    changed = bulletins.edit(
        by=SYSTEM,
        on=TODAY,
        bulletin=bulletin,
        period=bulletin.period,
        title="通报",
        items=["two_skill_coverage"],
        line="elapsed",
    )
    assert rows(changed)[0][1] == "1"
    assert changed.figures["items"][0]["line"] == "80.7", "884 of 1096 days"
    bulletins.issue(by=SYSTEM, on=TODAY, bulletin=changed, number="天残联发〔2024〕12号")
    with pytest.raises(BulletinIssued):
        bulletins.edit(
            by=SYSTEM,
            on=TODAY,
            bulletin=changed,
            period=bulletin.period,
            title="通报",
            items=["TS-01"],
            line="full",
        )
    with pytest.raises(AlreadyHeld):
        bulletins.issue(by=SYSTEM, on=TODAY, bulletin=a_bulletin(), number="天残联发〔2024〕12号")


def test_an_officer_drafts_and_another_person_who_decides_issues():
    account = an_account("federation_officer", a_federation("620500"))
    accounts.grant(by=SYSTEM, on=TODAY, account=account, role="approver", federation=a_federation("620500"))
    both = actor_for(account, on=TODAY)
    bulletin = a_bulletin(by=both)
    with pytest.raises(OwnWork):
        bulletins.issue(by=both, on=TODAY, bulletin=bulletin, number="1")
    with pytest.raises(NotPermitted):
        bulletins.issue(
            by=an_actor("approver", a_federation("620000")), on=TODAY, bulletin=bulletin, number="1"
        )
    with pytest.raises(NotPermitted):
        a_bulletin(by=an_actor("federation_officer", a_federation("620502")))
    approver = an_actor("approver", a_federation("620500"))
    assert bulletins.issue(by=approver, on=TODAY, bulletin=bulletin, number="1").state == "issued"


def test_every_unit_below_reads_what_was_issued_and_nobody_below_a_draft():
    bulletin = a_bulletin()
    county = an_actor("read_only", a_federation("620502"))
    assert not Bulletin.objects.visible_to(county).exists()
    assert Bulletin.objects.visible_to(an_actor("approver", a_federation("620500"))).exists()
    assert not Bulletin.objects.visible_to(an_actor("read_only", a_federation("620000"))).exists()
    bulletins.issue(by=SYSTEM, on=TODAY, bulletin=bulletin, number="1")
    for reader in ("620502", "620000"):
        assert Bulletin.objects.visible_to(an_actor("read_only", a_federation(reader))).exists()
    assert not Bulletin.objects.visible_to(an_actor("read_only", a_federation("120000"))).exists()

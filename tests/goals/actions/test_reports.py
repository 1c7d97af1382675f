"""Reports: who writes them, what is frozen when they are handed in, and what stays of every version."""

from datetime import date

import pytest

from goals.actions import report_decisions, reports
from goals.errors import FiguresNotCounted, ReportChanged, ReportInState
from goals.models import Allocation, PlanPeriod, Report
from goals.rules.reports import stamp
from registry.actions import accounts
from registry.actions.base_events import OwnWork
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.factories import a_member, certified
from tests.goals.report_factories import (
    a_month,
    a_report,
    a_target,
    accepted,
    returned,
    submitted,
    the_plans,
    written,
)
from tests.registry.factories import a_federation, a_region, an_account, an_actor

DECEMBER = date(2024, 12, 5)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plans():
    the_plans("620502", "620503")


def officer(region, role="federation_officer"):
    return an_actor(role, a_federation(region))


def indicator(figures, key):
    return next(one for one in figures["indicators"] if one["key"] == key)


def test_only_an_officer_of_the_very_unit_writes_its_report():
    assert a_report(by=officer("620502")).state == "draft"
    for other in (officer("620500"), officer("620503"), officer("620502", "approver")):
        with pytest.raises(NotPermitted):
            a_report(by=other, year=2023)


def test_a_unit_begins_only_what_it_owes_and_once():
    a_report()
    with pytest.raises(AlreadyHeld):
        a_report()
    with pytest.raises(InvalidInput) as refusal:
        a_report(year=2025)
    assert refusal.value.facts == {"fields": {"year": "report_not_owed"}}
    with pytest.raises(InvalidInput):
        a_report(target="TS-09")  # the city's own


def test_every_section_must_be_written_before_it_is_handed_in():
    report = a_report()
    reports.write(by=SYSTEM, report=report, section="results", text="培训 20 人")
    with pytest.raises(InvalidInput) as refusal:
        reports.submit(by=SYSTEM, on=TODAY, report=report)
    assert set(refusal.value.facts["fields"]) == {"implementation", "experience", "problems"}
    assert "findings" in a_report(target="TS-08").sections, "an evaluation concludes something too"


def test_two_who_change_one_section_at_once_do_not_undo_each_other():
    report = a_report()
    opened = stamp("")
    reports.write(by=SYSTEM, report=report, section="results", text="甲写的", was=opened)
    reports.write(by=SYSTEM, report=report, section="problems", text="另一部分", was=opened)
    with pytest.raises(ReportChanged):
        reports.write(by=SYSTEM, report=report, section="results", text="乙写的", was=opened)
    report.refresh_from_db()
    assert report.results == "甲写的"


def test_figures_are_frozen_when_it_is_handed_in_and_nothing_changes_them():
    member = a_member()
    Allocation.objects.create(
        target=a_target("TS-01"), region=a_region("620502"), value=400, set_on=TODAY, set_by="市"
    )
    report = submitted()
    before = report.filings.get().figures
    certified(member, "embroidery")
    certified(member, "livestreaming")
    after = report.filings.get()
    assert after.figures == before
    assert (after.as_of, before["years"], before["definitions"]) == (TODAY, "2024", 1)
    assert indicator(before, "two_skill_coverage")["denominator"] == 1
    task = next(one for one in before["tasks"] if one["target"] == "TS-01")
    assert (task["task"], task["done"], task["rate"], task["allocated"]) == ("400", 0, "0.0", True)
    assert task["years"] == "2022-2024", "the plan's task runs over its years, whatever the report's year"


def test_the_end_of_a_month_can_be_frozen_instead_so_that_a_report_closes_before_the_year():
    a_month("620502", date(2024, 11, 30), two=3, members=8)
    report = a_report()
    reports.choose_date(by=SYSTEM, on=DECEMBER, report=report, month_end=date(2024, 11, 30))
    filing = submitted(report, on=DECEMBER).filings.get()
    assert filing.as_of == date(2024, 11, 30)
    assert indicator(filing.figures, "two_skill_coverage")["share"] == "37.5"
    with pytest.raises(InvalidInput):
        reports.choose_date(by=SYSTEM, on=TODAY, report=a_report(year=2023), month_end=date(2023, 1, 31))


def test_figures_of_a_period_that_is_still_being_counted_are_not_frozen():
    PlanPeriod.objects.filter(first_year=2024, last_year=2024).update(counted_to=0)
    with pytest.raises(FiguresNotCounted):
        submitted()


def test_a_returned_report_is_mended_and_frozen_again_and_both_versions_stay():
    report = returned(submitted(on=date(2024, 12, 20)), reason="请补充经验做法")
    with pytest.raises(ReportInState):
        report_decisions.accept(by=SYSTEM, on=TODAY, report=report)
    reports.write(by=SYSTEM, report=report, section="experience", text="送教上门")
    accepted(submitted(report, on=date(2025, 1, 8)), on=date(2025, 1, 9))
    first, second = Report.objects.get().filings.all()
    assert (first.is_accepted, first.reason, second.is_accepted) == (False, "请补充经验做法", True)
    assert (first.number, second.number) == (1, 2)
    assert first.sections["experience"] == "本部分：experience"
    assert Report.objects.get().filed_on == date(2024, 12, 20), "it was in time"


def test_an_approver_of_the_federation_it_goes_to_decides_and_nobody_else():
    report = submitted()
    for other in (officer("620502", "approver"), officer("620000", "approver"), officer("620500")):
        with pytest.raises(NotPermitted):
            report_decisions.accept(by=other, on=TODAY, report=report)
    assert report_decisions.accept(by=officer("620500", "approver"), on=TODAY, report=report).is_accepted
    verbs = AuditEvent.objects.filter(subject_id=report.public_id).values_list("verb", flat=True)
    assert {"report.started", "report.written", "report.submitted", "report.accepted"} <= set(verbs)


def test_whoever_handed_it_in_does_not_decide_it():
    account = an_account("federation_officer", a_federation("620500"))
    accounts.grant(by=SYSTEM, on=TODAY, account=account, role="approver", federation=a_federation("620500"))
    both = actor_for(account, on=TODAY)
    report = submitted(region="620500", target="TS-09", by=both)
    with pytest.raises(OwnWork):
        report_decisions.accept(by=both, on=TODAY, report=report)


def test_a_report_to_the_state_council_is_filed_when_it_was_sent_there():
    report = accepted(submitted(region="120000", target="TJ-07", on=date(2024, 12, 1)), on=date(2024, 12, 2))
    assert report.handed_in_on is None
    with pytest.raises(InvalidInput):
        reports.send(
            by=SYSTEM, on=TODAY, report=report, sent_on=date(2024, 11, 1), sent_number="津残工委〔2024〕9号"
        )
    sent = reports.send(
        by=SYSTEM, on=DECEMBER, report=report, sent_on=DECEMBER, sent_number="津残工委〔2024〕9号"
    )
    assert sent.handed_in_on == DECEMBER
    with pytest.raises(ReportInState):
        reports.send(by=SYSTEM, on=TODAY, report=report, sent_on=TODAY, sent_number="2")


def test_a_draft_is_the_units_own_until_it_is_handed_in():
    report = written(a_report())
    county, city, other = officer("620502"), officer("620500"), officer("620503")
    assert list(Report.objects.visible_to(county)) == [report]
    assert not Report.objects.visible_to(city).exists()
    submitted(report)
    assert list(Report.objects.visible_to(city)) == [report]
    assert not Report.objects.visible_to(other).exists()

"""Certificates that wait for somebody: to be issued, to be verified."""

from datetime import timedelta
from typing import Any

import pytest

from certificates.actions import certificates, changes, external, reports
from certificates.queries import work
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_cohort_to_certify,
    a_policy,
    a_report,
    an_external_certificate,
    an_issued_certificate,
    an_issuing_base,
)
from tests.conftest import TODAY
from tests.courses.factories import ENDS_ON, a_completed_cohort, bring_to
from tests.registry.factories import a_federation, a_person, an_account, an_actor

pytestmark = pytest.mark.django_db


def lines(actor: Actor, on: Any = ISSUED_ON) -> dict[str, tuple[int, Any, str]]:
    return {one.key: (one.count, one.oldest, one.url) for one in work.waiting(actor, on=on)}


def test_a_completed_cohort_waits_until_its_last_certificate_is_issued() -> None:
    base = an_issuing_base()
    cohort = a_cohort_to_certify(3, base=base)
    manager = an_actor("base_manager", base)
    address = f"/courses/cohorts/{cohort.public_id}/certificates/"
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=1)
    assert lines(manager) == {"cohorts_to_issue": (1, ENDS_ON, address)}
    assert [row.ready for row in work.cohorts_to_issue(manager, on=ISSUED_ON)] == [2]
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    assert lines(manager) == {}


def test_nothing_waits_that_cannot_be_issued_or_was_laid_aside() -> None:
    base = an_issuing_base()
    manager = an_actor("base_manager", base)
    a_completed_cohort(base, score="40")
    cohort = a_cohort_to_certify(base=base)
    a_cohort_to_certify(base=base, skill="medical-massage")
    assert lines(manager, on=ENDS_ON - timedelta(1)) == {}
    assert lines(manager, on=ENDS_ON)["cohorts_to_issue"][0] == 1
    bring_to(cohort, "closed")
    assert lines(manager) == {}


def test_only_who_issues_is_asked_to_issue() -> None:
    base = an_issuing_base()
    a_cohort_to_certify(base=base)
    for actor in (an_actor("trainer", base), an_actor("approver"), an_actor("base_manager")):
        assert lines(actor) == {}


def test_an_external_certificate_waits_for_another_person_than_who_recorded_it() -> None:
    city = a_federation("620500")
    first, second = (actor_for(an_account("approver", city), on=TODAY) for _ in range(2))
    held = an_external_certificate(a_person(1, region="620502"))
    type(held).objects.update(recorder=first.account_id)
    assert lines(first) == {}
    address = f"/external-certificates/{held.public_id}/"
    assert lines(second) == {"external_to_verify": (1, TODAY, address)}
    external.verify(by=second, on=TODAY, external=held, how="全国联网查询")
    assert lines(second) == {}


def test_several_lead_to_the_list_of_those_waiting_and_cancelled_ones_do_not_count() -> None:
    approver = an_actor("approver", a_federation("620500"))
    for n in (1, 2, 3):
        held = an_external_certificate(a_person(n, region="620502"))
    external.cancel(by=SYSTEM, on=TODAY, external=held, reason="重复登记")
    an_external_certificate(a_person(4, region="360102"))
    assert lines(approver) == {"external_to_verify": (2, TODAY, "/external-certificates/?state=waiting")}
    assert lines(an_actor("federation_officer", a_federation("620500"))) == {}


def test_each_kind_takes_one_query(django_assert_num_queries: Any) -> None:
    base = an_issuing_base()
    for n in range(3):
        a_cohort_to_certify(base=base)
        an_external_certificate(a_person(70 + n, region="620502"))
    manager, approver = an_actor("base_manager", base), an_actor("approver", a_federation("620500"))
    for actor, kinds in ((manager, 1), (approver, 3)):
        with django_assert_num_queries(kinds):
            assert len(work.waiting(actor, on=ISSUED_ON)) == 1


def test_a_report_waits_for_the_approvers_above_the_base_until_one_of_them_closes_it() -> None:
    report = a_report(an_issued_certificate())
    address = f"/certificate-reports/{report.public_id}/"
    city, county = (an_actor("approver", a_federation(code)) for code in ("620500", "620502"))
    elsewhere, officer = (
        an_actor("approver", a_federation("620600")),
        an_actor("federation_officer", a_federation("620500")),
    )
    for actor in (city, county):
        assert lines(actor) == {"reports_to_close": (1, ISSUED_ON, address)}
    assert lines(elsewhere) == lines(officer) == {}
    reports.close(by=city, on=ISSUED_ON, report=report, note="查明属实，已撤销。")
    assert lines(city) == lines(county) == {}


def test_a_change_waits_for_another_approver_than_who_asked_for_it() -> None:
    a_policy(two_people_withdraw=True)
    city = a_federation("620500")
    first, second = (actor_for(an_account("approver", city), on=TODAY) for _ in range(2))
    certificate = an_issued_certificate()
    change = changes.ask(by=first, at=AT, kind="withdraw", certificate=certificate, reason_class="fraud")
    address = f"/certificate-changes/{change.public_id}/"
    assert lines(first) == {}
    assert lines(second) == {"changes_to_approve": (1, ISSUED_ON, address)}
    assert lines(an_actor("base_manager", certificate.base)) == {}
    assert lines(an_actor("approver", a_federation("360100"))) == {}
    changes.approve(by=second, at=AT, change=change)
    assert lines(second) == {}

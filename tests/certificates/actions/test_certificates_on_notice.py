"""A certificate waits for its public notice where the federation wants one, and wherever there is one."""

from datetime import date

import pytest

from certificates.actions import certificates
from certificates.errors import NoticeNeeded, NoticeObjected, OnNotice
from certificates.queries import notices as queries
from registry.actions import notices, standards
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify
from tests.registry.factories import a_federation, a_person
from tests.registry.notice_factories import an_answer, an_objection

pytestmark = pytest.mark.django_db
AFTER = date(2024, 7, 31)


def on_notice(cohort, **values):
    asked = {
        "by": SYSTEM,
        "on": ISSUED_ON,
        "federation": a_federation("620500"),
        "kind": "certificate",
        "title": queries.title(cohort),
        "items": queries.items(cohort, on=ISSUED_ON),
    }
    return notices.publish(**asked | values)


def refusals(cohort, on):
    done = certificates.issue_cohort(by=SYSTEM, on=on, cohort=cohort)
    return done.issued, [type(refusal.error) for refusal in done.refused]


def wanted():
    standards.decide(
        by=SYSTEM,
        federation=a_federation("620500"),
        key="certificate_notice_needed",
        value=True,
        document="市级管理办法",
        since=date(2024, 1, 1),
    )


def test_the_items_are_masked_and_say_the_course_without_its_trainees():
    cohort = a_cohort_to_certify([a_person(1, name="欧阳修文")])
    [item] = queries.items(cohort, on=ISSUED_ON)
    assert item.name == "欧阳**"
    assert item.subject == cohort.enrolments.get()
    assert "残疾" not in queries.title(cohort) + item.text


def test_nobody_waits_where_no_notice_is_wanted_and_none_was_published():
    assert refusals(a_cohort_to_certify(2), ISSUED_ON) == (2, [])


def test_where_it_is_wanted_everyone_waits_until_a_notice_has_passed():
    wanted()
    cohort = a_cohort_to_certify(2)
    assert refusals(cohort, ISSUED_ON) == (0, [NoticeNeeded, NoticeNeeded])
    on_notice(cohort)
    assert refusals(cohort, ISSUED_ON) == (0, [OnNotice, OnNotice])
    assert refusals(cohort, AFTER) == (2, [])


def test_a_notice_holds_back_even_where_none_is_wanted():
    cohort = a_cohort_to_certify(1)
    notice = on_notice(cohort)
    with pytest.raises(OnNotice) as error:
        certificates.issue(by=SYSTEM, on=ISSUED_ON, enrolment=cohort.enrolments.get())
    assert error.value.facts == {"until": notice.ends_on.isoformat()}


def test_an_objection_holds_back_one_and_not_the_others():
    cohort = a_cohort_to_certify(2)
    objection = an_objection(on_notice(cohort), on=ISSUED_ON)
    assert refusals(cohort, AFTER) == (1, [NoticeObjected])
    assert queries.items(cohort, on=ISSUED_ON) == []
    an_answer(objection, on=AFTER)
    assert refusals(cohort, AFTER) == (2, [])


def test_who_was_objected_to_rightly_can_be_put_on_notice_again():
    cohort = a_cohort_to_certify(2)
    first = on_notice(cohort)
    an_answer(an_objection(first, on=ISSUED_ON), is_upheld=True, on=AFTER)
    assert [item.subject.pk for item in queries.items(cohort, on=AFTER)] == [
        first.items.get(position=1).subject_id
    ]


def test_a_long_name_is_cut_before_its_last_words():
    cohort = a_cohort_to_certify(1)
    cohort.name = "长" * 80
    title = queries.title(cohort)
    assert len(title) == 80
    assert title.endswith("拟发证书人员名单")

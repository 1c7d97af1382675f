"""The inside of notices: taken down, filed, objections answered."""

import pytest
from django.urls import reverse

from registry.models import Objection, PublicNotice
from registry.queries import notice_work
from registry.queries.actors import actor_for
from registry.requests import today
from tests.conftest import TODAY
from tests.registry.factories import a_federation, an_account, an_actor
from tests.registry.notice_factories import AFTER, a_notice, an_answer, an_objection

pytestmark = pytest.mark.django_db


def of(name, row):
    return reverse(f"registry:{name}", args=[row.public_id])


def test_an_officer_takes_a_notice_down_with_a_reason(browser):
    officer = browser("federation_officer", a_federation("620500"))
    notice = a_notice(on=today())
    assert officer.post(of("withdraw-notice", notice), {"reason": ""}).status_code == 422
    assert officer.post(of("withdraw-notice", notice), {"reason": "残联要求"}).status_code == 422
    assert officer.post(of("withdraw-notice", notice), {"reason": "名单有误"}).status_code == 302
    assert PublicNotice.objects.get().withdrawn_reason == "名单有误"


def test_the_record_keeps_the_items_after_the_end_and_says_what_is_next(browser):
    notice = a_notice()
    text = browser("auditor", a_federation("620500")).get(of("notice-record", notice)).content.decode()
    assert notice.items.get().name in text
    assert "公示通过的机构可以挂牌" in text
    assert "办结这份公示" not in text


def test_an_ended_notice_is_filed_by_an_officer(browser):
    officer = browser("federation_officer", a_federation("620500"))
    notice = a_notice()
    assert "办结这份公示" in officer.get(of("notice-record", notice)).content.decode()
    assert officer.post(of("conclude-notice", notice)).status_code == 302
    assert PublicNotice.objects.get().concluded_on == today()


def test_an_approver_answers_and_sees_the_contact_only_until_then(browser):
    approver = browser("approver", a_federation("620500"))
    objection = an_objection(a_notice(on=today()), on=today(), contact="13900001111")
    assert "13900001111" in approver.get(of("objection", objection)).content.decode()
    sent = {"is_upheld": "yes", "answer": "情况属实。"}
    assert approver.post(of("answer-objection", objection), sent).status_code == 302
    held = Objection.objects.get()
    assert (held.state, held.contact) == ("upheld", "")
    assert "情况属实。" in approver.get(of("objection", objection)).content.decode()


def test_an_auditor_reads_an_objection_without_the_contact(browser):
    objection = an_objection(a_notice(on=today()), on=today(), contact="13900001111")
    text = browser("auditor", a_federation("620500")).get(of("objection", objection)).content.decode()
    assert objection.text in text
    assert "13900001111" not in text
    assert "送出答复" not in text


def test_the_list_of_records_costs_as_many_queries_for_many(browser, django_assert_max_num_queries):
    officer = browser("federation_officer", a_federation("620500"))
    for _number in range(20):
        a_notice()
    with django_assert_max_num_queries(8):
        text = officer.get(reverse("registry:notice-records")).content.decode()
    assert "共 20 份" in text


def test_the_first_page_counts_what_waits():
    federation = a_federation("620500")
    publisher = an_account("federation_officer", federation)
    notice = a_notice(federation, by=actor_for(publisher, on=TODAY))
    objection = an_objection(notice)
    mine, approver = actor_for(publisher, on=TODAY), an_actor("approver", federation)

    def keys(actor, on):
        return [(one.key, one.count, one.oldest) for one in notice_work.waiting(actor, on=on)]

    assert keys(mine, AFTER) == []
    assert keys(approver, AFTER) == [("objections_open", 1, TODAY)]
    an_answer(objection, by=approver)
    assert keys(approver, AFTER) == []
    assert keys(mine, AFTER) == [("notices_ended", 1, notice.ends_on)]
    assert keys(an_actor("auditor", federation), AFTER) == []

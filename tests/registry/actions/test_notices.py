"""Publishing a notice, taking it down early, filing it."""

from datetime import date, timedelta

import pytest

from registry.actions import notices
from registry.errors import AlreadyOnNotice, InvalidInput, NoticeNotOver, NoticeOver, NotPermitted
from registry.models import AuditEvent, NoticeItem
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, an_actor
from tests.registry.notice_factories import (
    AFTER,
    a_notice,
    an_answer,
    an_item,
    an_item_of_a_person,
    an_objection,
)

pytestmark = pytest.mark.django_db


def problems(error):
    return error.value.facts["fields"]


def test_it_runs_for_its_working_days_and_ends_by_itself():
    notice = a_notice(days=7)
    assert (notice.starts_on, notice.ends_on) == (TODAY, date(2024, 6, 12))
    assert notice.state(notice.ends_on) == "published"
    assert notice.state(AFTER) == "ended"


def test_the_items_are_a_snapshot_with_persons_masked():
    notice = a_notice(items=[an_item_of_a_person(1, name="欧阳修文"), an_item(name="甲学校", text="三级")])
    first, second = notice.items.all()
    assert (first.name, first.text, first.subject_type) == ("欧阳**", "电子商务，五级", "registry.person")
    assert (second.name, second.text) == ("甲学校", "三级")


def test_who_published_it_is_kept():
    officer = an_actor("federation_officer", a_federation("620500"))
    notice = a_notice(by=officer)
    assert (notice.published_by, notice.published_by_id) == (officer.name, officer.account_id)
    event = AuditEvent.objects.get(verb="notice.published")
    assert event.facts["items"] == 1


@pytest.mark.parametrize("role", ["approver", "counsellor", "auditor", "read_only", "base_manager"])
def test_only_an_officer_publishes(role):
    federation = a_federation("620500")
    place = a_base("620500") if role == "base_manager" else federation
    with pytest.raises(NotPermitted):
        a_notice(federation, by=an_actor(role, place))


def test_an_officer_of_a_county_does_not_publish_for_the_city():
    officer = an_actor("federation_officer", a_federation("620502"))
    with pytest.raises(NotPermitted):
        a_notice(a_federation("620500"), by=officer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "拟认定的盲人按摩培训机构"}, "title"),
        ({"intro": "市残联审核后公示"}, "intro"),
    ],
)
def test_words_that_disclose_a_disability_are_refused(values, field):
    with pytest.raises(InvalidInput) as error:
        a_notice(**values)
    assert problems(error) == {field: "notice_discloses"}


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": "天水市残疾人培训中心"}, "notice_discloses"),
        ({"text": "电话 13812345678"}, "notice_personal_number"),
    ],
)
def test_items_are_checked_too(values, problem):
    with pytest.raises(InvalidInput) as error:
        a_notice(items=[an_item(**values)])
    assert problems(error) == {"items": problem}


def test_a_notice_of_nothing_is_refused():
    with pytest.raises(InvalidInput) as error:
        a_notice(items=[])
    assert problems(error) == {"items": "notice_items_missing"}


def test_it_may_run_longer_than_the_days_but_not_shorter():
    assert a_notice(ends_on=date(2024, 6, 20)).ends_on == date(2024, 6, 20)
    with pytest.raises(InvalidInput) as error:
        a_notice(ends_on=date(2024, 6, 11))
    assert problems(error) == {"ends_on": "notice_too_short"}
    with pytest.raises(InvalidInput):
        a_notice(ends_on=TODAY + timedelta(days=400))


def test_the_same_thing_is_on_one_running_notice_only():
    base, other = a_base(), a_base()
    a_notice(items=[an_item(base)])
    with pytest.raises(AlreadyOnNotice) as error:
        a_notice(items=[an_item(other), an_item(base)])
    assert error.value.facts == {"rows": [2]}
    assert a_notice(items=[an_item(base)], on=AFTER).items.count() == 1
    with pytest.raises(InvalidInput):
        a_notice(items=[an_item(other), an_item(other)])


def test_a_hundred_items_are_published_in_few_queries(django_assert_num_queries):
    federation, items = a_federation("620500"), [an_item() for _number in range(100)]
    with django_assert_num_queries(7):
        a_notice(federation, items=items)
    assert NoticeItem.objects.count() == 100


def test_it_is_taken_down_early_with_a_reason_and_stays_down():
    officer = an_actor("federation_officer", a_federation("620500"))
    notice = notices.withdraw(by=officer, on=TODAY, notice=a_notice(), reason="名单有误，另行公示")
    assert notice.state(TODAY) == "withdrawn"
    assert notice.withdrawn_reason == "名单有误，另行公示"
    with pytest.raises(NoticeOver):
        notices.withdraw(by=officer, on=TODAY, notice=notice, reason="再撤一次")


def test_taking_down_needs_a_reason_and_the_permission():
    notice = a_notice()
    officer = an_actor("federation_officer", a_federation("620500"))
    for reason, problem in [("", "field_missing"), ("残联要求", "notice_discloses")]:
        with pytest.raises(InvalidInput) as error:
            notices.withdraw(by=officer, on=TODAY, notice=notice, reason=reason)
        assert problems(error) == {"reason": problem}
    with pytest.raises(NotPermitted):
        notices.withdraw(by=an_actor("approver", a_federation("620500")), on=TODAY, notice=notice, reason="x")


def test_a_notice_that_ended_is_not_taken_down():
    with pytest.raises(NoticeOver):
        notices.withdraw(
            by=an_actor("federation_officer", a_federation("620500")),
            on=AFTER,
            notice=a_notice(),
            reason="晚了",
        )


def test_it_is_filed_once_it_ended_and_every_objection_is_answered():
    officer = an_actor("federation_officer", a_federation("620500"))
    notice = a_notice()
    with pytest.raises(NoticeNotOver):
        notices.conclude(by=officer, on=TODAY, notice=notice)
    objection = an_objection(notice)
    with pytest.raises(NoticeNotOver):
        notices.conclude(by=officer, on=AFTER, notice=notice)
    an_answer(objection, on=AFTER)
    filed = notices.conclude(by=officer, on=AFTER, notice=notice)
    assert (filed.concluded_on, filed.concluded_by) == (AFTER, officer.name)
    assert notices.conclude(by=officer, on=AFTER + timedelta(days=1), notice=notice).concluded_on == AFTER

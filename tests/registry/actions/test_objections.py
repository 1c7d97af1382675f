"""Objections are taken from anyone and answered by a colleague of whoever published."""

import pytest

from registry.actions import notices, objections
from registry.errors import InvalidInput, NoticeOver, NotPermitted, ObjectionAnswered, OwnNotice
from registry.models import AuditEvent, Objection
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, an_actor
from tests.registry.notice_factories import AFTER, a_notice, an_answer, an_objection

pytestmark = pytest.mark.django_db


def test_anyone_objects_and_gets_a_number_that_can_be_said():
    notice = a_notice()
    first, second = an_objection(notice), an_objection(notice, item=None, contact="")
    assert first.receipt != second.receipt
    assert len(first.receipt) == 12
    assert first.receipt.isdecimal()
    assert (first.state, first.item.position, second.item) == ("open", 1, None)


def test_what_was_written_is_in_no_audit_row():
    an_objection(text="张三的身份证是620502198503150011")
    event = AuditEvent.objects.get(verb="objection.made")
    assert "张三" not in str(event.facts)
    assert "6205021985" not in str(event.facts)


def test_it_is_taken_while_the_notice_runs_and_not_after():
    notice = a_notice()
    an_objection(notice, on=notice.ends_on)
    with pytest.raises(NoticeOver):
        an_objection(notice, on=AFTER)
    taken_down = notices.withdraw(by=SYSTEM, on=TODAY, notice=a_notice(), reason="名单有误")
    with pytest.raises(NoticeOver):
        an_objection(taken_down)
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [({"text": " "}, "text"), ({"text": "长" * 1001}, "text"), ({"contact": "1" * 101}, "contact")],
)
def test_bad_input_names_its_field(values, field):
    with pytest.raises(InvalidInput) as error:
        an_objection(**values)
    assert list(error.value.facts["fields"]) == [field]


def test_the_item_must_be_on_the_notice():
    other = a_notice().items.get()
    with pytest.raises(InvalidInput):
        an_objection(a_notice(), item=other)


@pytest.mark.parametrize("is_upheld", [True, False])
def test_an_answer_says_whether_it_is_right_and_forgets_the_contact(is_upheld):
    approver = an_actor("approver", a_federation("620500"))
    held = an_answer(an_objection(), by=approver, is_upheld=is_upheld)
    held.refresh_from_db()
    assert held.state == ("upheld" if is_upheld else "unfounded")
    assert (held.contact, held.answered_by, held.answered_on) == ("", approver.name, TODAY)
    with pytest.raises(ObjectionAnswered):
        an_answer(held, by=approver)


def test_who_published_does_not_answer_but_a_colleague_does():
    federation = a_federation("620500")
    publisher, colleague = (an_actor("federation_officer", federation) for _number in range(2))
    objection = an_objection(a_notice(federation, by=publisher))
    with pytest.raises(OwnNotice):
        an_answer(objection, by=publisher)
    assert an_answer(objection, by=colleague).state == "unfounded"


@pytest.mark.parametrize("role", ["auditor", "counsellor", "base_manager"])
def test_others_do_not_answer(role):
    place = a_base("620500") if role == "base_manager" else a_federation("620500")
    with pytest.raises(NotPermitted):
        an_answer(an_objection(), by=an_actor(role, place))
    with pytest.raises(NotPermitted):
        objections.answer(
            by=ANONYMOUS, on=TODAY, objection=Objection.objects.get(), is_upheld=True, answer="对"
        )


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("", "field_missing"),
        ("长" * 1001, "field_too_long"),
        ("已向残联核实", "notice_discloses"),
        ("请打13812345678", "notice_personal_number"),
    ],
)
def test_the_answer_is_read_outside_and_so_checked(answer, problem):
    with pytest.raises(InvalidInput) as error:
        an_answer(an_objection(), answer=answer)
    assert error.value.facts["fields"] == {"answer": problem}

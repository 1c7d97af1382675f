"""Builds public notices and objections by calling their actions."""

from datetime import date
from typing import Any

from registry.actions import notices, objections
from registry.models import Federation, Objection, PublicNotice
from registry.rules.access import ANONYMOUS, SYSTEM
from registry.rules.notices import Item
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person

SEEN_ON = TODAY
AFTER = date(2024, 6, 13)
"""The day after a notice of seven working days from TODAY, a Monday."""


def an_item(subject: Any = None, **values: Any) -> Item:
    """An item about a base, unless another subject is given."""
    subject = subject or a_base()
    asked: dict[str, Any] = {"name": getattr(subject, "public_name", ""), "text": "拟认定为培训基地"}
    return Item(subject, **asked | values)


def an_item_of_a_person(n: int = 1, **values: Any) -> Item:
    person = a_person(n, **values)
    return Item.of_person(person, person.name, "电子商务，五级")


def a_notice(
    federation: Federation | None = None, items: list[Item] | None = None, **values: Any
) -> PublicNotice:
    """A notice of the city's federation, from TODAY for seven working days."""
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "federation": federation or a_federation("620500"),
        "kind": "accreditation",
        "title": "2024年第一批拟认定培训机构名单",
        "intro": "经审核，拟认定下列机构。有不同意见的，请在公示期内提出。",
        "items": [an_item()] if items is None else items,
        "days": 7,
    }
    return notices.publish(**asked | values)


def an_objection(notice: PublicNotice | None = None, **values: Any) -> Objection:
    """An objection of somebody outside, to the first item of a notice."""
    notice = notice or a_notice()
    asked: dict[str, Any] = {
        "by": ANONYMOUS,
        "on": TODAY,
        "notice": notice,
        "item": notice.items.get(position=1),
        "text": "这家机构的场地去年已经关闭。",
        "contact": "13900001111",
    }
    return objections.make(**asked | values)


def an_answer(objection: Objection, *, is_upheld: bool = False, **values: Any) -> Objection:
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "objection": objection,
        "answer": "已到现场核查，场地正常使用。",
    }
    return objections.answer(is_upheld=is_upheld, **asked | values)

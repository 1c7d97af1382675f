"""Public notices for the browser: what anyone reads, while it runs and after, and the inside."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from registry.actions import notices
from registry.models import Objection, PublicNotice
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.registry.factories import a_base, a_federation, an_account
from tests.registry.notice_factories import a_notice, an_answer, an_item, an_item_of_a_person, an_objection


def running(**values: Any) -> PublicNotice:
    """Notices of today's: visits happen today."""
    return a_notice(**{"on": today()} | values)


def of_persons() -> PublicNotice:
    people = [
        an_item_of_a_person(1, name="古丽娜尔·买买提明·阿卜杜热合曼"),
        an_item_of_a_person(2, name="欧阳修文"),
    ]
    return running(
        kind="certificate",
        title="秦州区启明职业培训学校直播销售第1期拟发证书人员名单",
        items=[*people, *(an_item_of_a_person(n) for n in range(3, 9))],
    )


def withdrawn() -> PublicNotice:
    return notices.withdraw(by=SYSTEM, on=today(), notice=running(), reason="名单有误，另行公示。")


def public(name: str, *args: Any, post: Any = None, query: str = "", status: int = 0) -> Visit:
    return Visit(None, reverse(f"registry:{name}", args=args) + query, post, status)


def inside(
    name: str, *args: Any, role: str = "federation_officer", post: Any = None, query: str = ""
) -> Visit:
    account = an_account(role, a_federation("620500"))
    return Visit(account, reverse(f"registry:{name}", args=args) + query, post)


def list_of_notices(**values: Any) -> Visit:
    running(items=[an_item(a_base())])
    of_persons()
    return public("notices", **values)


def objecting(**values: Any) -> Visit:
    return public("object", of_persons().public_id, **values)


def objecting_to_many() -> Visit:
    items = [an_item() for _number in range(131)]
    return public("object", running(items=items).public_id)


def objected(**values: Any) -> Objection:
    return an_objection(of_persons(), on=today(), text="第一位没有参加培训，\n我和她一起上的班。", **values)


def answered(*, is_upheld: bool = False) -> Objection:
    return an_answer(objected(), is_upheld=is_upheld, on=today())


def objecting_too_often() -> Visit:
    again = objecting(post={"item": "", "text": "又一条"}, status=429)
    for _try in range(5):
        Client().post(again.path, again.post)
    return again


def records(**values: Any) -> Visit:
    objected()
    withdrawn()
    a_notice()
    return inside("notice-records", **values)


def record(notice: PublicNotice, **values: Any) -> Visit:
    return inside("notice-record", notice.public_id, **values)


def record_with_objections() -> Visit:
    notice = a_notice(items=[an_item(), an_item()])
    an_objection(notice)
    an_answer(an_objection(notice, item=notice.items.get(position=2)), is_upheld=True)
    an_objection(notice, item=None)
    return record(notice)


def objections(**values: Any) -> Visit:
    answered()
    an_objection(running(), on=today())
    return inside("objections", **values)


def own_notice() -> Visit:
    account = an_account("federation_officer", a_federation("620500"))
    notice = running()
    PublicNotice.objects.filter(pk=notice.pk).update(published_by_id=account.pk)
    held = an_objection(notice, on=today())
    return Visit(account, reverse("registry:objection", args=[held.public_id]))


def objection(held: Objection, **values: Any) -> Visit:
    return inside("objection", held.public_id, role="approver", **values)


VISITS: dict[str, Callable[[], Visit]] = {
    "registry:notices": list_of_notices,
    "registry:notices, none": lambda: public("notices", query="?kind=subsidy"),
    "registry:notice": lambda: public("notice", of_persons().public_id),
    "registry:notice, of bases": lambda: public("notice", running().public_id),
    "registry:notice, ended": lambda: public("notice", a_notice().public_id, status=410),
    "registry:notice, withdrawn": lambda: public("notice", withdrawn().public_id, status=410),
    "registry:object": lambda: objecting(query="?item=2"),
    "registry:object, nothing filled in": lambda: objecting(post={}),
    "registry:object, to one of many": objecting_to_many,
    "registry:object, too often": objecting_too_often,
    "registry:objection-look-up": lambda: public("objection-look-up"),
    "registry:objection-look-up, wrong": lambda: public(
        "objection-look-up", post={"receipt": "1234 5678 9012"}
    ),
    "registry:objection-receipt": lambda: public("objection-receipt", objected().receipt),
    "registry:objection-receipt, answered": lambda: public("objection-receipt", answered().receipt),
    "registry:notice-records": records,
    "registry:notice-records, none": lambda: inside("notice-records", query="?state=withdrawn"),
    "registry:notice-record": lambda: record(of_persons()),
    "registry:notice-record, ended": lambda: record(a_notice()),
    "registry:notice-record, with objections": record_with_objections,
    "registry:notice-record, withdrawn": lambda: record(withdrawn(), role="auditor"),
    "registry:withdraw-notice": lambda: inside("withdraw-notice", running().public_id),
    "registry:withdraw-notice, without a reason": lambda: inside(
        "withdraw-notice", running().public_id, post={}
    ),
    "registry:withdraw-notice, too late": lambda: inside("withdraw-notice", a_notice().public_id),
    "registry:objections": objections,
    "registry:objections, none": lambda: inside("objections"),
    "registry:objection": lambda: objection(objected()),
    "registry:objection, answered": lambda: objection(answered(is_upheld=True)),
    "registry:objection, of one's own notice": own_notice,
    "registry:answer-objection": lambda: inside(
        "answer-objection", objected().public_id, role="approver", post={}
    ),
}

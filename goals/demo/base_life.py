"""What goes on with the demo's bases: applications on their way, a year's evaluation, a suspension, agencies beside them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from goals.demo.accounts import ACCOUNTS
from goals.demo.organisations import Place
from registry.actions import (
    agencies,
    application_reviews,
    applications,
    base_evaluations,
    bases,
    rectifications,
    suspensions,
)
from registry.models import Account, Application, Federation, Region
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor

NOVEMBER = date(2024, 11, 4)
CITY = "620500"
_OFFERS = {
    "blind_massage": ("braille", "screen_reader", "guide", "tactile", "lodging"),
    "heritage": ("wheelchair", "toilet", "home_teaching"),
    "e_commerce": ("screen_reader", "captions", "wheelchair", "toilet"),
    "rural": ("transport", "home_teaching"),
    "general": ("sign_language", "captions", "wheelchair", "toilet", "lodging"),
}
_AGENCIES = (
    ("620502", "天水市人力资源市场", "hr_agency", ("placement", "guidance"), ("wheelchair", "sign_language")),
    (
        "620503",
        "麦积区青年创业园",
        "carrier",
        ("start_up", "incubation", "workshop"),
        ("wheelchair", "toilet"),
    ),
    ("360102", "东湖区启明人力资源服务公司", "hr_agency", ("placement", "flexible"), ("captions",)),
    ("120119", "蓟州区乡村手工合作社", "carrier", ("workshop", "training"), ("transport",)),
)
_REASONS: dict[str, Any] = {
    "site": "教学楼一层 600 平方米，理论教室 2 间，实操教室 3 间。",
    "equipment": "实训工位 40 个，电脑 30 台。",
    "trainers": "专职教师 6 人，兼职教师 4 人，其中高级工以上 5 人。",
    "access": "入口坡道、扶手、无障碍卫生间，教材有大字版。",
}


def go_on(places: Sequence[Place]) -> None:
    """Every screen of a base's life has something to show, some of it waiting for the demo's accounts."""
    for place in places:
        base = place.base
        bases.edit(
            by=place.manager,
            on=NOVEMBER,
            base=base,
            provisions=_OFFERS[place.plan.category],
            address=base.address,
            phone=base.phone,
        )
    for code, name, kind, services, provisions in _AGENCIES:
        agencies.register(
            by=SYSTEM,
            on=NOVEMBER,
            region=Region.objects.get(code=code),
            name=name,
            kind=kind,
            services=services,
            provisions=provisions,
            address=f"{name}一层服务厅",
            phone="12333",
        )
    of_city = [place for place in places if CITY in place.base.region.path]
    officer, approver = _account("city"), _account("approver")
    _apply(of_city, officer, approver)
    _evaluate(of_city, officer, approver)
    suspended = of_city[-1].base.accreditations.get()
    suspensions.suspend(
        by=SYSTEM,
        on=NOVEMBER,
        accreditation=suspended,
        starts_on=NOVEMBER,
        reason="实训场地搬迁，新场地尚未验收",
    )


def _account(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username), on=NOVEMBER)


def _apply(places: Sequence[Place], officer: Actor, approver: Actor) -> None:
    """One to check, one returned, one that waits for its notice, and a draft of the demo's own base."""
    city = Federation.objects.get(region__code=CITY)
    drafts: list[Application] = [
        applications.apply(
            by=place.manager,
            on=NOVEMBER,
            base=place.base,
            federation=city,
            kind="practical",
            categories=[place.plan.category],
            **_REASONS,
        )
        for place in sorted(places, key=lambda one: one.plan.name != ACCOUNTS[0].organisation)[:4]
    ]
    managers = {place.base.pk: place.manager for place in places}
    for draft in drafts[1:]:
        applications.submit(by=managers[draft.base_id], on=NOVEMBER, application=draft)
    _own, _to_check, returned, accepted = drafts
    application_reviews.give_back(
        by=officer, on=NOVEMBER, application=returned, reason="请补充实训场地的租赁合同"
    )
    application_reviews.check(
        by=officer,
        on=NOVEMBER,
        application=accepted,
        points=[88, 85, 90, 92, 80],
        opinion="场地和师资符合要求，同意上报。",
    )
    application_reviews.accept(by=approver, on=NOVEMBER, application=accepted)


def _evaluate(places: Sequence[Place], officer: Actor, approver: Actor) -> None:
    """The year of the city's own plaques: some decided, one to mend, the rest waiting."""
    city = Federation.objects.get(region__code=CITY)
    managers = {place.base.pk: place.manager for place in places}
    started = base_evaluations.start(by=officer, on=NOVEMBER, federation=city, year=2024)
    for number, evaluation in enumerate(started):
        points = [95 - 27 * number] * len(evaluation.criteria)
        base_evaluations.assess(
            by=managers[evaluation.base_id],
            on=NOVEMBER,
            evaluation=evaluation,
            points=points,
            text="全年办班两期，台账齐全。",
        )
        base_evaluations.score(
            by=officer, on=NOVEMBER, evaluation=evaluation, points=points, opinion="已实地核查。"
        )
        to_mend: dict[str, Any] = (
            {"mend_what": "补齐考勤台账", "mend_by": date(2024, 12, 4)} if points[0] == 68 else {}
        )
        base_evaluations.decide(by=approver, on=NOVEMBER, evaluation=evaluation, **to_mend)
        if to_mend:
            manager = managers[evaluation.base_id]
            rectifications.report(by=manager, on=NOVEMBER, evaluation=evaluation, text="考勤台账已经补齐。")
            break

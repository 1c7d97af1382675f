"""Builds the life of a base by calling its actions: applications, evaluations, suspensions, agencies."""

from datetime import date
from typing import Any

from registry.actions import agencies, application_reviews, applications, base_evaluations, suspensions
from registry.models import (
    Accreditation,
    Agency,
    Application,
    BaseEvaluation,
    Federation,
    Region,
    Suspension,
    TrainingBase,
)
from registry.rules.access import SYSTEM
from registry.rules.criteria import EVALUATION, REVIEW
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_region, an_accreditation

REASONS = {
    "site": "教学楼一层 600 平方米，实操教室 3 间。",
    "equipment": "按摩床 40 张，读屏电脑 30 台。",
    "trainers": "专职教师 8 人，其中高级技师 2 人。",
    "access": "坡道、扶手、盲道和无障碍卫生间。",
}
FULL = [one["most"] for one in REVIEW]
GOOD = [80] * len(REVIEW)
AFTER_NOTICE = date(2024, 6, 20)
"""TODAY is a Monday: a notice of seven working days from then ends on the 12th."""


def an_application(
    state: str = "draft",
    base: TrainingBase | None = None,
    federation: Federation | None = None,
    **values: Any,
) -> Application:
    """An application that went on, without a public notice, to a state: draft, submitted, checked, accepted, returned."""
    base = base or a_base("620502")
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "base": base,
        "federation": federation or a_federation(base.region),
        "kind": "training",
        "categories": ["blind_massage"],
        **REASONS,
    }
    application = applications.apply(**asked | values)
    steps: dict[str, Any] = {
        "submitted": lambda: applications.submit(by=SYSTEM, on=TODAY, application=application),
        "returned": lambda: application_reviews.give_back(
            by=SYSTEM, on=TODAY, application=application, reason="请补充消防验收材料"
        ),
        "checked": lambda: application_reviews.check(
            by=SYSTEM, on=TODAY, application=application, points=GOOD, opinion="条件具备，同意上报。"
        ),
        "accepted": lambda: application_reviews.accept(by=SYSTEM, on=TODAY, application=application),
    }
    roads = {
        "draft": [],
        "submitted": ["submitted"],
        "returned": ["submitted", "returned"],
        "checked": ["submitted", "checked"],
        "accepted": ["submitted", "checked", "accepted"],
    }
    for step in roads[state]:
        application = steps[step]()
    return application


def an_evaluation(state: str = "started", base: TrainingBase | None = None, **values: Any) -> BaseEvaluation:
    """The evaluation of a base of 2024 by the federation of its plaque; decided with 80 points: qualified."""
    base = base or a_base("620502")
    plaque = base.accreditations.first() or an_accreditation(base)
    [evaluation] = [
        one
        for one in base_evaluations.start(by=SYSTEM, on=TODAY, federation=plaque.federation, year=2024)
        if one.base_id == base.pk
    ]
    points = values.pop("points", [80] * len(EVALUATION))
    if state != "started":
        evaluation = base_evaluations.assess(
            by=SYSTEM, on=TODAY, evaluation=evaluation, points=points, text="全年办班 6 期，培训 312 人。"
        )
    if state in ("scored", "decided"):
        evaluation = base_evaluations.score(
            by=SYSTEM, on=TODAY, evaluation=evaluation, points=points, opinion="台账齐全，师资需要加强。"
        )
    if state == "decided":
        evaluation = base_evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation, **values)
    return evaluation


def to_mend(base: TrainingBase | None = None) -> BaseEvaluation:
    """An evaluation that found something to put right by the end of the month."""
    return an_evaluation(
        "decided", base, points=[65] * len(EVALUATION), mend_what="补齐考勤台账", mend_by=date(2024, 6, 30)
    )


def a_suspension(accreditation: Accreditation, **values: Any) -> Suspension:
    asked = {"by": SYSTEM, "on": TODAY, "starts_on": TODAY, "reason": "消防验收没有通过"}
    return suspensions.suspend(**asked | values, accreditation=accreditation)


def an_agency(name: str = "秦州区启航人力资源公司", region: Region | str = "620502", **values: Any) -> Agency:
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "region": a_region(region) if isinstance(region, str) else region,
        "name": name,
        "kind": "hr_agency",
        "services": ["placement", "guidance"],
        "provisions": ["wheelchair"],
        "address": "民主西路 8 号",
        "phone": "0938-8210001",
    }
    return agencies.register(**asked | values)

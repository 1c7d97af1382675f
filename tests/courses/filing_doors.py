"""Who may open which door of filing, packages and vouchers."""

from typing import Any

from courses.actions import vouchers
from registry.rules.access import SYSTEM
from tests.access import APPROVER, COUNSELLOR, EVERYONE, MANAGER, OFFICER, Door, World
from tests.conftest import TODAY
from tests.courses.filing_factories import a_package, a_voucher, an_ability_assessment

FILES = frozenset({MANAGER})
ISSUES = frozenset({OFFICER})
ASSESSES = frozenset({OFFICER, COUNSELLOR, MANAGER})


def build(world: World) -> None:
    """A package with the target's course, a voucher used in the target cohort, an assessment of the target person."""
    world.package = a_package(world.federation, [world.course], name="目标培训包")
    world.voucher = a_voucher(world.person, package=world.package, federation=world.federation)
    vouchers.redeem(by=SYSTEM, on=TODAY, cohort=world.cohort, numbers=[world.voucher.number])
    world.ability = an_ability_assessment(world.person, conclusion="目标评估结论")
    world.secrets |= {
        world.package.name,
        world.voucher.public_id,
        world.voucher.number,
        world.ability.conclusion,
    }


def cohort_id(world: World) -> list[str]:
    return [world.cohort.public_id]


def draft_id(world: World) -> list[str]:
    return [world.draft.public_id]


def submitted_id(world: World) -> list[str]:
    return [world.submitted.public_id]


def package_id(world: World) -> list[str]:
    return [world.package.public_id]


def voucher_id(world: World) -> list[str]:
    return [world.voucher.public_id]


def person_id(world: World) -> list[str]:
    return [world.person.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_whole_package(world: World) -> dict[str, Any]:
    return {"name": "目标培训包", "courses": [world.course.public_id]}


DOORS = [
    Door("courses:filing", EVERYONE, args=cohort_id),
    Door("courses:filing", FILES, EVERYONE, args=draft_id, get=False, post=lambda world: {"act": "submit"}),
    Door(
        "courses:filing",
        frozenset({APPROVER}),
        EVERYONE,
        args=submitted_id,
        get=False,
        post=lambda world: {"act": "approve"},
    ),
    Door("courses:budget", FILES, EVERYONE, args=draft_id, post=nothing),
    Door("courses:orders", FILES, EVERYONE, args=draft_id, post=nothing),
    Door("courses:masters", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:copy-cohort", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:move-cohorts", EVERYONE, listing=True, post=nothing),
    Door(
        "courses:publish-cohorts",
        ISSUES,
        listing=True,
        post=nothing,
        answers=frozenset({200, 302, 404, 422}),  # none is named in the address
    ),
    Door("courses:use-vouchers", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:packages", EVERYONE, listing=True),
    Door("courses:new-package", ISSUES, listing=True, post=nothing),
    Door("courses:package", EVERYONE, args=package_id),
    Door("courses:package", ISSUES, EVERYONE, args=package_id, get=False, post=nothing),
    Door("courses:vouchers", EVERYONE, listing=True),
    Door("courses:issue-vouchers", ISSUES, listing=True, post=nothing),
    Door("courses:voucher", EVERYONE, args=voucher_id),
    Door("courses:voucher", ISSUES, EVERYONE, args=voucher_id, get=False, post=nothing),
    Door("courses:abilities", ASSESSES, EVERYONE, args=person_id, post=nothing),
    # The API says the same.
    Door("api:get_filing", EVERYONE, args=cohort_id),
    Door(
        "api:set_budget",
        FILES,
        EVERYONE,
        args=draft_id,
        get=False,
        method="put",
        post=lambda world: {"lines": []},
    ),
    Door(
        "api:set_masters",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        method="put",
        post=lambda world: {"masters": [{"enrolment": world.enrolment.public_id, "master": "赵师傅"}]},
    ),
    Door(
        "api:copy_cohort",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"starts_on": str(TODAY)},
    ),
    Door(
        "api:move_cohorts",
        EVERYONE,
        EVERYONE,
        get=False,
        # Each cohort answers for itself: who may not move it is told so beside it.
        post=lambda world: {"cohorts": [world.draft.public_id], "state": "submitted"},
    ),
    Door(
        "api:redeem_vouchers",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"numbers": [world.voucher.number]},
    ),
    Door("api:list_packages", EVERYONE, listing=True),
    Door("api:get_package", EVERYONE, args=package_id),
    Door("api:create_package", ISSUES, EVERYONE, get=False, post=a_whole_package),
    Door(
        "api:edit_package", ISSUES, EVERYONE, args=package_id, get=False, method="put", post=a_whole_package
    ),
    Door("api:list_vouchers", EVERYONE, listing=True),
    Door("api:get_voucher", EVERYONE, args=voucher_id),
    Door(
        "api:issue_vouchers",
        ISSUES,
        EVERYONE,
        get=False,
        post=lambda world: {
            "people": [world.person.public_id],
            "package": world.package.public_id,
            "value": "800",
            "expires_on": str(TODAY),
        },
    ),
    Door(
        "api:cancel_voucher",
        ISSUES,
        EVERYONE,
        args=voucher_id,
        get=False,
        post=lambda world: {"reason": "发错了人"},
    ),
    Door("api:list_abilities", ASSESSES, EVERYONE, args=person_id),
    Door(
        "api:record_ability",
        ASSESSES,
        EVERYONE,
        args=person_id,
        get=False,
        post=lambda world: {"assessed_on": str(TODAY), "assessor": "就业服务中心"},
    ),
]

MODELS = {
    "courses.AbilityAssessment": "internal",
    "courses.BudgetLine": "internal",
    "courses.CohortMove": "internal",
    "courses.TrainingPackage": "scoped",
    "courses.Voucher": "scoped",
}

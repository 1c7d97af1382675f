"""Who may open which door of the life of a base: plaques, applications, evaluations, agencies, the directory."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from registry.rules.access import SYSTEM
from tests.access import APPROVER, EVERYONE, MANAGER, OFFICER, Door, World
from tests.registry.base_factories import a_suspension, an_agency, an_application, an_evaluation

OFFICERS, APPROVERS, APPLICANTS = frozenset({OFFICER}), frozenset({APPROVER}), frozenset({MANAGER, OFFICER})


def build(world: World) -> None:
    """The target's application to its city, its evaluation, a suspension of its plaque; an agency of the city."""
    world.base_application = an_application(base=world.base, site="目标场地甲乙丙")
    world.base_evaluation = an_evaluation(base=world.base)
    world.base_suspension = a_suspension(world.plaque, starts_on=date(2099, 1, 1), reason="目标暂停原因")
    world.agency = an_agency("目标服务机构", region="620500", by=SYSTEM)
    world.secrets |= {
        world.base_application.public_id,
        world.base_application.site,
        world.base_evaluation.public_id,
        world.base_suspension.reason,
    }


def base_id(world: World) -> list[Any]:
    return [world.base.public_id]


def plaque_id(world: World) -> list[Any]:
    return [world.base.public_id, world.plaque.pk]


def suspension_id(world: World) -> list[Any]:
    return [world.base.public_id, world.base_suspension.pk]


def application_id(world: World) -> list[Any]:
    return [world.base_application.public_id]


def evaluation_id(world: World) -> list[Any]:
    return [world.base_evaluation.public_id]


def agency_id(world: World) -> list[Any]:
    return [world.agency.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_paper(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("材料.pdf", b"%PDF-1.7 paper")}


def a_base_nowhere(world: World) -> dict[str, Any]:
    named = {"name": "", "public_name": "", "institution_kind": "", "ownership": ""}
    return named | {"region": "none"}


def reasons(world: World) -> dict[str, Any]:
    return {"kind": "none", "categories": []}


def step_doors(page: str, api: str, target: Any, steps: dict[str, frozenset[str]]) -> list[Door]:
    """Each step's page and its call; whoever sees the target without the permission is told so."""

    def of(name: str) -> Any:
        return lambda world: [*target(world), name]

    return [
        door
        for name, roles in steps.items()
        for door in (
            Door(page, roles, EVERYONE, args=of(name), post=nothing),
            Door(api, roles, EVERYONE, args=of(name), get=False, post=nothing),
        )
    ]


DOORS = [
    Door("registry:edit-base", APPLICANTS, EVERYONE, args=base_id, post=nothing),
    Door("registry:base-history", EVERYONE, args=base_id),
    Door("registry:base-coverage", EVERYONE, listing=True),
    Door("registry:suspend-accreditation", APPROVERS, EVERYONE, args=plaque_id, post=nothing),
    Door("registry:reinstate-accreditation", APPROVERS, EVERYONE, args=suspension_id, post=nothing),
    Door("registry:apply", APPLICANTS, EVERYONE, args=base_id, post=nothing),
    Door("registry:applications", EVERYONE, listing=True),
    Door("registry:publish-applications", OFFICERS, listing=True, post=nothing),
    Door("registry:application", EVERYONE, args=application_id),
    Door("registry:edit-application", APPLICANTS, EVERYONE, args=application_id, post=nothing),
    Door(
        "registry:application-evidence",
        APPLICANTS,
        EVERYONE,
        args=application_id,
        get=False,
        post=nothing,
    ),
    *step_doors(
        "registry:application-step",
        "api:step_application",
        application_id,
        {
            "submit": APPLICANTS,
            "check": OFFICERS,
            "return": OFFICERS,
            "accept": APPROVERS,
            "send-back": APPROVERS,
            "accredit": APPROVERS,
            "refuse": APPROVERS,
            "withdraw": APPLICANTS,
        },
    ),
    Door("registry:base-evaluations", EVERYONE, listing=True),
    Door("registry:start-evaluations", OFFICERS, listing=True, post=nothing),
    Door("registry:base-evaluation", EVERYONE, args=evaluation_id),
    *step_doors(
        "registry:base-evaluation-step",
        "api:step_base_evaluation",
        evaluation_id,
        {
            "assess": APPLICANTS,
            "score": OFFICERS,
            "decide": APPROVERS,
            "send-back": APPROVERS,
            "report": APPLICANTS,
            "accept": OFFICERS,
            "refuse": OFFICERS,
        },
    ),
    Door("registry:agencies", OFFICERS, listing=True),
    Door("registry:new-agency", OFFICERS, listing=True, post=nothing),
    Door("registry:agency", OFFICERS, args=agency_id, post=nothing),
    Door("registry:directory", public=True),
    Door("registry:directory-agencies", public=True),
    # The API says the same.
    Door("api:register_base", OFFICERS, listing=True, get=False, post=a_base_nowhere),
    Door(
        "api:edit_base",
        APPLICANTS,
        EVERYONE,
        args=base_id,
        get=False,
        method="put",
        post=lambda world: {"provisions": ["none"], "address": "", "phone": ""},
    ),
    Door("api:list_base_events", EVERYONE, args=base_id),
    Door(
        "api:get_base_coverage",
        EVERYONE,
        listing=True,
        answers=frozenset({200, 422}),
    ),
    Door(
        "api:record_accreditation",
        APPROVERS,
        EVERYONE,
        args=base_id,
        get=False,
        post=lambda world: {"federation": "", "level": "", "plaque_number": "", "granted_on": "2024-01-01"},
    ),
    Door(
        "api:revoke_accreditation",
        APPROVERS,
        EVERYONE,
        args=plaque_id,
        get=False,
        post=lambda world: {"revoked_on": "2024-01-01", "reason": ""},
    ),
    Door(
        "api:suspend_accreditation",
        APPROVERS,
        EVERYONE,
        args=plaque_id,
        get=False,
        post=lambda world: {"starts_on": "2024-01-01", "reason": ""},
    ),
    Door(
        "api:reinstate_accreditation",
        APPROVERS,
        EVERYONE,
        args=suspension_id,
        get=False,
        post=lambda world: {"reason": ""},
    ),
    Door("api:list_applications", EVERYONE, listing=True),
    Door(
        "api:apply_for_accreditation",
        APPLICANTS,
        EVERYONE,
        get=False,
        post=lambda world: {"base": world.base.public_id, "federation": "", "kind": "", "categories": []},
    ),
    Door(
        "api:publish_applications",
        OFFICERS,
        listing=True,
        get=False,
        post=lambda world: {"applications": ["none"]},
    ),
    Door("api:get_application", EVERYONE, args=application_id),
    Door(
        "api:edit_application",
        APPLICANTS,
        EVERYONE,
        args=application_id,
        get=False,
        method="put",
        post=reasons,
    ),
    Door(
        "api:add_application_evidence",
        APPLICANTS,
        EVERYONE,
        args=application_id,
        get=False,
        method="upload",
        post=a_paper,
        answers=frozenset({201}),
    ),
    Door("api:list_base_evaluations", EVERYONE, listing=True),
    Door(
        "api:start_base_evaluations",
        OFFICERS,
        listing=True,
        get=False,
        post=lambda world: {"federation": "", "year": 2024},
        answers=frozenset({404}),
    ),
    Door("api:get_base_evaluation", EVERYONE, args=evaluation_id),
    Door("api:list_agencies", OFFICERS, listing=True),
    Door(
        "api:register_agency",
        OFFICERS,
        listing=True,
        get=False,
        post=lambda world: {"name": "", "kind": "", "region": "none"},
    ),
    Door(
        "api:edit_agency",
        OFFICERS,
        args=agency_id,
        get=False,
        method="put",
        post=lambda world: {"name": "", "kind": ""},
    ),
    Door("api:list_public_bases", public=True),
    Door("api:list_public_agencies", public=True),
]

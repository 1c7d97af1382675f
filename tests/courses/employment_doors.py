"""Who may open what of employment, follow-ups, counsellors, services and rates."""

from datetime import timedelta
from typing import Any

from courses.actions import counsellors, service_plans, service_records
from courses.models import FollowUp
from registry.rules.access import SYSTEM
from tests.access import COUNSELLOR, EVERYONE, EXAMINER, MANAGER, OFFICER, Door, World
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.registry.factories import a_federation, an_account

RECORDS = frozenset({OFFICER, COUNSELLOR, MANAGER})
SERVES = RECORDS
FOLLOWS = frozenset({COUNSELLOR})
ASSIGNS = frozenset({OFFICER})
FIGURES = EVERYONE - {EXAMINER, "trainer"}


def build(world: World) -> None:
    """A job, a question, a counsellor and a service of the world's person."""
    # Over by today: whoever has work is in no population of the goal.
    world.spell = a_spell(
        enrolment=world.enrolment, employer_name="目标用人单位", ended_on=TODAY, end_reason="resigned"
    )
    world.follow_up = FollowUp.objects.create(
        person=world.person, spell=world.spell, months=1, due_on=TODAY - timedelta(days=1)
    )
    world.counsellor = an_account("counsellor", a_federation("620500"), name="目标辅导员")
    counsellors.assign(by=SYSTEM, on=TODAY, people=[world.person], counsellor=world.counsellor)
    world.service = service_records.record(
        by=SYSTEM,
        on=TODAY,
        person=world.person,
        kind="referral",
        day=TODAY,
        cohort=world.cohort,
        summary="目标服务内容",
    )
    world.service_plan = service_plans.open_plan(
        by=SYSTEM, on=TODAY, person=world.person, kind="general", aim="目标计划内容", opened_on=TODAY
    )
    world.secrets |= {
        world.service_plan.public_id,
        "目标计划内容",
        world.spell.public_id,
        world.spell.employer_name,
        world.follow_up.public_id,
        world.service.public_id,
        "目标服务内容",
    }


def of_cohort(world: World) -> list[str]:
    return [world.cohort.public_id]


def of_person(world: World) -> list[str]:
    return [world.person.public_id]


def of_spell(world: World) -> list[str]:
    return [world.spell.public_id]


def of_follow_up(world: World) -> list[str]:
    return [world.follow_up.public_id]


def of_service(world: World) -> list[str]:
    return [world.service.public_id]


def of_plan(world: World) -> list[str]:
    return [world.service_plan.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_job(world: World) -> dict[str, Any]:
    """Refused for its form, so that the target stays as it is."""
    return {"form": "none", "started_on": str(TODAY)}


PAGES = [
    Door("courses:employment", EVERYONE, listing=True),
    Door("courses:cohort-employment", EVERYONE, args=of_cohort),
    Door("courses:cohort-employment", RECORDS, EVERYONE, args=of_cohort, get=False, post=nothing),
    Door("courses:cohort-employment-sheet", RECORDS, EVERYONE, args=of_cohort),
    Door("courses:cohort-employment-upload", RECORDS, EVERYONE, args=of_cohort, get=False, post=nothing),
    Door("courses:person-employment", EVERYONE, args=of_person),
    Door("courses:new-spell", RECORDS, EVERYONE, args=of_person, post=nothing),
    Door("courses:spell", EVERYONE, args=of_spell),
    Door("courses:spell", RECORDS, EVERYONE, args=of_spell, get=False, post=nothing),
    Door("courses:end-spell", RECORDS, EVERYONE, args=of_spell, post=nothing),
    Door("courses:correct-spell", RECORDS, EVERYONE, args=of_spell, post=nothing),
    Door("courses:undo-spell", RECORDS, EVERYONE, args=of_spell, post=nothing),
    Door("courses:new-service-record", SERVES, EVERYONE, args=of_person, post=nothing),
    Door("courses:graduation", SERVES, EVERYONE, args=of_person, post=nothing),
    Door("courses:without-service", SERVES, listing=True, post=nothing),
    Door("courses:service-file", EVERYONE, args=of_person),
    Door("courses:new-service-plan", SERVES, EVERYONE, args=of_person, post=nothing),
    Door("courses:service-plans", SERVES, listing=True),
    Door("courses:service-plan", SERVES, EVERYONE, args=of_plan, post=nothing),
    Door("courses:close-service-plan", SERVES, EVERYONE, args=of_plan, post=nothing),
    Door("courses:households", SERVES, listing=True),
    Door("courses:service-record", SERVES, EVERYONE, args=of_service, post=nothing),
    Door("courses:remove-service-record", SERVES, EVERYONE, args=of_service, get=False, post=nothing),
    Door("courses:follow-ups", FOLLOWS, listing=True),
    Door("courses:follow-up", EVERYONE, args=of_follow_up),
    Door("courses:follow-up", FOLLOWS, EVERYONE, args=of_follow_up, get=False, post=nothing),
    Door("courses:reopen-follow-up", FOLLOWS, EVERYONE, args=of_follow_up, get=False, post=nothing),
    Door("courses:counsellors", ASSIGNS, listing=True, post=nothing),
    Door("courses:rates", FIGURES, listing=True),
    Door("courses:rates-sheet", FIGURES, listing=True),
]

API = [
    Door("api:list_employment", EVERYONE, listing=True),
    Door("api:list_person_employment", EVERYONE, args=of_person),
    Door("api:record_employment_spell", RECORDS, EVERYONE, args=of_person, get=False, post=a_job),
    Door("api:get_employment_spell", EVERYONE, args=of_spell),
    Door(
        "api:end_employment_spell",
        RECORDS,
        EVERYONE,
        args=of_spell,
        get=False,
        post=lambda world: {"ended_on": "2001-01-01", "reason": "resigned"},
    ),
    Door(
        "api:undo_employment_spell",
        RECORDS,
        EVERYONE,
        args=of_spell,
        get=False,
        post=lambda world: {"reason": " "},
    ),
    Door(
        "api:correct_employment_spell",
        RECORDS,
        EVERYONE,
        args=of_spell,
        get=False,
        post=lambda world: a_job(world) | {"reason": "写错"},
    ),
    Door(
        "api:record_cohort_employment",
        RECORDS,
        EVERYONE,
        args=of_cohort,
        get=False,
        post=lambda world: {"spells": [a_job(world) | {"enrolment": world.enrolment.public_id}]},
    ),
    Door("api:list_follow_ups", FOLLOWS, listing=True),
    Door("api:get_follow_up", EVERYONE, args=of_follow_up),
    Door(
        "api:record_follow_up",
        FOLLOWS,
        EVERYONE,
        args=of_follow_up,
        get=False,
        post=lambda world: {"contacted_on": str(TODAY), "channel": "pigeon", "result": "employed"},
    ),
    Door("api:reopen_follow_up", FOLLOWS, EVERYONE, args=of_follow_up, get=False, post=nothing),
    Door("api:list_counsellors", ASSIGNS, listing=True),
    Door(
        "api:assign_counsellor",
        ASSIGNS,
        EVERYONE,
        get=False,
        post=lambda world: {
            "counsellor": world.counsellor.public_id,
            "people": [world.person.public_id],
        },
    ),
    Door("api:list_services", SERVES, EVERYONE, args=of_person),
    Door(
        "api:record_service",
        SERVES,
        EVERYONE,
        args=of_person,
        get=False,
        post=lambda world: {"kind": "referral", "day": str(TODAY)},
    ),
    Door(
        "api:record_graduation",
        SERVES,
        EVERYONE,
        args=of_person,
        get=False,
        post=lambda world: {"graduated_on": "1901-01-01", "level": "bachelor"},
    ),
    Door(
        "api:answer_referral",
        SERVES,
        EVERYONE,
        args=of_service,
        get=False,
        post=lambda world: {"result": "considering"},
    ),
    Door(
        "api:remove_service",
        SERVES,
        EVERYONE,
        args=of_service,
        get=False,
        post=nothing,
        method="delete",
        answers=frozenset({204}),
    ),
    Door("api:get_service_file", SERVES, EVERYONE, args=of_person),
    Door("api:list_service_plans_of", SERVES, EVERYONE, args=of_person),
    Door(
        "api:open_service_plan",
        SERVES,
        EVERYONE,
        args=of_person,
        get=False,
        post=lambda world: {"kind": "none", "aim": "", "opened_on": str(TODAY)},
    ),
    Door("api:list_service_plans", SERVES, listing=True),
    Door(
        "api:review_service_plan",
        SERVES,
        EVERYONE,
        args=of_plan,
        get=False,
        post=lambda world: {"reviewed_on": str(TODAY), "finding": "", "aim": ""},
    ),
    Door(
        "api:close_service_plan",
        SERVES,
        EVERYONE,
        args=of_plan,
        get=False,
        post=lambda world: {"closed_on": "2001-01-01", "reason": "other"},
    ),
    Door("api:list_households_without_work", SERVES, listing=True),
    Door("api:list_people_without_service", SERVES, listing=True),
    Door(
        "api:record_services",
        SERVES - {MANAGER},  # a round is made where a federation manages the people
        EVERYONE,
        get=False,
        post=lambda world: {
            "kind": "referral",
            "day": str(TODAY),
            "people": [world.person.public_id],
        },
    ),
    Door("api:get_rates", FIGURES, listing=True),
    Door("api:get_graduates", FIGURES, listing=True),
]

DOORS = [*PAGES, *API]

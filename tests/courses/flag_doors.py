"""Who may open which door of the review flags: federations, never the base that is asked about."""

from typing import Any

from tests.access import APPROVER, AUDITOR, OFFICER, Door, World
from tests.courses.flag_factories import a_flag_of_a_trainee

READERS = frozenset({OFFICER, APPROVER, AUDITOR})
DECIDERS = frozenset({APPROVER})


def build(world: World) -> None:
    """A flag on a trainee of the target's base. That there is one is the secret."""
    world.flag = a_flag_of_a_trainee(world.base, name="目标疑点班")
    world.secrets |= {world.flag.public_id, world.flag.cohort.name, world.flag.enrolment.public_id}


def flag_id(world: World) -> list[str]:
    return [world.flag.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_decision(world: World) -> dict[str, Any]:
    return {"verdict": "dismissed", "reason": "当地文件放宽到 65 岁。"}


def a_decision_about_many(world: World) -> dict[str, Any]:
    return a_decision(world) | {"flags": [world.flag.public_id]}


DOORS = [
    Door("courses:flags", READERS, listing=True),
    Door("courses:decide-flags", DECIDERS, listing=True, get=False, post=nothing),
    Door("courses:flag", READERS, args=flag_id),
    Door("courses:decide-flag", DECIDERS, READERS, args=flag_id, get=False, post=nothing),
    Door("api:list_flags", READERS, listing=True),
    Door("api:get_flag", READERS, args=flag_id),
    Door("api:decide_flag", DECIDERS, READERS, args=flag_id, get=False, post=a_decision),
    Door(
        "api:decide_flags",
        DECIDERS,
        listing=True,
        get=False,
        post=a_decision_about_many,
        answers=frozenset({200, 404}),
    ),
]

MODELS = {
    "courses.ReviewFlag": "scoped",
    "courses.FlagEvent": "internal",
    "courses.CohortCheck": "internal",
    "courses.FlagCursor": "internal",
}

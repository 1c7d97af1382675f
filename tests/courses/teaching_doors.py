"""Who may open which door of teaching and examination."""

from datetime import timedelta
from typing import Any

from courses.actions import trainers
from registry.rules.access import SYSTEM
from tests.access import EVERYONE, MANAGER, TRAINER, Door, World
from tests.conftest import TODAY
from tests.courses.factories import a_trainer

FILES = frozenset({MANAGER})
RECORDS = frozenset({MANAGER, TRAINER})


def build(world: World) -> None:
    """A trainer of the target's base who teaches the target cohort."""
    world.trainer = a_trainer(world.base, name="目标教师", phone="13700001234")
    trainers.assign(by=SYSTEM, on=TODAY, cohort=world.cohort, trainers=[world.trainer])
    world.secrets |= {world.trainer.name, world.trainer.public_id}
    world.sealed |= {"13700001234"}


def trainer_id(world: World) -> list[str]:
    return [world.trainer.public_id]


def cohort_id(world: World) -> list[str]:
    return [world.cohort.public_id]


def session_key(world: World) -> list[str]:
    return [world.cohort.public_id, f"{world.session.on:%Y%m%d}.1"]


def session_place(world: World) -> list[str]:
    return [world.cohort.public_id, str(world.session.on), "1"]


def nothing(world: World) -> dict[str, Any]:
    return {}


DOORS = [
    Door("courses:trainers", EVERYONE, listing=True),
    Door("courses:new-trainer", FILES, listing=True, post=nothing),
    Door("courses:trainer", EVERYONE, args=trainer_id),
    Door("courses:edit-trainer", FILES, EVERYONE, args=trainer_id, post=nothing),
    Door("courses:trainer-evidence", FILES, EVERYONE, args=trainer_id, get=False, post=nothing),
    Door("courses:cohort-trainers", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:edit-session", RECORDS, EVERYONE, args=session_key, post=nothing),
    Door("api:list_trainers", EVERYONE, listing=True),
    Door(
        "api:register_trainer",
        FILES,
        EVERYONE,
        get=False,
        post=lambda world: {
            "base": world.base.public_id,
            "name": "新教师",
            "active_from": str(TODAY),
        },
    ),
    Door("api:get_trainer", EVERYONE, args=trainer_id),
    Door(
        "api:edit_trainer",
        FILES,
        EVERYONE,
        args=trainer_id,
        get=False,
        method="patch",
        post=lambda world: {"active_until": str(TODAY + timedelta(days=900))},
    ),
    Door("api:list_cohort_trainers", EVERYONE, args=cohort_id),
    Door(
        "api:assign_trainers",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        method="put",
        post=lambda world: {"trainers": [world.trainer.public_id]},
    ),
    Door(
        "api:edit_session",
        RECORDS,
        EVERYONE,
        args=session_place,
        get=False,
        method="patch",
        post=lambda world: {"trainer": world.trainer.public_id},
    ),
    Door(
        "api:remove_session",
        RECORDS,
        EVERYONE,
        args=session_place,
        get=False,
        method="delete",
        post=nothing,
        answers=frozenset({204, 409}),
    ),
]

MODELS = {"courses.Trainer": "scoped"}

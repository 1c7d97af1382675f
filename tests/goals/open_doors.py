"""Who may open the doors to data quality, and to statistics that leave the federation."""

from tests.access import APPROVER, EVERYONE, EXAMINER, FEDERATION, OFFICER, TRAINER, Door, World

READERS = EVERYONE - {EXAMINER, TRAINER}


def province_code(world: World) -> list[str]:
    return ["620000"]


def region_code(world: World) -> list[str]:
    return ["620500"]


def nothing(world: World) -> dict[str, str]:
    return {}


DOORS = [
    Door("goals:quality", FEDERATION, args=region_code),
    Door("goals:quality-sheet", FEDERATION, args=region_code),
    Door("goals:incomplete-people", FEDERATION, args=region_code),
    Door("goals:doubtful-jobs", FEDERATION, args=region_code),
    Door("api:get_data_quality", FEDERATION, args=region_code),
    Door("goals:statistics", READERS, listing=True),
    Door("goals:statistics", frozenset({OFFICER}), listing=True, get=False, post=nothing),
    # A province alone is published: who holds the role in the target's prefecture does not find it.
    Door(
        "goals:publish",
        frozenset({APPROVER}),
        args=province_code,
        post=nothing,
        answers=frozenset({200, 302, 404, 409}),
    ),
    Door("open-data:home", public=True),
    Door("open-data:csv", public=True),
    Door("open-data:json", public=True),
    Door("open-data:package", public=True),
    Door("api:list_open_figures", public=True),
]

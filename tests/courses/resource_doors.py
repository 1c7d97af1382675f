"""Who may open the library, and who keeps it."""

from tests.access import EVERYONE, MANAGER, OFFICER, Door, World
from tests.courses.resource_factories import a_resource

KEEPERS = frozenset({OFFICER, MANAGER})


def build(world: World) -> None:
    """The target: a draft of the world's base; and one on the shelf, which is no secret."""
    world.resource = a_resource(world.base, title="目标学习资源", published=False)
    world.shelved = a_resource(world.base, title="直播第二课", provider="秦州学校")
    world.secrets |= {world.resource.title, world.resource.public_id}


def draft(world: World) -> list[str]:
    return [world.resource.public_id]


def shelved(world: World) -> list[str]:
    return [world.shelved.public_id]


def nothing(world: World) -> dict[str, str]:
    return {}


def a_sentence(world: World) -> dict[str, str]:
    said = {
        "title": "目标学习资源",
        "skill": "livestreaming",
        "format": "audio",
        "summary": "新",
        "provider": "甲",
    }
    return said | {"language": "zh"}


SEES = EVERYONE - KEEPERS
DOORS = [
    Door("courses:library", public=True),
    Door("courses:resource", public=True, args=shelved),
    Door("courses:resource-file", public=True, args=shelved),
    Door("courses:resources", KEEPERS, listing=True),
    Door("courses:new-resource", KEEPERS, listing=True, post=nothing),
    Door("courses:edit-resource", KEEPERS, SEES, args=draft, post=nothing),
    Door("courses:publish-resource", KEEPERS, SEES, args=draft, get=False, post=nothing),
    Door("courses:withdraw-resource", KEEPERS, SEES, args=draft, get=False, post=nothing),
    Door("api:list_resources", public=True),
    Door("api:get_resource", public=True, args=shelved),
    Door("api:get_resource_file", public=True, args=shelved),
    Door(
        "api:create_resource",
        KEEPERS,
        SEES,
        get=False,
        post=lambda world: a_sentence(world) | {"owner": world.base.public_id},
        answers=frozenset({200, 404, 422}),
    ),
    Door("api:edit_resource", KEEPERS, SEES, args=draft, get=False, method="put", post=a_sentence),
    Door("api:put_resource_file", KEEPERS, SEES, args=draft, get=False, method="upload", post=nothing),
    Door("api:publish_resource", KEEPERS, SEES, args=draft, get=False, post=nothing),
    Door("api:withdraw_resource", KEEPERS, SEES, args=draft, get=False, post=nothing),
]

MODELS = {
    "courses.OnlineResource": "scoped",
    "courses.ResourceFile": "internal",
    "courses.ResourceVisit": "internal",
}

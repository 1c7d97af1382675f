"""Who may open which door of public notices: anyone the outside, federations the inside."""

from tests.access import APPROVER, AUDITOR, OFFICER, Door, World
from tests.registry.notice_factories import a_notice, an_item, an_objection

READERS = frozenset({OFFICER, APPROVER, AUDITOR})
ANSWERERS = frozenset({OFFICER, APPROVER})


def build(world: World) -> None:
    """A notice of the target's federation with an objection. What is public is no secret; what was objected is."""
    world.notice = a_notice(world.federation, items=[an_item(world.base, name="目标公示甲乙丙")])
    world.objection = an_objection(world.notice, text="目标异议的内容")
    world.secrets |= {world.objection.text}


def notice_id(world: World) -> list[str]:
    return [world.notice.public_id]


def objection_id(world: World) -> list[str]:
    return [world.objection.public_id]


def receipt(world: World) -> list[str]:
    return [world.objection.receipt]


def nothing(world: World) -> dict[str, str]:
    return {}


GONE = frozenset({200, 302, 409, 410, 422})

DOORS = [
    Door("registry:notices", public=True),
    Door("registry:notice", public=True, args=notice_id, answers=GONE),
    Door("registry:object", public=True, args=notice_id, post=nothing),
    Door("registry:objection-look-up", public=True, post=nothing),
    Door("registry:objection-receipt", public=True, args=receipt),
    Door("registry:notice-records", READERS, listing=True),
    Door("registry:notice-record", READERS, args=notice_id),
    Door("registry:withdraw-notice", frozenset({OFFICER}), READERS, args=notice_id, post=nothing),
    Door("registry:conclude-notice", frozenset({OFFICER}), READERS, args=notice_id, get=False, post=nothing),
    Door("registry:objections", READERS, listing=True),
    Door("registry:objection", READERS, args=objection_id),
    Door("registry:answer-objection", ANSWERERS, READERS, args=objection_id, get=False, post=nothing),
    Door("api:list_notices", public=True),
    Door("api:get_notice", public=True, args=notice_id, answers=GONE),
    Door(
        "api:object_to_notice",
        public=True,
        args=notice_id,
        get=False,
        post=lambda world: {"text": ""},
        answers=frozenset({409, 422}),
    ),
    Door(
        "api:look_up_objection",
        public=True,
        get=False,
        post=lambda world: {"receipt": "1"},
        answers=frozenset({404}),
    ),
    Door("api:list_notice_records", READERS, listing=True),
    Door("api:get_notice_record", READERS, args=notice_id),
    Door(
        "api:withdraw_notice",
        frozenset({OFFICER}),
        READERS,
        args=notice_id,
        get=False,
        post=lambda world: {"reason": ""},
    ),
    Door("api:conclude_notice", frozenset({OFFICER}), READERS, args=notice_id, get=False, post=nothing),
    Door("api:list_objections", READERS, listing=True),
    Door("api:get_objection", READERS, args=objection_id),
    Door(
        "api:answer_objection",
        ANSWERERS,
        READERS,
        args=objection_id,
        get=False,
        post=lambda world: {"is_upheld": True, "answer": ""},
    ),
]

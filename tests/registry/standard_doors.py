"""Who may open which door of the local standards."""

from tests.access import EVERYONE, EXAMINER, FEDERATION, OFFICER, Door, World

OFFICERS = frozenset({OFFICER})
COLLEAGUES = FEDERATION | {EXAMINER}


def one_rule(world: World) -> list[str]:
    return ["620500", "accreditation_term_years"]


DOORS = [
    Door("registry:standards", EVERYONE, listing=True),
    Door("registry:standard", OFFICERS, COLLEAGUES, args=one_rule, post=lambda world: {}),
    # Rules are no secret: whoever works with the register may read those of any place.
    Door("api:list_standards", EVERYONE, listing=True, args=lambda world: ["620500"]),
    Door(
        "api:decide_standard",
        OFFICERS,
        COLLEAGUES,
        args=one_rule,
        get=False,
        post=lambda world: {"value": 0, "since": "2024-06-03"},
        method="put",
    ),
]

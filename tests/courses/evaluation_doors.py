"""Who may open which door of evaluations and reviews."""

from courses.actions import evaluations
from registry.rules.access import SYSTEM
from tests.access import EVERYONE, MANAGER, OFFICER, TRAINER, Door, World
from tests.conftest import TODAY
from tests.courses.evaluation_factories import an_evaluation, an_inspection

RECORDS = frozenset({OFFICER, MANAGER, TRAINER})
INSPECTS = frozenset({OFFICER})


def build(world: World) -> None:
    """The target's running cohort with an evaluation, a code, and an inspection that drew somebody."""
    world.evaluation = an_evaluation(world.cohort)
    [world.code] = evaluations.print_slips(by=SYSTEM, on=TODAY, evaluation=world.evaluation)
    world.review = an_inspection(world.cohort, findings="目标检查发现的问题")
    world.call = world.review.calls.get()
    world.secrets |= {world.review.findings, world.review.public_id}


def cohort_id(world: World) -> list[str]:
    return [world.cohort.public_id]


def review_id(world: World) -> list[str]:
    return [world.review.public_id]


def call_id(world: World) -> list[str]:
    return [world.review.public_id, world.call.pk]


def base_id(world: World) -> list[str]:
    return [world.base.public_id]


def federation_id(world: World) -> list[str]:
    return [world.federation.public_id]


def code(world: World) -> list[str]:
    return [world.code]


def nothing(world: World) -> dict[str, str]:
    return {}


def closing(world: World) -> dict[str, str]:
    return {"closes_on": "2024-06-30"}


def a_review(kind: str):
    return lambda world: {"kind": kind, "reviewed_on": "2024-06-03", "reviewer": "", "marks": {}}


DOORS = [
    Door("courses:evaluate-look-up", public=True, post=nothing),
    Door("courses:evaluate", public=True, args=code, post=nothing),
    Door("courses:evaluate-thanks", public=True),
    Door("courses:evaluations", EVERYONE, listing=True),
    Door("courses:evaluation-results", EVERYONE, listing=True),
    Door("courses:base-results", EVERYONE, args=base_id),
    Door("courses:question-list", frozenset({OFFICER}), listing=True),
    Door("courses:questions", frozenset({OFFICER}), args=federation_id, post=nothing),
    Door("courses:evaluation", EVERYONE, args=cohort_id),
    Door("courses:open-evaluation", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:evaluation-slips", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door(
        "courses:new-review",
        RECORDS,
        EVERYONE,
        args=lambda world: [world.cohort.public_id, "trainer"],
        post=nothing,
    ),
    Door(
        "courses:new-review",
        INSPECTS,
        EVERYONE,
        args=lambda world: [world.cohort.public_id, "inspection"],
        post=nothing,
    ),
    Door("courses:review", EVERYONE, args=review_id),
    Door("courses:call", INSPECTS, EVERYONE, args=call_id, post=nothing),
    Door("courses:draw-another", INSPECTS, EVERYONE, args=review_id, get=False, post=nothing),
    Door("api:list_evaluations", EVERYONE, listing=True),
    Door("api:list_evaluation_results", EVERYONE, listing=True),
    Door("api:get_base_results", EVERYONE, args=base_id),
    Door("api:get_cohort_evaluation", EVERYONE, args=cohort_id),
    Door("api:open_evaluation", RECORDS, EVERYONE, args=cohort_id, get=False, post=closing),
    Door("api:extend_evaluation", RECORDS, EVERYONE, args=cohort_id, get=False, post=closing),
    Door("api:print_evaluation_slips", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("api:get_evaluation_form", public=True, args=code),
    Door(
        "api:answer_evaluation",
        public=True,
        args=code,
        get=False,
        post=lambda world: {"marks": {}},
    ),
    Door(
        "api:set_evaluation_questions",
        frozenset({OFFICER}),
        args=federation_id,
        get=False,
        post=lambda world: {"questions": []},
    ),
    Door("api:list_cohort_reviews", EVERYONE, args=cohort_id),
    Door("api:record_cohort_review", RECORDS, EVERYONE, args=cohort_id, get=False, post=a_review("trainer")),
    Door(
        "api:record_cohort_review", INSPECTS, EVERYONE, args=cohort_id, get=False, post=a_review("inspection")
    ),
    Door("api:get_cohort_review", EVERYONE, args=review_id),
    Door("api:draw_another_call", INSPECTS, EVERYONE, args=review_id, get=False, post=nothing),
    Door(
        "api:record_spot_call",
        INSPECTS,
        EVERYONE,
        args=call_id,
        get=False,
        post=lambda world: {"result": "none of them"},
    ),
]

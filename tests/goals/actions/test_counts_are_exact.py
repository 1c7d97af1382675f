"""After any series of writes the figures equal a recount, and both equal a count by hand over raw rows.

`EXAMPLES=2000 .venv/bin/pytest -k exact` before a release: CI tries a few, after one story in which every kind of write
changes a figure, so that none can forget to tell (registry/facts.py).
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models.service_records import ServiceKind
from goals.actions import recounts
from registry.rules.hardship import Hardship
from tests.goals import by_hand, steps
from tests.goals.world import COUNTIES, STEPS, World, a_world, do

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
assert steps  # what a world can do

N = st.integers(0, 20)
SKILL = st.integers(0, 2)
DAYS = st.sampled_from([0, 0, 1, 5, 12, 31, 60])
LONG = st.one_of(st.sampled_from([0, 1, 10, 31, 92, 183, 190]), st.integers(0, 200))
KIND = st.sampled_from(sorted(Hardship))
SERVICE = st.sampled_from(sorted(ServiceKind))
FORM = st.sampled_from(["public_welfare", "public_welfare", "flexible", "farming"])
TAKES: dict[str, Sequence[st.SearchStrategy[Any]]] = {
    "issue": [st.lists(N, min_size=1, max_size=3), SKILL],
    "change": [N, st.sampled_from(["withdraw", "suspend", "suspend", "reinstate"])],
    "external_recorded": [N, SKILL, st.one_of(st.none(), st.integers(0, 9))],
    "external_verified": [N],
    "external_cancelled": [N],
    "move": [N, st.sampled_from(COUNTIES)],
    "card": [N, st.sampled_from(["visual", "hearing"]), st.integers(1, 4)],
    "phone": [N, st.sampled_from(["", "13800000000"])],
    "relative": [N],
    "need": [N, st.booleans(), st.booleans(), st.booleans()],
    "status": [N, st.booleans(), DAYS],
    "roster": [N, st.booleans()],
    "roster_hard": [N, KIND],
    "hard": [N, KIND, DAYS],
    "hard_no_more": [N, DAYS],
    "job": [N, FORM, st.sampled_from(["base", "self"]), LONG, st.one_of(st.none(), LONG)],
    "jobs_of_class": [N, FORM, LONG],
    "job_ended": [N, DAYS],
    "job_undone": [N],
    "job_corrected": [N, FORM, LONG],
    "job_shown": [N],
    "asked": [N, st.sampled_from(["employed", "unemployed", "unreachable", "declined"])],
    "asked_again": [N],
    "service": [N, SERVICE, DAYS],
    "service_removed": [N],
    "services_round": [SERVICE, DAYS],
    "assessed": [N, DAYS],
    "graduated": [N, LONG],
    "planned": [N, DAYS],
    "plan_closed": [N],
    "enrolled": [N],
    "left": [N],
    "back": [N],
    "decided": [],
    "class_moved": [st.integers(-20, 20)],
    "class_cancelled": [],
    "course_changed": [SKILL],
    "standard": [
        st.sampled_from(["conversion_window_days", "retention_months"]),
        st.sampled_from([1, 6, 30]),
        DAYS,
    ],
    "days_pass": [st.sampled_from([1, 1, 2, 6, 13, 40])],
    "plan_opens": [st.integers(2022, 2026), st.integers(0, 2)],
    "fold": [],
    "snapshot": [],
}
STEP = st.sampled_from(sorted(TAKES)).flatmap(lambda name: st.tuples(st.just(name), *TAKES[name]))


@pytest.fixture
def world(db: None) -> World:
    made = a_world()
    recounts.recount(on=made.on, check=False)
    return made


def require_exact(world: World, after: Any) -> by_hand.Figures:
    """What is counted by hand; fails where the site's figures are others, or its own recount finds some wrong."""
    expected = by_hand.everything(world.on)
    wrong = list(by_hand.differences(expected))
    assert not wrong, "\n".join([f"after {after}", *wrong])
    assert recounts.recount(on=world.on, check=True).agrees, after
    return expected


def test_every_kind_of_write_has_a_step() -> None:
    assert set(TAKES) == set(STEPS)


# Each changes a figure of somebody, so a write that tells nobody is seen here.
STORY: list[tuple[Any, ...]] = [
    ("external_recorded", 0, 0, 3),
    ("external_verified", 0),
    ("card", 0, "hearing", 1),
    ("phone", 0, "13800000000"),
    ("issue", [0, 1], 1),
    ("change", 0, "suspend"),
    ("change", 0, "reinstate"),
    ("change", 1, "withdraw"),
    ("need", 3, True, True, True),
    ("status", 3, True, 1),
    ("roster", 1, True),
    ("roster_hard", 1, "graduate"),
    ("hard", 0, "lifted_household", 5),
    ("hard", 0, "unstable_household", 5),
    ("service", 0, "guidance", 0),
    ("service_removed", 0),
    ("services_round", "verification", 0),
    ("assessed", 0, 0),
    ("job", 4, "flexible", "base", 3, None),
    ("job", 0, "flexible", "base", 3, None),
    ("job_shown", 1),
    ("job_ended", 1, 0),
    ("job_corrected", 1, "farming", 2),
    ("job_undone", 1),
    ("decided",),
    ("graduated", 1, 190),
    ("planned", 1, 0),
    ("job", 1, "quota", "self", 185, None),
    ("asked", 2, "employed"),
    ("asked_again", 1),
    ("job", 1, "massage", "self", 185, None),  # of the same day: the status stays as it is
    ("enrolled", 0),
    ("days_pass", 4),
    ("course_changed", 2),
    ("left", 5),
    ("back", 0),
    ("class_moved", 15),
    ("class_moved", 0),
    ("class_cancelled",),
    ("jobs_of_class", 2, "flexible", 2),
    ("move", 0, "211102"),
    ("external_recorded", 2, 1, None),
    ("external_cancelled", 1),
    ("relative", 1),
    ("plan_opens", 2025, 2),
    ("standard", "conversion_window_days", 1, 30),
    ("days_pass", 12),
    ("hard_no_more", 1, 10),
    ("plan_opens", 2024, 1),
]
# What no figure rests on by itself: the rows matter later, or only how they are kept.
SILENT = {"relative", "plan_closed", "fold", "snapshot"}


def test_every_kind_of_write_changes_a_figure_at_once(world: World) -> None:
    before = require_exact(world, "the beginning")
    for step in STORY:
        do(world, *step)
        found = require_exact(world, step)
        assert found != before or step[0] in SILENT, f"{step} changed nothing: it shows nothing"
        before = found
    assert {step[0] for step in STORY} | SILENT == set(TAKES)


@given(story=st.lists(STEP, min_size=1, max_size=12))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_counts_stay_exact_after_every_step(world: World, story: list[tuple[Any, ...]]) -> None:
    fresh = World(**vars(world) | {"relatives": list(world.relatives), "certificates": []})
    with transaction.atomic():
        for step in story:
            do(fresh, *step)
            require_exact(fresh, step)
        transaction.set_rollback(True)

"""The life of a cohort: which moves there are and who makes them."""

from courses.models.cohorts import CohortState
from courses.rules.cohorts import EDITABLE, MOVES, OPEN_TO_ENROLMENT, moves_from
from registry.rules.access import PERMISSIONS, Permission, Role


def test_every_state_of_the_table_is_in_the_rule_and_every_one_can_be_reached() -> None:
    named = {state for move in MOVES for state in move}
    assert named == set(CohortState.values)
    reached, frontier = {"draft"}, ["draft"]
    while frontier:
        fresh = set(moves_from(frontier.pop())) - reached
        reached |= fresh
        frontier += fresh
    assert reached == set(CohortState.values)


def test_nothing_follows_the_end() -> None:
    assert moves_from("closed") == {}
    assert moves_from("cancelled") == {}


def test_what_a_federation_decides_takes_its_permission_and_no_role_holds_both_sides() -> None:
    decided = {
        ("submitted", "approved"),
        ("submitted", "returned"),
        ("approved", "returned"),
        ("running", "cancelled"),
    }
    assert {move for move, rule in MOVES.items() if rule.permission is Permission.COHORT_APPROVE} == decided
    for role in Role:
        assert not {Permission.COHORT_APPROVE, Permission.COHORT_EDIT} <= PERMISSIONS[role]


def test_sending_back_and_calling_off_need_a_reason() -> None:
    assert all(rule.needs_reason == (to in ("returned", "cancelled")) for (_, to), rule in MOVES.items())


def test_nothing_is_edited_while_it_is_judged_or_after() -> None:
    assert {"draft", "returned"} == EDITABLE
    assert "submitted" not in OPEN_TO_ENROLMENT
    assert not OPEN_TO_ENROLMENT & {"running", "assessing", "completed", "closed", "cancelled"}

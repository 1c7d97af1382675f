"""The life of a cohort (docs/domain.md §5.3): which move follows which state, who makes it, what it needs."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from registry.rules.access import Permission

State = Literal[
    "draft",
    "submitted",
    "returned",
    "approved",
    "enrolling",
    "running",
    "assessing",
    "completed",
    "closed",
    "cancelled",
]


@dataclass(frozen=True)
class Move:
    """One allowed change of state: the permission it takes over the base, and whether it must give a reason."""

    permission: Permission
    needs_reason: bool = False


_FILE = Move(Permission.COHORT_EDIT)
_FILE_WITH_REASON = Move(Permission.COHORT_EDIT, needs_reason=True)
_APPROVE = Move(Permission.COHORT_APPROVE)
_APPROVE_WITH_REASON = Move(Permission.COHORT_APPROVE, needs_reason=True)

MOVES = MappingProxyType(
    {
        ("draft", "submitted"): _FILE,
        ("returned", "submitted"): _FILE,
        ("submitted", "approved"): _APPROVE,
        ("submitted", "returned"): _APPROVE_WITH_REASON,
        # The dates must change after approval: the file goes back, and is approved anew.
        ("approved", "returned"): _APPROVE_WITH_REASON,
        ("approved", "enrolling"): _FILE,
        ("enrolling", "running"): _FILE,
        ("running", "assessing"): _FILE,
        ("assessing", "completed"): _FILE,
        ("assessing", "running"): _FILE,
        ("completed", "closed"): _FILE,
        ("draft", "cancelled"): _FILE_WITH_REASON,
        ("submitted", "cancelled"): _FILE_WITH_REASON,
        ("returned", "cancelled"): _FILE_WITH_REASON,
        ("approved", "cancelled"): _FILE_WITH_REASON,
        ("enrolling", "cancelled"): _FILE_WITH_REASON,
        # Once training has begun, money has been spent: the federation decides.
        ("running", "cancelled"): _APPROVE_WITH_REASON,
    }
)

EDITABLE = frozenset({"draft", "returned"})
"""States in which the particulars may be changed: what was approved is what is held."""

OPEN_TO_ENROLMENT = frozenset({"draft", "returned", "approved", "enrolling"})
"""The roster is part of the filing, and grows until the training begins; while it is under review it stands still."""

OPEN_TO_LATE_ENROLMENT = frozenset({"running"})
"""Roster frozen at running; late joins with a reason (docs/domain.md §5.3)."""

OPEN_TO_SESSIONS = frozenset({"draft", "returned", "approved", "enrolling", "running"})
"""The timetable is part of the filing, and may change until the training ends."""

OPEN_TO_ATTENDANCE = frozenset({"running", "assessing"})
OPEN_TO_RESULTS = frozenset({"assessing"})

OPEN_TO_EXAMS = frozenset({"running", "assessing"})
"""An examination may be arranged while the training goes on, and held when the base has not yet said that it is over."""


def moves_from(state: str) -> dict[str, Move]:
    """The states that may follow, each with what the move takes."""
    return {to: move for (start, to), move in MOVES.items() if start == state}

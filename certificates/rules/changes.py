"""What a change of certificates needs before it takes effect: a second person, and time to think again.

A suspension never waits: it protects whoever is shown the certificate, and reinstating undoes it. Whatever
cannot be undone afterwards waits as long as the federation asks for.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LONGEST_WINDOW = 7 * 24 * 60
"""Minutes; a change that waits longer than a week is forgotten by whoever asked for it."""


class Kind(StrEnum):
    """What may be asked for; the value is stored, so it never changes."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"


@dataclass(frozen=True)
class Policy:
    """What a federation asks for; as it stands here where none has decided."""

    two_people_withdraw: bool = False
    two_people_replace: bool = False
    two_people_bulk: bool = False
    undo_minutes: int = 10


def needs_second_person(policy: Policy, kind: str, *, is_bulk: bool) -> bool:
    """Whether somebody else must agree."""
    if kind == Kind.SUSPEND:
        return False
    alone = {Kind.CORRECT: policy.two_people_replace, Kind.WITHDRAW: policy.two_people_withdraw}
    return alone.get(Kind(kind), False) or (is_bulk and policy.two_people_bulk)


def window(policy: Policy, kind: str) -> timedelta:
    """How long it can be undone before it takes effect."""
    waits = kind in (Kind.CORRECT, Kind.WITHDRAW)
    return timedelta(minutes=policy.undo_minutes if waits else 0)

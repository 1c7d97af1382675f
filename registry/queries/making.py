"""How far a file is that is made in the background, for its page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from registry.queries import workers


class MakingState(StrEnum):
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Standing:
    state: MakingState
    done: int
    total: int
    problem: str
    """Why it failed; "" when only the log knows."""
    facts: dict[str, Any]
    nobody_works: bool
    """It waits, and no worker gives a sign of life."""


def standing(
    *, done: int, total: int, is_made: bool, problem: str, facts: dict[str, Any], task_id: str, at: datetime
) -> Standing:
    """Two queries at most. `task_id` is "" for what is made without the worker."""
    state, nobody = MakingState.READY, False
    if not is_made:
        # A task that failed for good could not tell its file: the queue knows.
        lost = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
        given_up = bool(problem) or bool(task_id and lost.filter(pk=task_id).exists())
        state = MakingState.FAILED if given_up else MakingState.MAKING
        nobody = state == MakingState.MAKING and not workers.any_alive(at=at)
    return Standing(state=state, done=done, total=total, problem=problem, facts=facts, nobody_works=nobody)

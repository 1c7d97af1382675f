"""Background tasks: wanted in the transaction that needs them, run at least once, retried, and told when they fail.

A task takes one id and may be run twice, so it must be able to see what is already done. The library keeps the
rows; a stock worker of its loses the task when it is killed and never retries, so claiming, finishing and finding
lost tasks are here. Whoever runs a task holds its lease (`actions/leases.py`); who lost the lease cannot finish it.
"""

import logging
import traceback
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from registry.actions import leases
from registry.actions.leases import LASTS
from registry.models import Lease

TaskRow = DBTaskResult[Any, Any]

BACK_OFF = (timedelta(seconds=10), timedelta(seconds=40), timedelta(minutes=3), timedelta(minutes=12))
"""How long to wait after each try; after one more the task has failed."""

logger = logging.getLogger(__name__)


def enqueue(task: str, subject_id: int | str) -> str:
    """Wants the task of this dotted name (`certificates.tasks.make_bulk_file`) run; the id of the task.

    It is a row of the current transaction: rolled back, it was never wanted. The name is a string because tasks are
    doors, which nothing below may import.
    """
    return str(import_string(task).enqueue(subject_id).id)


def claim(*, holder: str, at: datetime, lasts: timedelta = LASTS) -> TaskRow | None:
    """The next task whose time has come, now this holder's; None when there is none."""
    ready = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=at), status=TaskResultStatus.READY
    )
    # Looked at before a transaction begins: an idle worker must not take SQLite's write lock every second.
    if not ready.exists():
        return None
    with transaction.atomic():
        task = ready.get_locked()
        if task is None or not leases.take(name=_lease(task), holder=holder, at=at, lasts=lasts):
            return None
        task.status, task.started_at = TaskResultStatus.RUNNING, at
        task.worker_ids = [*task.worker_ids, holder]
        task.save(update_fields=["status", "started_at", "worker_ids"])
    return task


@transaction.atomic
def finish(task: TaskRow, *, holder: str, at: datetime) -> bool:
    """The task is done; False when it was taken away in the meantime, and then whoever has it now will say so."""
    if not _still_ours(task, holder):
        return False
    task.status, task.finished_at = TaskResultStatus.SUCCESSFUL, at
    task.save(update_fields=["status", "finished_at"])
    return True


@transaction.atomic
def fail(task: TaskRow, error: BaseException, *, holder: str, at: datetime) -> bool:
    """This try failed: the task waits for its next one, or has failed for good. False as in `finish`."""
    if not _still_ours(task, holder):
        return False
    task.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    # Places only: the message of an exception may hold what a person typed.
    task.traceback = "".join(traceback.format_tb(error.__traceback__))
    logger.warning("task %s (%s): %s at %s", task.pk, task.task_path, type(error).__name__, place(error))
    _try_again_or_give_up(task, at)
    return True


def reap(*, at: datetime) -> int:
    """Takes back the tasks of workers that gave no sign of life; how many. They count as tries."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    held = set(Lease.objects.filter(name__startswith="task:", until__gt=at).values_list("name", flat=True))
    lost = [task.pk for task in running.only("pk") if _lease(task) not in held]
    return sum(_take_back(pk, at) for pk in lost)


def place(error: BaseException) -> str:
    """Where an error was raised, for the log, which never gets its message: that may hold what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


def forget(*, before: datetime) -> int:
    """Deletes tasks that ended before; how many."""
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    return DBTaskResult.objects.filter(status__in=ended, finished_at__lt=before).delete()[0]


@transaction.atomic
def _take_back(pk: UUID, at: datetime) -> bool:
    # The task's row before its lease, here and in `_still_ours`: one order for all.
    task = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.RUNNING).get_locked()
    if task is None or Lease.objects.filter(name=_lease(task), until__gt=at).exists():
        return False
    Lease.objects.filter(name=_lease(task)).delete()
    logger.warning("task %s (%s): its worker is gone, taken back", task.pk, task.task_path)
    task.exception_class_path, task.traceback = "registry.WorkerLost", ""
    _try_again_or_give_up(task, at)
    return True


def _try_again_or_give_up(task: TaskRow, at: datetime) -> None:
    tries = len(task.worker_ids)
    if tries <= len(BACK_OFF):
        task.status, task.run_after = TaskResultStatus.READY, at + BACK_OFF[tries - 1]
    else:
        task.status, task.finished_at = TaskResultStatus.FAILED, at
        logger.error(
            "task %s (%s) failed for good after %s tries: %s",
            task.pk,
            task.task_path,
            tries,
            task.exception_class_path,
        )
    task.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


def _still_ours(task: TaskRow, holder: str) -> bool:
    DBTaskResult.objects.select_for_update().get(pk=task.pk)
    return leases.drop(name=_lease(task), holder=holder)


def _lease(task: TaskRow) -> str:
    return f"task:{task.pk}"

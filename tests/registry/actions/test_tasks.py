"""Background tasks: run at least once whatever happens to workers, retried, and told when they fail for good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from registry.actions import leases, tasks

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 3, 4, tzinfo=UTC)
WRITE = "tests.registry.work_to_do.write"
LATER = timedelta(minutes=20)


def wanted(folder: Path, task: str = WRITE) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=tasks.enqueue(task, str(folder)))


def claimed(holder: str, at: datetime = AT) -> DBTaskResult:
    task = tasks.claim(holder=holder, at=at)
    assert task is not None
    return task


def status(task: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=task.pk).status


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_transaction_fails_was_never_wanted(tmp_path: Path) -> None:
    with transaction.atomic():
        wanted(tmp_path)
        transaction.set_rollback(True)
    assert tasks.claim(holder="one", at=AT) is None


def test_a_task_is_given_to_one_worker_only(tmp_path: Path) -> None:
    task = wanted(tmp_path)
    assert claimed("one").pk == task.pk
    assert tasks.claim(holder="two", at=AT) is None


def test_a_task_that_ended_well_is_not_run_again(tmp_path: Path) -> None:
    task = wanted(tmp_path)
    assert tasks.finish(claimed("one"), holder="one", at=AT)
    assert status(task) == "SUCCESSFUL"
    assert tasks.claim(holder="two", at=AT + LATER) is None
    assert tasks.reap(at=AT + LATER) == 0


def test_a_worker_that_gives_signs_of_life_keeps_its_task(tmp_path: Path) -> None:
    wanted(tmp_path)
    task = claimed("one")
    leases.renew(holder="one", at=AT + leases.LASTS)
    assert tasks.reap(at=AT + leases.LASTS * 1.5) == 0
    assert tasks.finish(task, holder="one", at=AT + leases.LASTS * 1.5)


def test_the_task_of_a_silent_worker_is_taken_back_and_it_cannot_finish_it(tmp_path: Path) -> None:
    wanted(tmp_path)
    lost = claimed("one")
    late = AT + leases.LASTS
    assert tasks.reap(at=late) == 1
    again = claimed("two", late + tasks.BACK_OFF[0])

    assert not tasks.finish(lost, holder="one", at=late)
    assert status(lost) == "RUNNING"
    assert tasks.finish(again, holder="two", at=late)
    assert not tasks.fail(lost, ValueError(), holder="one", at=late)
    assert status(lost) == "SUCCESSFUL"


def test_a_failing_task_is_tried_again_later_and_later_and_then_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    task, at = wanted(tmp_path), AT
    for pause in tasks.BACK_OFF:
        assert tasks.fail(claimed("one", at), ValueError("张三"), holder="one", at=at)
        assert status(task) == "READY"
        assert tasks.claim(holder="one", at=at + pause - timedelta(seconds=1)) is None
        at += pause
    assert tasks.fail(claimed("one", at), ValueError("张三"), holder="one", at=at)

    assert status(task) == "FAILED"
    assert tasks.claim(holder="one", at=at + LATER) is None
    told = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [str(task.pk) in record.getMessage() for record in told] == [True]
    assert "张三" not in caplog.text
    assert "张三" not in DBTaskResult.objects.get(pk=task.pk).traceback


def test_a_task_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    task, at = wanted(tmp_path), AT
    for _ in range(len(tasks.BACK_OFF) + 1):
        claimed("one", at)
        at += leases.LASTS
        assert tasks.reap(at=at) == 1
        at += LATER
    assert status(task) == "FAILED"


def test_ended_tasks_are_forgotten_and_waiting_ones_are_not(tmp_path: Path) -> None:
    wanted(tmp_path)
    tasks.finish(claimed("one"), holder="one", at=AT)
    waiting = wanted(tmp_path)
    assert tasks.forget(before=AT + LATER) == 1
    assert DBTaskResult.objects.get() == waiting


@pytest.mark.django_db(transaction=True)
def test_a_worker_with_nothing_to_do_only_looks() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert tasks.claim(holder="one", at=AT) is None
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]

"""The worker as a process: what a kill, a polite stop or a parent's end leave behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.actions import tasks
from registry.models import Lease
from registry.queries import workers

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "tests.registry.work_to_do.write"
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts workers on the tests' database; whatever is left of them is killed at the end."""
    begun: list[subprocess.Popen[bytes]] = []

    def started(*arguments: str) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen(command(*arguments), env=environment(), cwd=settings.BASE_DIR))
        return begun[-1]

    yield started
    for process in begun:
        process.kill()
        process.wait()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", "worker", "--lost-after", "1", *arguments]


def environment() -> dict[str, str]:
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        place = f"sqlite:///{database['NAME']}"
    else:
        place = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(database['HOST'], safe='')}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "registry.settings",
        "DATABASE_URL": place,
        "LOG_LEVEL": "ERROR",
    }


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def runs(folder: Path) -> list[str]:
    """The process of each run, in order."""
    ran = folder / "ran"
    return ran.read_text().split() if ran.exists() else []


def ended(folder: Path) -> Callable[[], bool]:
    return (folder / "result").exists


def test_a_task_of_a_killed_worker_is_run_again_and_its_result_is_there(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wait").touch()
    task = DBTaskResult.objects.get(pk=tasks.enqueue(WRITE, str(tmp_path)))
    first = start()
    until(lambda: runs(tmp_path))
    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / "wait").unlink()
    # What a second worker does after `--lost-after`; only the pause before the next try is not waited for.
    monkeypatch.setattr(tasks, "BACK_OFF", (timedelta(0),) * len(tasks.BACK_OFF))
    until(lambda: tasks.reap(at=timezone.now()))
    second = start()
    until(lambda: DBTaskResult.objects.filter(pk=task.pk, status="SUCCESSFUL").exists())

    assert runs(tmp_path) == [str(first.pid), str(second.pid)]
    assert len(DBTaskResult.objects.get(pk=task.pk).worker_ids) == 2


def test_two_workers_run_no_task_twice(start: Start, tmp_path: Path) -> None:
    folders = [tmp_path / str(n) for n in range(30)]
    for folder in folders:
        folder.mkdir()
        tasks.enqueue(WRITE, str(folder))
    for _ in range(2):
        start()
    until(lambda: all(ended(folder)() for folder in folders))
    until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())

    assert {len(runs(folder)) for folder in folders} == {1}


def test_asked_to_stop_it_ends_the_task_it_is_at_and_begins_no_other(start: Start, tmp_path: Path) -> None:
    busy, waiting = tmp_path / "busy", tmp_path / "waiting"
    for folder in (busy, waiting):
        folder.mkdir()
    (busy / "wait").touch()
    tasks.enqueue(WRITE, str(busy))
    tasks.enqueue(WRITE, str(waiting))
    worker = start()
    until(lambda: runs(busy))
    assert workers.any_alive(at=timezone.now())
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    (busy / "wait").unlink()

    assert worker.wait(20) == 0
    assert (ended(busy)(), runs(waiting)) == (True, [])
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
    assert not Lease.objects.exclude(holder="").exists()
    assert not workers.any_alive(at=timezone.now())


def test_what_does_not_end_within_the_grace_is_cut_off(start: Start, tmp_path: Path) -> None:
    (tmp_path / "wait").touch()
    tasks.enqueue(WRITE, str(tmp_path))
    worker = start("--grace", "0.2")
    until(lambda: runs(tmp_path))
    worker.send_signal(signal.SIGINT)
    assert worker.wait(20) == 1
    assert not ended(tmp_path)()


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(60)",
            *command("--with-parent"),
        ],
        env=environment(),
        cwd=settings.BASE_DIR,
    )
    until(lambda: workers.any_alive(at=timezone.now()))
    parent.kill()
    parent.wait()
    # It says good-bye, so it was not merely silent for too long.
    until(lambda: not Lease.objects.filter(name__startswith=workers.WORKER).exists())


def test_once_does_what_waits_and_ends(start: Start, tmp_path: Path) -> None:
    tasks.enqueue(WRITE, str(tmp_path))
    assert start("--once").wait(20) == 0
    assert ended(tmp_path)()
    done = Lease.objects.filter(done_at__isnull=False).values_list("name", flat=True)
    assert set(done) == {name for name, _seconds in settings.BEATS}

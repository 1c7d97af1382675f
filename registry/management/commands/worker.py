"""`manage.py worker`: does the background work, tasks one after another and beats beside them, until told to stop."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils import timezone

from registry.actions import beats, leases, tasks
from registry.queries.workers import WORKER

logger = logging.getLogger(__name__)


class Worker:
    """Three threads: this one runs tasks, one runs beats, one gives signs of life.

    A long task must not hold up the beats, and neither may look like a dead worker.
    """

    def __init__(self, *, lasts: timedelta = leases.LASTS, pause: float = 1.0) -> None:
        self.holder = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.lasts = lasts
        self.pause = pause
        self.stopping = threading.Event()
        self._over = threading.Event()

    def run(self) -> None:
        """Works until `stopping` is set; what was begun is ended first."""
        leases.take(name=self._name, holder=self.holder, at=timezone.now(), lasts=self.lasts)
        alive = self._thread(self._give_signs_of_life)
        beating = self._thread(self._beat)
        while not self.stopping.is_set():
            if not self._guarded(self._one_task):
                self._guarded(self._reap)
                self.stopping.wait(self.pause)
        beating.join()
        self._over.set()
        alive.join()
        leases.drop(name=self._name, holder=self.holder)

    def run_what_waits(self) -> None:
        """Every beat that is due and every task that is ready, once; for machines that have cron and no services."""
        alive = self._thread(self._give_signs_of_life)
        self._reap()
        for step in (self._one_beat, self._one_task):
            while not self.stopping.is_set() and step():
                continue
        self._over.set()
        alive.join()

    @property
    def _name(self) -> str:
        return f"{WORKER}{self.holder}"

    def _one_task(self) -> bool:
        task = tasks.claim(holder=self.holder, at=timezone.now(), lasts=self.lasts)
        if task is not None:
            self._run_task(task)
        return task is not None

    def _run_task(self, task: tasks.TaskRow) -> None:
        try:
            task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        except Exception as error:
            kept = tasks.fail(task, error, holder=self.holder, at=timezone.now())
        else:
            kept = tasks.finish(task, holder=self.holder, at=timezone.now())
        if not kept:
            logger.warning("task %s (%s) was taken away while it ran", task.pk, task.task_path)

    def _reap(self) -> bool:
        return bool(tasks.reap(at=timezone.now()))

    def _one_beat(self) -> bool:
        return bool(beats.run_next(holder=self.holder, at=timezone.now(), lasts=self.lasts))

    def _beat(self) -> None:
        while not self.stopping.is_set():
            if not self._guarded(self._one_beat):
                self.stopping.wait(self.pause)

    def _give_signs_of_life(self) -> None:
        def beat() -> bool:
            leases.renew(holder=self.holder, at=timezone.now(), lasts=self.lasts)
            return True

        while not self._over.wait(self.lasts.total_seconds() / 4):
            self._guarded(beat)

    def _guarded(self, step: Callable[[], bool]) -> bool:
        """A database that is away for a while does not end the worker."""
        try:
            close_old_connections()
            return step()
        except DatabaseError as error:
            logger.error("worker: %s at %s", type(error).__name__, tasks.place(error))
            self.stopping.wait(self.pause)
            return False

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        def with_own_connection() -> None:
            try:
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=with_own_connection, daemon=True)
        thread.start()
        return thread


class Command(BaseCommand):
    help = "Runs background tasks and periodic work until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits, and end")
        parser.add_argument(
            "--grace", type=float, default=25, help="seconds that a task may go on after SIGTERM; default 25"
        )
        parser.add_argument(
            "--lost-after", type=float, default=30, help="seconds without a sign of life; default 30"
        )
        parser.add_argument("--with-parent", action="store_true", help="end when the parent process ends")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(lasts=timedelta(seconds=options["lost_after"]))
        self._listen(worker, grace=options["grace"])
        if options["with_parent"]:
            threading.Thread(target=self._watch, args=(worker, os.getppid()), daemon=True).start()
        logger.info("worker %s begins", worker.holder)
        if options["once"]:
            worker.run_what_waits()
        else:
            worker.run()
        logger.info("worker %s ends", worker.holder)

    def _listen(self, worker: Worker, *, grace: float) -> None:
        """The first signal lets what runs come to its end for a while; the second does not wait.

        What is cut off is taken back by the next worker, as after a kill.
        """

        def stop(signum: int, frame: FrameType | None) -> None:
            if worker.stopping.is_set():
                os._exit(1)
            worker.stopping.set()
            cut_off = threading.Timer(grace, os._exit, [1])
            cut_off.daemon = True
            cut_off.start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def _watch(self, worker: Worker, parent: int) -> None:
        while not worker.stopping.wait(1):
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return

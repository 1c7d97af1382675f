"""Tasks and beats that the tests of background work run, some of them in processes of their own.

What they did is told by files of a folder, which is the one id that a task takes.
"""

import os
import time
from datetime import datetime
from pathlib import Path

from django_tasks import task

CALLED: list[datetime] = []


@task()
def write(folder: str) -> None:
    """Appends a line each time it runs, so that running twice can be seen; waits while there is a file `wait`."""
    place = Path(folder)
    with (place / "ran").open("a") as ran:
        ran.write(f"{os.getpid()}\n")
    while (place / "wait").exists():
        time.sleep(0.02)
    (place / "result").write_text("done")


@task()
def refuse(folder: str) -> None:
    raise ValueError(f"this must not be told: {folder}")


def beat(*, at: datetime) -> None:
    CALLED.append(at)


def broken_beat(*, at: datetime) -> None:
    CALLED.append(at)
    raise ValueError("this must not be told")

"""How long something takes, printed as one line of a benchmark."""

import statistics
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def once(what: str, act: Callable[[], Result]) -> Result:
    """Does it, and says how many seconds it took."""
    started = time.perf_counter()
    result = act()
    print(f"{what:<64} {time.perf_counter() - started:9.2f} s", flush=True)
    return result


def median(what: str, act: Callable[[], object], runs: int = 15) -> float:
    """The middle of so many runs in milliseconds, said with the fastest and the slowest."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    middle = statistics.median(taken) * 1000
    print(f"{what:<64} {middle:9.2f} ms  ({min(taken) * 1000:.2f} to {max(taken) * 1000:.2f})", flush=True)
    return middle

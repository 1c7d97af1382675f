"""How often something can be done in a second of one core, measured in processor time: a busy machine shows less."""

import gc
import time
from collections.abc import Callable


def per_second(act: Callable[[], object], seconds: float) -> float:
    """Calls of `act` in a second of this process's processor time; a call before is not counted."""
    act()
    # What the process loaded before is not searched for garbage over and over: it is not this call's.
    gc.collect()
    gc.freeze()
    done = 0
    start = time.process_time()
    while (taken := time.process_time() - start) < seconds:
        act()
        done += 1
    return done / taken

"""Tells the apps above that facts about people changed, inside the transaction that changed them.

The apps below must not import the apps above, so listeners are named in `settings.FACT_LISTENERS` as dotted
strings. Each is called as `listener(people=[ids], on=date)` and may write; if it fails, so does the change.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

_held: ContextVar[dict[date, set[int]] | None] = ContextVar("held", default=None)


def people_changed(*, people: Collection[int], on: date) -> None:
    """Call after writing anything that a figure counts of these people, once for a whole batch.

    That is: who they are and where they live, certificates, employment and jobs, needs, assessments, services,
    plans, follow-ups, hardship, enrolments and their outcomes.
    """
    if not people:
        return
    held = _held.get()
    if held is not None:
        held[on].update(people)
        return
    for listener in settings.FACT_LISTENERS:
        import_string(listener)(people=sorted(people), on=on)


def standard_decided(*, key: str, region_path: str) -> None:
    """Call after a local standard was decided: what an app above derives from it may be different now."""
    for listener in settings.STANDARD_LISTENERS:
        import_string(listener)(key=key, region_path=region_path)


@contextmanager
def told_once() -> Iterator[None]:
    """An action that is made of others wraps them, within its transaction: their people are counted once, at its end.

    One inside another tells at the end of the outer. What fails tells nothing.
    """
    if _held.get() is not None:
        yield
        return
    with untold() as held:
        yield
    for on, people in sorted(held.items()):
        people_changed(people=people, on=on)


@contextmanager
def untold() -> Iterator[dict[date, set[int]]]:
    """Collects whom the writes inside changed, by day, and tells nobody: for a load that has everybody counted after it."""
    held: dict[date, set[int]] = defaultdict(set)
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)

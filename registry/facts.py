"""Tells the apps above that facts about people changed, inside the transaction that changed them.

The apps below must not import the apps above, so listeners are named in `settings.FACT_LISTENERS` as dotted
strings. Each is called as `listener(people=[ids], on=date)` and may write; if it fails, so does the change.
"""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string


def people_changed(*, people: Collection[int], on: date) -> None:
    """Call after writing a certificate, a move, an employment status or a need registration of these people."""
    for listener in settings.FACT_LISTENERS:
        import_string(listener)(people=people, on=on)

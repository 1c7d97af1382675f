"""The work list of the first page: what waits in every app for this actor, and what the figures say above it.

The apps below must not import the apps above, so the lists are named in `settings.WORK_LISTS` as dotted strings.
Each is called as `waiting(actor, on=date)`, gives a list of `Waiting` (registry/rules/work.py), looks only where the
actor holds the permission to deal with it, and makes one query for each kind. `settings.FINDINGS` names functions of the
same kind that give a list of `Finding`.
"""

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from registry.rules.access import Actor
from registry.rules.work import Finding, Waiting


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """What waits for the actor on the day, the oldest first; last what no day matters for."""
    found = [one for name in settings.WORK_LISTS for one in import_string(name)(actor, on=on)]
    return sorted(found, key=lambda one: (one.oldest is None, one.oldest or on))


def findings(actor: Actor, *, on: date) -> list[Finding]:
    """What the actor's figures say on the day, in the order of the settings."""
    return [one for name in settings.FINDINGS for one in import_string(name)(actor, on=on)]

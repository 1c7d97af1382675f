"""Moving several cohorts at once: approve, return, archive what was ticked in the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from courses.actions import cohorts
from courses.models import Cohort
from registry.errors import RegistryError
from registry.rules.access import Actor

AT_ONCE = 50
"""Cohorts in one go: a page of the list."""


@dataclass(frozen=True)
class Moved:
    """One cohort of a batch; `refusal` says why it stayed where it is, None when it moved."""

    cohort: Cohort
    refusal: RegistryError | None = None


def move_many(
    *, by: Actor, on: date, cohorts_to_move: Sequence[Cohort], state: str, reason: str = ""
) -> list[Moved]:
    """Move each as `cohorts.move_to` does, in its own transaction: one that is refused keeps no other back.

    A permission that is lacking refuses that cohort, too. At most AT_ONCE are taken.
    """
    found = []
    for cohort in cohorts_to_move[:AT_ONCE]:
        try:
            with transaction.atomic():
                cohorts.move_to(by=by, on=on, cohort=cohort, state=state, reason=reason)
        except RegistryError as refusal:
            found.append(Moved(cohort, refusal))
        else:
            found.append(Moved(cohort))
    return found

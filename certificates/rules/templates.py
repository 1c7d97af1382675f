"""How a version of a certificate's template stands on a day."""

from datetime import date
from enum import StrEnum


class TemplateState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    """Its day is still to come."""
    IN_USE = "in_use"
    SUPERSEDED = "superseded"
    """A newer one of the same federation began."""
    ENDED = "ended"


def state_on(
    on: date, *, begins: date | None, ended_on: date | None, newer_from: date | None
) -> TemplateState:
    """`newer_from`: when the next version of the same federation begins, None when there is none."""
    if begins is None:
        return TemplateState.DRAFT
    if on < begins:
        return TemplateState.WAITING
    if newer_from is not None and newer_from <= on:
        return TemplateState.SUPERSEDED
    if ended_on is not None and ended_on <= on:
        return TemplateState.ENDED
    return TemplateState.IN_USE

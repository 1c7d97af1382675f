"""How often the public may try; pages and API count together."""

from typing import TypedDict


class Limit(TypedDict):
    """The fixed arguments of registry.actions.throttles."""

    purpose: str
    limit: int
    seconds: int


OBJECTIONS: Limit = {"purpose": "notice-objections", "limit": 5, "seconds": 3600}
"""Objections an hour from one address."""
OBJECTIONS_TO_ONE: Limit = {"purpose": "notice-objections-to-one", "limit": 50, "seconds": 24 * 3600}
"""Objections a day to one notice, from wherever they come: nobody floods a federation's work list."""
RECEIPT_MISSES: Limit = {"purpose": "objection-receipt", "limit": 30, "seconds": 60}
"""Wrong receipt numbers a minute from one address; 40 random bits are not guessed at this rate."""
EVALUATION_MISSES: Limit = {"purpose": "evaluation-code", "limit": 20, "seconds": 60}
"""Wrong evaluation codes a minute from one address. Right ones do not count: a class shares an address, and of ten
digits a handful are in use at a time."""

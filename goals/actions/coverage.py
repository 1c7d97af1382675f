"""Keeps the two-skills counts in step with the facts, in the transaction that changes them."""

from collections.abc import Collection
from datetime import date


def people_changed(*, people: Collection[int], on: date) -> None:
    """Called through registry/facts.py."""

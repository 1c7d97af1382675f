"""Periodic work of `certificates` (settings.BEATS)."""

from datetime import datetime

from certificates.actions import shares


def forget_closed_shares(*, at: datetime) -> None:
    """Share links that have long shown nothing: where somebody looked for work is not kept for ever."""
    shares.forget(at=at)

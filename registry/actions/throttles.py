"""Rate limits: one counter per source and window, raised by a single statement that concurrent tries cannot race."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import connection

from registry.errors import TooManyRequests
from registry.models import Throttle


def hit(*, purpose: str, source: str, limit: int, seconds: int, at: datetime) -> None:
    """Count one try by `source` (an address, a login name) for `purpose`.

    Raises TooManyRequests with `retry_after` in seconds when more than `limit` fall into the window.
    """
    now = int(at.timestamp())
    window = now // seconds
    key = hmac.new(settings.SECRET_KEY.encode(), f"{purpose}\n{source}".encode(), hashlib.sha256).hexdigest()
    table = connection.ops.quote_name(Throttle._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, {connection.ops.quote_name('window')}, hits) VALUES (%s, %s, 1) "
            f"ON CONFLICT (key, {connection.ops.quote_name('window')}) "
            f"DO UPDATE SET hits = {table}.hits + 1 RETURNING hits",
            [key, window],
        )
        hits = cursor.fetchone()[0]
    if hits > limit:
        raise TooManyRequests(retry_after=seconds - now % seconds)


def forget(*, before: datetime) -> int:
    """Delete the counters of windows that ended before; returns how many rows went (windows are at most a day)."""
    return Throttle.objects.filter(window__lt=int(before.timestamp()) // 86_400).delete()[0]

"""Rate limits: one counter per source and window, raised in one statement that no try can race."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from registry.errors import TooManyRequests
from registry.models import Throttle


def hit(*, purpose: str, source: str, limit: int, seconds: int, at: datetime, tries: int = 1) -> None:
    """Count one try, or several made at once, by `source` (an address, a login name) for `purpose`.

    Raises TooManyRequests with `retry_after` in seconds when more than `limit` fall into the window.
    """
    window = _start(at, seconds)
    key = _key(purpose, source)
    table = connection.ops.quote_name(Throttle._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, {connection.ops.quote_name('window')}, hits) VALUES (%s, %s, %s) "
            f"ON CONFLICT (key, {connection.ops.quote_name('window')}) "
            f"DO UPDATE SET hits = {table}.hits + excluded.hits RETURNING hits",
            [key, window, tries],
        )
        hits = cursor.fetchone()[0]
    if hits > limit:
        raise TooManyRequests(retry_after=window + seconds - int(at.timestamp()))


def require_unspent(*, purpose: str, source: str, limit: int, seconds: int, at: datetime) -> None:
    """Like `hit`, but counts nothing: for pages that count only wrong tries. Raises TooManyRequests."""
    select, values = tries(purpose=purpose, source=source, limit=limit, seconds=seconds, at=at)
    with connection.cursor() as cursor:
        cursor.execute(select, values)
        row = cursor.fetchone()
    if row and row[0] >= limit:
        raise TooManyRequests(retry_after=_start(at, seconds) + seconds - int(at.timestamp()))


def tries(*, purpose: str, source: str, limit: int, seconds: int, at: datetime) -> tuple[str, list[Any]]:
    """The statement that tells the tries of this window, with its values: a hot page asks it inside its own."""
    select = (
        f"SELECT hits FROM {connection.ops.quote_name(Throttle._meta.db_table)} "
        f"WHERE key = %s AND {connection.ops.quote_name('window')} = %s"
    )
    return select, [_key(purpose, source), _start(at, seconds)]


def forgive(*, purpose: str, source: str, seconds: int, at: datetime) -> None:
    """Forget the tries of this window: the source has proved itself."""
    Throttle.objects.filter(key=_key(purpose, source), window=_start(at, seconds)).delete()


def _start(at: datetime, seconds: int) -> int:
    """When the window of this moment began, in seconds since 1970."""
    now = int(at.timestamp())
    return now - now % seconds


def _key(purpose: str, source: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}\n{source}".encode(), hashlib.sha256).hexdigest()


def forget(*, before: datetime) -> int:
    """Delete the counters of windows that began before; returns how many rows went."""
    return Throttle.objects.filter(window__lt=int(before.timestamp())).delete()[0]

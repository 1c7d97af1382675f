"""The first page: what was found where the reader works, and what waits for them, one line each."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """So many of one kind, and where they are dealt with.

    `text` is translated when it is shown: `text % {"count", "n", "oldest"}`, with the count for the plural, as it
    is written, and the day as it is written. `oldest` is the day since or on which the first one waits, None
    where no day matters.
    """

    key: str
    text: Any
    count: int
    oldest: date | None
    url: str


@dataclass(frozen=True)
class Finding:
    """What the figures say in one sentence, and the page that shows why."""

    sentence: str
    url: str

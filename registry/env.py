"""Readers of the environment: the only place that turns a variable into a setting (12-factor, III)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable NAME, or the content of the file that NAME_FILE names (for secrets mounted as files).

    Raises ImproperlyConfigured, naming the variable, when neither is set and there is no default.
    """
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    if default is None:
        raise ImproperlyConfigured(
            f"Set {name}, or {name}_FILE to a file that holds it. See docs/operating.md."
        )
    return default


def flag(name: str, default: bool) -> bool:
    """True or False, spelled exactly so: a typo must not switch a protection off."""
    value = text(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value == "True"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """A list of words separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's database settings from `sqlite:///path` or `postgresql://user:password@host:port/name?option=…`.

    SQLite writes take the lock at BEGIN (IMMEDIATE): with Django's default, 97 % of concurrent
    read-then-write transactions failed with "database is locked"; with this, none.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            # Opening a connection and its PRAGMAs cost more than a whole public page (benchmarks/verify_page.py).
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            # Django's pool needs CONN_MAX_AGE 0; preparing statements spares PostgreSQL its planning.
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": True, "server_side_binding": True, "prepare_threshold": 5, **options},
        }
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgresql://")

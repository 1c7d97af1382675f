"""What the public knows of certificates: one statement by their codes, and one for what replaced them.

Written as SQL because building the same query with the ORM costs fifteen times what running it does
(benchmarks/verify_page.py). It reads what was printed, never the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from certificates.models import Certificate, SigningKey
from certificates.models.certificates import CertificateStatus
from courses.models import Skill
from registry.models import TrainingBase


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """A certificate as printed and as it stands. The full name is for comparing; pages show the masked one."""

    code: str
    number: str
    status: str
    """A `CertificateStatus`, or KEY_COMPROMISED."""
    reason_class: str
    status_since: date
    holder_name: str
    title: str
    course_name: str
    skill_name: str
    level: int
    hours: int
    starts_on: date
    ends_on: date
    issued_on: date
    base_name: str
    issuer_name: str
    skill_number: int
    base_serial: int
    new_code: str = ""
    """The code of the certificate that stands for this one today, however often it was replaced, or ""."""
    new_status: str = ""
    """That certificate's status."""


KEY_COMPROMISED = "key_compromised"
"""In place of the status of a certificate that would stand, had its key not been in other hands on the day it was
issued: its signature proves nothing, so it must be issued again (docs/certificate-format.md §6)."""

LONGEST_CHAIN = 1_000
"""Nobody is corrected this often; a longer chain is a damaged table, and must not keep the query running."""

_COLUMNS = [
    "code",
    "number",
    "status",
    "reason_class",
    "status_since",
    "holder_name",
    "title",
    "course_name",
    "skill_name",
    "level",
    "hours",
    "starts_on",
    "ends_on",
    "issued_on",
    "base_name",
    "issuer_name",
]
_DATES = [index for index, name in enumerate(_COLUMNS) if name.endswith(("_on", "_since"))]


def find_by_code(code: str) -> PublicRecord | None:
    """The certificate with this code in its canonical spelling. One query, two for a replaced one."""
    return _one("code", code)


def find_beside(code: str, question: tuple[str, list[Any]]) -> tuple[PublicRecord | None, Any]:
    """Like `find_by_code`, with what another statement answers (one value, or None): one trip to the database
    for both, of which the hot path is mostly made. Without a certificate nothing else is answered."""
    asked, values = question
    rows = _rows(_statement("code", 1, connection.vendor, asked), [*values, code])
    return (_first([row[1:] for row in rows]), rows[0][0]) if rows else (None, None)


def find_by_number(number: str) -> PublicRecord | None:
    """The certificate with this number in its canonical spelling. One query, two for a replaced one."""
    return _one("number", number)


def find_many(codes: Sequence[str]) -> dict[str, PublicRecord]:
    """The certificates with these codes, by code; a code without one is missing. At most two queries."""
    if not codes:
        return {}
    rows = _rows(_statement("code", len(codes), connection.vendor), codes)
    newest = _newest([row[0] for row in rows if row[2] == CertificateStatus.REPLACED])
    return {row[0]: _record(row, newest) for row in rows}


def _one(column: str, value: str) -> PublicRecord | None:
    return _first(_rows(_statement(column, 1, connection.vendor), [value]))


def _first(rows: list[tuple[Any, ...]]) -> PublicRecord | None:
    if not rows:
        return None
    replaced = rows[0][2] == CertificateStatus.REPLACED
    return _record(rows[0], _newest([rows[0][0]]) if replaced else {})


def _record(row: tuple[Any, ...], newest: dict[str, tuple[str, str]]) -> PublicRecord:
    values: list[Any] = list(row)
    for index in _DATES:
        # SQLite answers dates as text; Django's converters belong to the ORM.
        if isinstance(values[index], str):
            values[index] = date.fromisoformat(values[index])
    return PublicRecord(*values, *newest.get(values[0], ()))


def _newest(codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """For each code of a replaced certificate, code and status of the last one of its chain. One query."""
    if not codes:
        return {}
    found = _rows(_chain_statement(len(codes), connection.vendor), codes)
    return {old: (new, status) for old, new, status in found}


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@lru_cache(maxsize=64)
def _statement(column: str, count: int, vendor: str, beside: str = "") -> str:
    """The statement for one database, with another's answer as its first column; a draft is not there."""
    quote = connection.ops.quote_name
    read = [_standing("c") if name == "status" else f"c.{quote(name)}" for name in _COLUMNS]
    columns = ", ".join([f"({beside})", *read] if beside else read)
    return (
        f"SELECT {columns}, s.number, b.serial FROM {quote(Certificate._meta.db_table)} c "
        f"JOIN {quote(Skill._meta.db_table)} s ON s.id = c.skill_id "
        f"JOIN {quote(TrainingBase._meta.db_table)} b ON b.id = c.base_id "
        f"JOIN {quote(SigningKey._meta.db_table)} k ON k.id = c.signing_key_id "
        f"WHERE c.{column} IN ({_places(count)}) AND c.status <> '{CertificateStatus.DRAFT.value}'"
    )


@lru_cache(maxsize=64)
def _chain_statement(count: int, vendor: str) -> str:
    """From each certificate to the one that replaces it, until none does: the last ones of the chains."""
    table = connection.ops.quote_name(Certificate._meta.db_table)
    keys = connection.ops.quote_name(SigningKey._meta.db_table)
    issued = f"status <> '{CertificateStatus.DRAFT.value}'"
    return (
        "WITH RECURSIVE chain (old, id, code, status, step) AS ("
        # PostgreSQL wants both halves of one type, and the CASE below loses the column's length.
        f"SELECT code, id, code, CAST(status AS varchar), 0 FROM {table} WHERE code IN ({_places(count)}) "
        f"UNION ALL SELECT chain.old, n.id, n.code, {_standing('n')}, chain.step + 1 FROM chain "
        f"JOIN {table} n ON n.replaces_id = chain.id JOIN {keys} k ON k.id = n.signing_key_id "
        f"WHERE n.{issued} AND chain.step < {LONGEST_CHAIN}) "
        "SELECT old, code, status FROM chain WHERE step > 0 "
        f"AND NOT EXISTS (SELECT 1 FROM {table} m WHERE m.replaces_id = chain.id AND m.{issued})"
    )


def _standing(table: str) -> str:
    """SQL for the status as the public reads it; `k` is the key that signed."""
    stands = f"'{CertificateStatus.ISSUED.value}', '{CertificateStatus.SUSPENDED.value}'"
    return (
        f"CASE WHEN k.compromised_from <= {table}.issued_on AND {table}.status IN ({stands}) "
        f"THEN '{KEY_COMPROMISED}' ELSE {table}.status END"
    )


def _places(count: int) -> str:
    return ", ".join(["%s"] * count)

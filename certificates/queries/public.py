"""What the public page knows of a certificate: one statement by its code, on the hot path.

Written as SQL because building the same query with the ORM costs fifteen times what running it does
(benchmarks/verify_page.py). It reads what was printed, never the person.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from courses.models import Skill
from registry.models import TrainingBase


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """A certificate as printed and as it stands. The full name is for comparing; pages show the masked one."""

    code: str
    number: str
    status: str
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
    new_code: str
    """The code of the certificate that replaced this one, or ""."""


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
    """The certificate with this code in its canonical spelling. One query."""
    return _find("code", code)


def find_by_number(number: str) -> PublicRecord | None:
    """The certificate with this number in its canonical spelling. One query."""
    return _find("number", number)


def _find(column: str, value: str) -> PublicRecord | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(column, connection.vendor), [value])
        row = cursor.fetchone()
    if row is None:
        return None
    values: list[Any] = list(row)
    for index in _DATES:
        # SQLite answers dates as text; Django's converters belong to the ORM.
        if isinstance(values[index], str):
            values[index] = date.fromisoformat(values[index])
    values[-1] = values[-1] or ""
    return PublicRecord(*values)


@cache
def _statement(column: str, vendor: str) -> str:
    """The statement for one database; a draft is not there for the public."""
    quote = connection.ops.quote_name
    table = quote(Certificate._meta.db_table)
    columns = ", ".join(f"c.{quote(name)}" for name in _COLUMNS)
    return (
        f"SELECT {columns}, s.number, b.serial, n.code FROM {table} c "
        f"JOIN {quote(Skill._meta.db_table)} s ON s.id = c.skill_id "
        f"JOIN {quote(TrainingBase._meta.db_table)} b ON b.id = c.base_id "
        f"LEFT JOIN {table} n ON n.replaces_id = c.id "
        f"WHERE c.{column} = %s AND c.status <> '{CertificateStatus.DRAFT.value}'"
    )

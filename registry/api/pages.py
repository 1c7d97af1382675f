"""Lists of the API: fifty at a time, with how many there are in all."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from ninja import Schema

from registry.views.lists import ROWS

Row = TypeVar("Row")


def paged(rows: QuerySet[Any], page: int) -> dict[str, Any]:
    """The rows of one page; beyond the last there are none."""
    start = (page - 1) * ROWS
    return {"count": rows.count(), "page": page, "items": list(rows[start : start + ROWS])}


class PageOut(Schema):
    """`count` is how many there are in all, `page` begins with 1."""

    count: int
    page: int

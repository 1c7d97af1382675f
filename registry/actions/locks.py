"""A row that nobody else changes until this transaction ends."""

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def lock(row: Row, *joined: str) -> Row:
    """The row as it is now, with the rows it is joined to; whoever else writes to it waits for this transaction's end."""
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related(*joined).get(pk=row.pk)

"""What a ledger is asked for, and how its rows are read: page by page, each page in a fixed number of queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from courses.models import Cohort
from registry.models import DisabilityCertificate, Person

PAGE = 1000
"""Rows of a page."""

Cells = dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """`on` is the day as which it is read; `year` the one asked for, `cohort` and `comparison` the one thing."""

    region_path: str
    on: date
    year: int | None = None
    cohort: Cohort | None = None
    comparison_id: int | None = None


@dataclass(frozen=True)
class Source:
    """Where the rows of a sheet come from: the rows in order of their keys, and the cells of a page of them."""

    rows: Callable[[Wanted], QuerySet[Any]]
    cells: Callable[[list[Any], Wanted], list[Cells]]

    def count(self, wanted: Wanted) -> int:
        return self.rows(wanted).count()

    def page(self, wanted: Wanted, *, after: int) -> tuple[list[Cells], int]:
        """The cells of the rows behind the key `after`, and the last of their keys; none at the end."""
        rows = list(self.rows(wanted).filter(pk__gt=after).order_by("pk")[:PAGE])
        return (self.cells(rows, wanted), rows[-1].pk) if rows else ([], after)


Sources = Mapping[tuple[str, str], Source]


def day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def cards(people: list[Person], *, on: date) -> dict[int, DisabilityCertificate]:
    """The 残疾人证 of each person as last recorded by the day, without those that were cancelled; one query."""
    rows = DisabilityCertificate.objects.filter(person__in=people, recorded_on__lte=on)
    found = {row.person_id: row for row in rows.order_by("recorded_on", "pk")}
    return {pk: row for pk, row in found.items() if row.cancelled_on is None or row.cancelled_on > on}

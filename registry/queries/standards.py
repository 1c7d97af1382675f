"""Which local standard holds where and when: the nearest federation upward that decided, else the default."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When

from registry.models import LocalStandard
from registry.rules.standards import STANDARDS


@dataclass(frozen=True)
class InForce:
    """A standard as it holds in a region: `decided` is the federation's row, None for the default."""

    key: str
    value: Any
    decided: LocalStandard | None = None


def value(key: str, *, region_path: str, on: date) -> Any:
    """What holds in the region on the day; one query."""
    return in_force([key], region_path=region_path, on=on)[key].value


def values(keys: Iterable[str], *, region_path: str, on: date) -> dict[str, Any]:
    """Several standards at once; one query."""
    return {key: held.value for key, held in in_force(keys, region_path=region_path, on=on).items()}


def in_force(keys: Iterable[str], *, region_path: str, on: date) -> dict[str, InForce]:
    """Each standard with who decided it; one query."""
    keys = list(keys)
    codes = region_path.rstrip("/").split("/")
    rows = _latest(LocalStandard.objects.filter(key__in=keys, federation__region__code__in=codes), on=on)
    return {key: _nearest(key, rows, region_path) for key in keys}


def everywhere(key: str, *, on: date) -> Callable[[str], Any]:
    """The standard as a function of a region's path, for lists that cross regions; one query."""
    rows = _latest(LocalStandard.objects.filter(key=key), on=on)
    return lambda region_path: _nearest(key, rows, region_path).value


def by_region(key: str, region_path_field: str, *, on: date, made: Callable[[Any], Any]) -> Case:
    """The standard as an SQL expression of a row's region path, for filters: `made(value)` for what holds there.

    One query now, for the federations that decided; the nearest one above a row comes first.
    """
    rows = _latest(LocalStandard.objects.filter(key=key), on=on)
    paths = sorted((path for _key, path in rows), key=len, reverse=True)
    cases = [
        When(
            Q(**{f"{region_path_field}__startswith": path}), then=Value(made(_nearest(key, rows, path).value))
        )
        for path in paths
    ]
    return Case(*cases, default=Value(made(STANDARDS[key].default)))


def decisions(key: str, *, region_path: str) -> list[LocalStandard]:
    """What the federation of this region itself decided on a rule, latest first, also what begins later."""
    found = LocalStandard.objects.filter(key=key, federation__region__path=region_path)
    return list(found.select_related("federation"))


def _latest(rows: Any, *, on: date) -> dict[tuple[str, str], LocalStandard]:
    """The row in force for each (key, region path)."""
    begun = rows.filter(since__lte=on).select_related("federation__region").order_by("since")
    return {(row.key, row.federation.region.path): row for row in begun}


def _nearest(key: str, rows: dict[tuple[str, str], LocalStandard], region_path: str) -> InForce:
    codes = region_path.rstrip("/").split("/")
    for depth in range(len(codes), 0, -1):
        row = rows.get((key, "/".join(codes[:depth]) + "/"))
        if row is not None and row.value is not None:
            return InForce(key, row.value, row)
    return InForce(key, STANDARDS[key].default)

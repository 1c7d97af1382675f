"""How the API tells of a target and its progress."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Schema

from goals.models import Target
from goals.queries.progress import Kind, Progress
from goals.rules.readings import State


class TargetOut(Schema):
    """A share's `value` lies between 0 and 1; `due` is a date, a month and day of every year, or a quarter."""

    code: str
    metric: str
    metric_name: str
    period_kind: str
    operator: str
    value: Decimal | None
    due: str
    unit: str
    per: str
    scope: str
    first_year: int
    last_year: int
    quote: str
    quote_simplified: str
    note: str
    source: str
    repeats: str | None

    @staticmethod
    def resolve_repeats(target: Target) -> str | None:
        return target.repeats.code if target.repeats else None


class AttainmentOut(Schema):
    """In per cent: how much of the target, and how much of its time."""

    share: Decimal
    elapsed: Decimal


class ReadingOut(Schema):
    """What is known for a year, or (null) for the target's whole time. `actual` and `wanted` in the target's unit.

    `part` of `whole` people, or units, make a share. `is_whole` is false while people are still being counted.
    """

    state: State
    as_of: date
    year: int | None
    actual: Decimal | None
    wanted: Decimal | None
    part: int | None
    whole: int | None
    attainment: AttainmentOut | None
    done_on: date | None
    due_on: date | None
    source: str
    is_whole: bool


class UnitOut(Schema):
    region_code: str
    reading: ReadingOut


class ProgressOut(Schema):
    """`kind` says where the figure comes from, or why there is none; `trainings` are 人次 beside persons (人)."""

    kind: Kind
    reading: ReadingOut | None
    years: list[ReadingOut]
    trainings: int | None
    without: list[str]
    units: list[UnitOut]


class TargetProgressOut(Schema):
    target: TargetOut
    progress: ProgressOut


def shown(target: Target, found: Progress) -> dict[str, Any]:
    """A target with its progress, as `TargetProgressOut` takes it."""
    progress = {
        "kind": found.kind,
        "reading": found.reading,
        "years": list(found.years),
        "trainings": found.trainings,
        "without": [region.code for region in found.without],
        "units": [{"region_code": unit.region.code, "reading": unit.reading} for unit in found.units],
    }
    return {"target": target, "progress": progress}

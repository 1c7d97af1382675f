"""Records what other offices paid for people (人社 above all), so that the same cost is not paid again (C43)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction

from courses.models import OtherFunding
from courses.queries.funding_sheets import NewFunding
from courses.subsidy_errors import FundingUndone
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@dataclass(frozen=True)
class Recorded:
    """What came of several rows: those kept, how many were there already, and problem codes by row number and field."""

    kept: list[OtherFunding] = field(default_factory=list)
    known: int = 0
    problems: dict[int, dict[str, str]] = field(default_factory=dict)


@transaction.atomic
def record(*, by: Actor, on: date, funding: NewFunding) -> OtherFunding:
    """Record one payment; the same one again is the same row. Raises NotPermitted, InvalidInput."""
    recorded = record_all(by=by, on=on, rows={1: funding})
    if recorded.problems:
        raise InvalidInput(fields=recorded.problems[1])
    if recorded.kept:
        return recorded.kept[0]
    return next(row for row in _standing([funding.person.pk]) if _same(row) == _key(funding))


@transaction.atomic
def record_all(*, by: Actor, on: date, rows: dict[int, NewFunding]) -> Recorded:
    """Record the rows that can stand, and tell what is wrong with the others; those known already stay as they are.

    The people are held, so that a claim made at the same moment sees the payment or is seen by it. Raises
    NotPermitted for a person outside the actor's reach.
    """
    ids = [row.person.pk for row in rows.values()]
    held = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    for person in held.select_related("region").order_by("pk"):
        require(by, Permission.SUBSIDY_CHECK, region_path=person.region.path)
    there = {_same(row) for row in _standing(ids)}
    recorded, known = Recorded(), 0
    fresh: list[OtherFunding] = []
    for number, row in rows.items():
        clean = replace(row, payer=row.payer.strip(), document=row.document.strip())
        if wrong := _problems(clean, on=on):
            recorded.problems[number] = wrong
        elif _key(clean) in there:
            known += 1
        else:
            there.add(_key(clean))
            values = {name: getattr(clean, name) for name in _NAMES}
            fresh.append(OtherFunding(recorded_on=on, recorded_by=by.name, **values))
    OtherFunding.objects.bulk_create(fresh, batch_size=BATCH_ROWS)
    audit.record_many(
        "other_funding.recorded",
        [
            (row, row.person.region.path, {"item": row.item, "amount": str(row.amount), "on": str(on)})
            for row in fresh
        ],
        by=by,
    )
    return replace(recorded, kept=fresh, known=known)


@transaction.atomic
def undo(*, by: Actor, on: date, funding: OtherFunding, reason: str) -> OtherFunding:
    """It never was so: the row stays with the reason and counts nowhere.

    Raises NotPermitted, InvalidInput, FundingUndone.
    """
    rows = OtherFunding.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("person__region").get(pk=funding.pk)
    path = held.person.region.path
    require(by, Permission.SUBSIDY_CHECK, region_path=path)
    if held.undone_on is not None:
        raise FundingUndone()
    reason = reason.strip()
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    require_valid(OtherFunding, undone_reason=reason)
    held.undone_on, held.undone_by, held.undone_reason = on, by.name, reason
    held.save(update_fields=["undone_on", "undone_by", "undone_reason"])
    audit.record("other_funding.undone", held, by=by, region_path=path, on=str(on), reason=reason)
    return held


_NAMES = tuple(NewFunding.__dataclass_fields__)


def _problems(row: NewFunding, *, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    try:
        names = ("item", "payer", "funding_source", "amount", "level", "document")
        require_valid(OtherFunding, **{name: getattr(row, name) for name in names})
    except InvalidInput as error:
        wrong |= error.facts["fields"]
    if "amount" not in wrong and row.amount <= 0:
        wrong["amount"] = "amount_positive"
    if row.paid_on > on:
        wrong["paid_on"] = "date_in_future"
    return wrong


def _standing(people: Sequence[int]) -> list[OtherFunding]:
    return list(OtherFunding.objects.standing().filter(person__in=people))


def _same(row: OtherFunding) -> tuple[object, ...]:
    return (row.person_id, row.item, row.skill_id, row.level, row.payer, row.amount, row.paid_on)


def _key(row: NewFunding) -> tuple[object, ...]:
    skill = row.skill.pk if row.skill else None
    return (row.person.pk, row.item, skill, row.level, row.payer, row.amount, row.paid_on)

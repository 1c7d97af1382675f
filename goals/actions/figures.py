"""Keeps the figures in step with the facts, in the transaction that changes them.

People are locked first, in a statement of its own and in the order of their ids, then counted: two issuers of
one person would otherwise each see only their own certificate. Changes are appended as deltas of the leaf
region; `fold` carries them up the tree later (docs/adr/0003-counts-by-deltas.md).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from goals.models import FigureDelta, FigureTotal, PlanPeriod, Tally
from goals.queries.facts import with_facts
from goals.queries.tallies import Key, counted, periods, recorded
from registry.models import Person, Region

FOLD_EVERY = 5_000
"""Deltas after which a writer folds once its own transaction is over: a read then sums a few hundred rows."""

FOLD_AT_MOST = 20_000
"""Deltas that one transaction folds."""

ROWS_A_STATEMENT = 5_000
"""PostgreSQL takes 65,535 parameters in one statement bound by the server."""

WRITTEN_FIELDS = ["region", "counted_on", "joined_on", "skills", "counts", "cells", "parts"]
COUNTED_FIELDS = ("region_id", "joined_on", "skills", "counts", "cells", "parts")
"""What the figures rest on: all that is written but the day of counting."""

Place = tuple[int, int, str]
"""Period, region and cell."""


@transaction.atomic
def people_changed(*, people: Collection[int], on: date) -> None:
    """Count these people afresh and note what changed in the figures of their regions.

    Called through registry/facts.py after any fact about people was written, in the same transaction. The number of
    queries does not grow with the number of people (up to 5,000 of them; SQLite writes some hundred in a statement).
    """
    held = periods()
    if held and people:
        _wait_for_first_day(held, on)
        write(*recount_people(lock(with_household(people)), held, on=on))


def _wait_for_first_day(held: Iterable[PlanPeriod], on: date) -> None:
    """A period to come counts nobody yet: whoever is there on its first day is counted then (periods.open_year)."""
    if to_come := [period.pk for period in held if on < period.first_day and period.is_counted]:
        PlanPeriod.objects.filter(pk__in=to_come).update(counted_to=0)


def with_household(people: Collection[int]) -> set[int]:
    """These people and those of their households: whether one of them works counts for the others too."""
    # Two indexes, each asked by itself: with OR, PostgreSQL would read all people.
    members = Person.objects.filter(household_of__in=people).order_by().values_list("pk")
    heads = Person.objects.filter(pk__in=people, household_of__isnull=False).order_by()
    return {*people, *(pk for (pk,) in members.union(heads.values_list("household_of")))}


def lock(people: Collection[int]) -> list[Person]:
    """Hold these people to the end of the transaction; rows that refer to them can still be added by others.

    On SQLite a transaction that writes is alone anyway, and this only reads.
    """
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    return list(with_facts(rows))


def recount_people(
    people: Collection[Person], held: Collection[PlanPeriod], *, on: date
) -> tuple[dict[Key, Tally], dict[Key, Tally]]:
    """The locked people as they were counted and as they are now.

    A person once counted by a later day than `on` is counted by that day again: recording the past, as a
    command that loads old classes does, must not undo what is known of the present.
    """
    before = recorded([person.pk for person in people], held)
    as_of = max([on, *(tally.counted_on for tally in before.values())])
    return before, counted(people, held, on=as_of)


def write(before: Mapping[Key, Tally], after: Mapping[Key, Tally]) -> None:
    """Bring the tallies from one state to the other and append the deltas that follow."""
    changed = [key for key in {**before, **after} if not same(before.get(key), after.get(key))]
    touched = {key: after[key] for key in changed if key in after}
    touched |= _newly_dated(before, after, touched)
    if touched:
        Tally.objects.bulk_create(
            [tally for _key, tally in sorted(touched.items())],
            batch_size=ROWS_A_STATEMENT,
            update_conflicts=True,
            unique_fields=["period", "person"],
            update_fields=WRITTEN_FIELDS,
        )
    if gone := [before[key].pk for key in changed if key not in after]:
        Tally.objects.filter(pk__in=gone).delete()
    was = [before[key] for key in changed if key in before]
    becomes = [after[key] for key in changed if key in after]
    deltas = FigureDelta.objects.bulk_create(_deltas(was, becomes), ROWS_A_STATEMENT)
    if any(delta.pk % FOLD_EVERY == 0 for delta in deltas):
        transaction.on_commit(fold, robust=True)


def same(before: Tally | None, after: Tally | None) -> bool:
    """Whether two tallies add the same, whenever they were counted."""
    if before is None or after is None:
        return before is after
    return all(getattr(before, name) == getattr(after, name) for name in COUNTED_FIELDS)


def _newly_dated(
    before: Mapping[Key, Tally], after: Mapping[Key, Tally], touched: Mapping[Key, Tally]
) -> dict[Key, Tally]:
    """One row of each person who was last counted on an earlier day, and of whom nothing else is written.

    The latest `counted_on` of a person's rows says by which day they are counted; it need not stand in each.
    """
    last: dict[int, date] = {}
    for (_period, person), tally in before.items():
        last[person] = max(tally.counted_on, last.get(person, tally.counted_on))
    done = {person for _period, person in touched}
    dated: dict[Key, Tally] = {}
    for key, tally in sorted(after.items()):
        person = key[1]
        if person not in done and last.get(person) != tally.counted_on:
            dated[key] = tally
            done.add(person)
    return dated


def added(tally: Tally) -> Iterable[tuple[Place, Mapping[str, int]]]:
    """What a tally adds to its region: to everybody, to its cells, to its parts."""
    for cell in ("", *tally.cells):
        yield (tally.period_id, tally.region_id, cell), tally.counts
    for cell, counts in tally.parts.items():
        yield (tally.period_id, tally.region_id, cell), counts


def _deltas(before: Iterable[Tally], after: Iterable[Tally]) -> list[FigureDelta]:
    """One delta for each period, region and cell whose counts change."""
    changes: dict[Place, Counter[str]] = defaultdict(Counter)
    for sign, tallies in ((-1, before), (1, after)):
        for tally in tallies:
            for place, counts in added(tally):
                change = changes[place]
                for name, count in counts.items():
                    change[name] += sign * count
    return [
        FigureDelta(period_id=period_id, region_id=region_id, cell=cell, counts=_some(change))
        for (period_id, region_id, cell), change in sorted(changes.items())
        if any(change.values())
    ]


@transaction.atomic
def fold() -> int:
    """Add deltas to the totals of their regions and of all above, and delete them; how many were folded.

    Periods that another process is folding are left to it. Readers see either the deltas or the totals that
    hold them, never both, since they read in one statement.
    """
    # No key update: writers of tallies and deltas only refer to the period, and do not wait.
    held = list(PlanPeriod.objects.select_for_update(no_key=True, skip_locked=True).order_by("pk"))
    deltas = list(
        FigureDelta.objects.filter(period__in=held)
        .order_by("pk")
        .values_list("pk", "period_id", "region__path", "cell", "counts")[:FOLD_AT_MOST]
    )
    changes: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for _pk, period_id, path, cell, counts in deltas:
        for code in path.rstrip("/").split("/"):
            change = changes[period_id, code, cell]
            for name, count in counts.items():
                change[name] += count
    add_to_totals(changes)
    FigureDelta.objects.filter(pk__in=[delta[0] for delta in deltas]).delete()
    return len(deltas)


def add_to_totals(changes: Mapping[tuple[int, str, str], Counter[str]]) -> None:
    """Add to the totals of (period, region code, cell). The caller holds the periods: nobody else writes totals."""
    codes = {code for _period, code, _cell in changes}
    regions = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    held = FigureTotal.objects.filter(
        period_id__in={period for period, _code, _cell in changes},
        region_id__in=regions.values(),
        cell__in={cell for _period, _code, cell in changes},
    )
    totals = {(total.period_id, total.region_id, total.cell): total for total in held}
    sums = []
    for (period_id, code, cell), change in sorted(changes.items()):
        place = (period_id, regions[code], cell)
        counts = Counter(totals[place].counts) if place in totals else Counter[str]()
        counts.update(change)
        sums.append(
            FigureTotal(period_id=period_id, region_id=regions[code], cell=cell, counts=_some(counts))
        )
    FigureTotal.objects.bulk_create(
        sums,
        ROWS_A_STATEMENT,
        update_conflicts=True,
        unique_fields=["period", "region", "cell"],
        update_fields=["counts"],
    )


def _some(counts: Counter[str]) -> dict[str, int]:
    return {name: count for name, count in sorted(counts.items()) if count}

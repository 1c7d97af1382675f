"""Keeps the two-skills counts in step with the facts, in the transaction that changes them.

People are locked first, in a statement of its own and in the order of their ids, then counted: two issuers of
one person would otherwise each see only their own certificate. Changes are appended as deltas of the leaf
region; `fold` carries them up the tree later (docs/adr/0003-counts-by-deltas.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from goals.models import CoverageDelta, CoverageTotal, PlanPeriod, PopulationMember
from goals.queries.population import Key, counted, recorded
from registry.models import Person, Region

FOLD_EVERY = 500
"""Deltas after which a writer folds once its own transaction is over: a read then sums a few hundred rows."""

FOLD_AT_MOST = 20_000
"""Deltas that one transaction folds."""

ROWS_A_STATEMENT = 5_000
"""PostgreSQL takes 65,535 parameters in one statement bound by the server."""

WRITTEN_FIELDS = ["region", "joined_on", "counted_on", "skills"]
COUNT_FIELDS = ["people", "one_skill", "two_skills"]


@transaction.atomic
def people_changed(*, people: Collection[int], on: date) -> None:
    """Count these people afresh and note what changed in the figures of their regions.

    Called through registry/facts.py after a certificate, an employment status, a need registration or a move
    was written, in the same transaction. The number of queries does not grow with the number of people
    (up to 5,000 of them; SQLite writes 166 in a statement).
    """
    periods = list(PlanPeriod.objects.all())
    if periods and people:
        write(*recount_people(lock(people), periods, on=on))


def lock(people: Collection[int]) -> list[Person]:
    """Hold these people to the end of the transaction; rows that refer to them can still be added by others.

    On SQLite a transaction that writes is alone anyway, and this only reads.
    """
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    return list(rows.only("region_id", "birth_date", "sex", "kind"))


def recount_people(
    people: Collection[Person], periods: Collection[PlanPeriod], *, on: date
) -> tuple[dict[Key, PopulationMember], dict[Key, PopulationMember]]:
    """The locked people as they were counted and as they are now.

    A person once counted by a later day than `on` is counted by that day again: recording the past, as a
    command that loads old classes does, must not undo what is known of the present.
    """
    before = recorded([person.pk for person in people], periods)
    as_of = max([on, *(member.counted_on for member in before.values())])
    return before, counted(people, periods, on=as_of)


def write(before: Mapping[Key, PopulationMember], after: Mapping[Key, PopulationMember]) -> None:
    """Bring the members from one state to the other and append the deltas that follow."""
    touched = [member for key, member in sorted(after.items()) if _differs(before.get(key), member)]
    if touched:
        PopulationMember.objects.bulk_create(
            touched,
            batch_size=ROWS_A_STATEMENT,
            update_conflicts=True,
            unique_fields=["period", "person"],
            update_fields=WRITTEN_FIELDS,
        )
    if gone := [member.pk for key, member in before.items() if key not in after]:
        PopulationMember.objects.filter(pk__in=gone).delete()
    deltas = CoverageDelta.objects.bulk_create(_deltas(before.values(), after.values()))
    if any(delta.pk % FOLD_EVERY == 0 for delta in deltas):
        transaction.on_commit(fold, robust=True)


def _differs(before: PopulationMember | None, after: PopulationMember) -> bool:
    fields = ("region_id", "joined_on", "counted_on", "skills")
    return before is None or any(getattr(before, name) != getattr(after, name) for name in fields)


def _deltas(before: Iterable[PopulationMember], after: Iterable[PopulationMember]) -> list[CoverageDelta]:
    """One delta for each period and region whose counts change."""
    changes: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for sign, members in ((-1, before), (1, after)):
        for member in members:
            change = changes[member.period_id, member.region_id]
            change[0] += sign
            change[1] += sign * (member.skills == 1)
            change[2] += sign * (member.skills >= 2)
    return [
        CoverageDelta(
            period_id=period_id, region_id=region_id, **dict(zip(COUNT_FIELDS, change, strict=True))
        )
        for (period_id, region_id), change in sorted(changes.items())
        if any(change)
    ]


@transaction.atomic
def fold() -> int:
    """Add deltas to the totals of their regions and of all above, and delete them; how many were folded.

    Periods that another process is folding are left to it. Readers see either the deltas or the totals that
    hold them, never both, since they read in one statement.
    """
    # No key update: writers of members and deltas only refer to the period, and do not wait.
    held = list(PlanPeriod.objects.select_for_update(no_key=True, skip_locked=True).order_by("pk"))
    deltas = list(
        CoverageDelta.objects.filter(period__in=held)
        .order_by("pk")
        .values_list("pk", "period_id", "region__path", *COUNT_FIELDS)[:FOLD_AT_MOST]
    )
    changes: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for _pk, period_id, path, *counts in deltas:
        for code in path.rstrip("/").split("/"):
            for place, count in enumerate(counts):
                changes[period_id, code][place] += count
    add_to_totals(changes)
    CoverageDelta.objects.filter(pk__in=[delta[0] for delta in deltas]).delete()
    return len(deltas)


def add_to_totals(changes: Mapping[tuple[int, str], list[int]]) -> None:
    """Add to the totals of (period, region code). The caller holds the periods: nobody else writes totals."""
    codes = {code for _period, code in changes}
    regions = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    held = CoverageTotal.objects.filter(period_id__in={p for p, _ in changes}, region_id__in=regions.values())
    totals = {(total.period_id, total.region_id): total for total in held}
    sums = []
    for (period_id, code), change in sorted(changes.items()):
        now = totals.get((period_id, regions[code]), CoverageTotal(people=0, one_skill=0, two_skills=0))
        counts = {name: getattr(now, name) + more for name, more in zip(COUNT_FIELDS, change, strict=True)}
        sums.append(CoverageTotal(period_id=period_id, region_id=regions[code], **counts))
    CoverageTotal.objects.bulk_create(
        sums, update_conflicts=True, unique_fields=["period", "region"], update_fields=COUNT_FIELDS
    )

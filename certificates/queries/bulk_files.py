"""How far a cohort's file is, and what is in it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Sum

from certificates.models import BulkFile, BulkPart, Certificate
from certificates.queries.cohorts import issued
from courses.models import Cohort
from registry.queries import making
from registry.queries.making import Standing

READ_AT_ONCE = 20
"""Parts held in memory while a file is sent: images are 0.1 MB, PDFs up to 5."""


def to_print(cohort: Cohort) -> list[int]:
    """Primary keys of the cohort's certificates in force, in the order people were enrolled."""
    return list(issued(cohort).filter(pk__in=Certificate.objects.in_force()).values_list("pk", flat=True))


def standing(held: BulkFile, *, at: datetime) -> Standing:
    """Three queries at most."""
    done = held.parts.aggregate(done=Sum("count"))["done"] or 0
    return making.standing(
        done=done,
        total=held.total,
        is_made=held.made_at is not None,
        problem=held.problem,
        facts=held.problem_facts,
        task_id=held.task_id,
        at=at,
    )


def of_cohort(cohort: Cohort, account_id: int | None, *, at: datetime) -> list[BulkFile]:
    """What this account asked for of the cohort and is still there."""
    return list(BulkFile.objects.filter(cohort=cohort, asked_by_id=account_id, expires_at__gt=at))


def contents(held: BulkFile) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part that has any, a few at a time: together they may be larger than memory."""
    places = list(held.parts.values_list("place", flat=True))
    for start in range(0, len(places), READ_AT_ONCE):
        some = places[start : start + READ_AT_ONCE]
        for part in BulkPart.objects.filter(bulk_file=held, place__in=some):
            if part.data:
                yield part.name, bytes(part.data)

"""Writes of a cohort's files: ask for one, keep its parts as they are made, say that it is made or cannot be."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from certificates.actions import copies
from certificates.errors import NothingToPrint
from certificates.models import BulkFile, BulkPart, Certificate
from certificates.queries.bulk_files import standing, to_print
from courses.models import Cohort
from registry.actions import audit, tasks
from registry.errors import RegistryError
from registry.queries.making import MakingState
from registry.rules.access import Actor, Permission, require

KEPT = timedelta(days=1)
TASK = "certificates.tasks.make_bulk_file"


@transaction.atomic
def ask(
    *, by: Actor, on: date, at: datetime, cohort: Cohort, kind: str, in_background: bool = True
) -> BulkFile:
    """A file of all certificates of the cohort that are in force, to be made; asking again gives the same one.

    A new one counts as a copy of each. With `in_background` the worker makes it, else the caller does.
    Raises NotPermitted, NothingToPrint.
    """
    region_path = cohort.base.region.path
    require(by, Permission.CERTIFICATE_READ, region_path=region_path, base_ids=[cohort.base_id])
    certificates = to_print(cohort)
    if not certificates:
        raise NothingToPrint()
    # The cohort's row, so that of two clicks the second finds what the first asked for.
    Cohort.objects.select_for_update(no_key=True).only("pk").get(pk=cohort.pk)
    same = BulkFile.objects.filter(
        cohort=cohort, kind=kind, asked_by_id=by.account_id, expires_at__gt=at, problem=""
    )
    for earlier in same:
        if earlier.certificates == certificates and standing(earlier, at=at).state != MakingState.FAILED:
            return earlier
    made = BulkFile.objects.create(
        cohort=cohort,
        kind=kind,
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_at=at,
        certificates=certificates,
        expires_at=at + KEPT,
    )
    if in_background:
        made.task_id = tasks.enqueue(TASK, made.pk)
        made.save(update_fields=["task_id"])
    copies.record(by=by, on=on, certificates=list(Certificate.objects.filter(pk__in=certificates)))
    audit.record(
        "bulk_file.asked", made, by=by, region_path=region_path, kind=kind, certificates=len(certificates)
    )
    return made


@transaction.atomic
def keep(*, held: BulkFile, parts: Sequence[BulkPart], at: datetime) -> bool:
    """Keeps what was made; whether the file is whole now. A part that is there already stays as it is."""
    BulkPart.objects.bulk_create(parts, ignore_conflicts=True)
    # No key update: the parts only refer to it. Of two that make the last parts the later one sees both.
    held = BulkFile.objects.select_for_update(no_key=True).get(pk=held.pk)
    done = held.parts.aggregate(done=Sum("count"))["done"] or 0
    if done >= held.total and held.made_at is None:
        held.made_at = at
        held.save(update_fields=["made_at"])
    return done >= held.total


def cannot(*, held: BulkFile, error: RegistryError) -> None:
    """It cannot be made as the certificates stand; trying again would not help."""
    BulkFile.objects.filter(pk=held.pk).update(problem=error.code, problem_facts=error.facts)


def forget(*, at: datetime) -> int:
    """Deletes the files whose time is over, with their parts; how many."""
    return BulkFile.objects.filter(expires_at__lte=at).delete()[1].get("certificates.BulkFile", 0)

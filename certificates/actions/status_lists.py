"""Keeps the status lists in step with the certificates, and writes them out for a web server or CDN.

`record` runs in the transaction that changes a certificate, so a status is in the list when it is anywhere.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from certificates.models import Certificate, StatusChange, StatusList
from certificates.models.certificates import CertificateStatus
from certificates.models.keys import KeyPurpose
from certificates.proof.status import Status, locate
from certificates.proof.status import StatusList as Statuses
from certificates.queries.keys import installation_key
from certificates.queries.status_lists import Form, open_lists, signed_list, stamps
from registry.models.batches import BATCH_ROWS

LISTED = {
    CertificateStatus.DRAFT: Status.VALID,
    CertificateStatus.ISSUED: Status.VALID,
    CertificateStatus.SUSPENDED: Status.SUSPENDED,
    CertificateStatus.WITHDRAWN: Status.INVALID,
    CertificateStatus.REPLACED: Status.REPLACED,
}

FOLD_EVERY = 500
"""Changes after which a writer folds once its own transaction is over: a read then applies a few hundred rows."""

FOLD_AT_MOST = 20_000
"""Changes that one transaction folds."""

A_DAY = timedelta(days=1)
INDEX = "published.json"


def record(certificates: Iterable[Certificate]) -> None:
    """Append the status that each of these has now. Call it after saving, in the same transaction.

    Whoever changes a certificate holds its row, so of two changes the later one is appended later. One statement
    for each thousand.
    """
    changes = []
    for certificate in certificates:
        number, place = locate(certificate.status_index)
        status = LISTED[CertificateStatus(certificate.status)]
        changes.append(StatusChange(list_number=number, place=place, status=status))
    made = StatusChange.objects.bulk_create(changes, batch_size=BATCH_ROWS)
    if any(change.pk % FOLD_EVERY == 0 for change in made):
        transaction.on_commit(fold, robust=True)


def fold() -> int:
    """Fold the changes into their lists, each list in its own transaction; how many changes were folded.

    A list that another process is folding is left to it.
    """
    waiting = StatusChange.objects.order_by("list_number").values_list("list_number", flat=True).distinct()
    return sum(_fold(number) for number in list(waiting))


@transaction.atomic
def _fold(number: int) -> int:
    empty = StatusList(number=number, folded=Statuses().compressed(), changed_at=timezone.now())
    StatusList.objects.bulk_create([empty], ignore_conflicts=True)
    held = StatusList.objects.select_for_update(no_key=True, skip_locked=True).filter(number=number).first()
    if held is None:
        return 0
    changes = list(StatusChange.objects.filter(list_number=number).order_by("pk")[:FOLD_AT_MOST])
    if not changes:
        return 0
    now = Statuses.from_compressed(bytes(held.folded))
    for change in changes:
        now.set(change.place, Status(change.status))
    held.folded = now.compressed()
    latest = max(change.at for change in changes)
    held.changed_at = max(held.changed_at, latest) if held.version else latest
    held.version += 1
    held.save(update_fields=["folded", "version", "changed_at"])
    # By their ids: one that was appended meanwhile, even with a lower id, stays for the next fold.
    StatusChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def publish(*, at: datetime, to: Path | None = None) -> list[int]:
    """Fold, and write the lists that changed or are a day old into the folder `to`; the numbers of those written.

    A file is replaced in one step, so that nobody reads half of it. `published.json` says what each was made
    from: two queries tell for all lists which have changed. Raises NoServiceKey and what the key
    store raises, before anything is written.
    """
    while fold():
        continue
    if to is None:
        return []
    to.mkdir(parents=True, exist_ok=True)
    index = to / INDEX
    known = json.loads(index.read_text()) if index.exists() else {}
    key = installation_key(KeyPurpose.SERVICE, timezone.localdate(at))
    made_on = [key.kid, timezone.localdate(at).isoformat()]
    written = []
    for number, stamp in stamps(open_lists()).items():
        made_from = [*made_on, *(str(value) for value in astuple(stamp))]
        if known.get(str(number)) != made_from:
            _write(to, number, at)
            known[str(number)] = made_from
            written.append(number)
    if written:
        _replace(index, json.dumps(known).encode())
    return written


def _write(to: Path, number: int, at: datetime) -> None:
    for form in Form:
        body = signed_list(number, form, at=at, every=A_DAY)
        if body is None:
            raise AssertionError("an open list can be signed")
        _replace(to / f"{number}.{form}", body)
        if form is Form.JWT:
            # Under the address that stands in the list itself, too.
            _replace(to / str(number), body)


def _replace(path: Path, body: bytes) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(body)
    os.replace(fresh, path)

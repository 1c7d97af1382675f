"""Keeps evidence (佐证材料) and hands it out; every look leaves a row."""

import hashlib
from datetime import date

from django.db import models, transaction

from registry.actions import audit
from registry.errors import InvalidInput
from registry.models import Evidence, Region, TrainingBase
from registry.models.evidence import MediaType
from registry.rules.access import Actor, Permission, ids_of, require

MOST_BYTES = 5 * 1024 * 1024
"""A page scanned at 300 dpi is about 1 MB."""
MOST_FILES = 20
"""For one subject."""
_FIRST_BYTES = {b"%PDF-": MediaType.PDF, b"\xff\xd8\xff": MediaType.JPEG, b"\x89PNG\r\n\x1a\n": MediaType.PNG}


@transaction.atomic
def add(
    *,
    by: Actor,
    on: date,
    subject: models.Model,
    region: Region,
    name: str,
    data: bytes,
    base: TrainingBase | None = None,
    field: str = "file",
) -> Evidence:
    """Keep a file for this row; the same bytes again are the same evidence.

    The caller's action decides who may add to its subject; `region` and `base` say who may read. `field` is the form's
    name for the file. Raises InvalidInput: evidence_empty, evidence_too_large, evidence_type,
    evidence_too_many.
    """
    if not data:
        raise InvalidInput(fields={field: "evidence_empty"})
    if len(data) > MOST_BYTES:
        raise InvalidInput(fields={field: "evidence_too_large"})
    media_type = next((kind for start, kind in _FIRST_BYTES.items() if data.startswith(start)), None)
    if media_type is None:
        raise InvalidInput(fields={field: "evidence_type"})
    digest = hashlib.sha256(data).hexdigest()
    there = Evidence.objects.about(subject)
    held = there.filter(sha256=digest).first()
    if held is not None:
        return held
    if there.count() >= MOST_FILES:
        raise InvalidInput(fields={field: "evidence_too_many"})
    kept = Evidence.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        region=region,
        base=base,
        name=name.strip()[-120:],
        media_type=media_type,
        size=len(data),
        sha256=digest,
        data=data,
        added_on=on,
        added_by=by.name,
    )
    audit.record(
        "evidence.added",
        kept,
        by=by,
        region_path=region.path,
        about=kept.subject_type,
        about_id=str(getattr(subject, "public_id", subject.pk)),
        sha256=digest,
        size=len(data),
    )
    return kept


@transaction.atomic
def open_file(*, by: Actor, evidence: Evidence) -> bytes:
    """The bytes, and a row that says who looked. Raises NotPermitted."""
    require(by, Permission.EVIDENCE_READ, region_path=evidence.region.path, base_ids=ids_of(evidence.base_id))
    audit.record("evidence.opened", evidence, by=by, region_path=evidence.region.path)
    return bytes(evidence.data)

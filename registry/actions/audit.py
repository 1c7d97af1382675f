"""The audit row that each write leaves, in the write's own transaction: if the row fails, the write fails."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from registry.models import AuditEvent
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor


def record(verb: str, subject: models.Model, *, by: Actor, region_path: str, **facts: Any) -> None:
    """One row: `verb` as "certificate.issued", `facts` with before and after, no person's name or number.

    `region_path` decides whose auditors read it.
    """
    _event(verb, subject, by, region_path, facts).save(force_insert=True)


def record_many(
    verb: str, subjects: Iterable[tuple[models.Model, str, dict[str, Any]]], *, by: Actor
) -> None:
    """One row for each (subject, region path, facts), in few statements: for writes on a whole class."""
    AuditEvent.objects.bulk_create(
        [_event(verb, subject, by, region_path, facts) for subject, region_path, facts in subjects],
        batch_size=BATCH_ROWS,
    )


def _event(
    verb: str, subject: models.Model, by: Actor, region_path: str, facts: dict[str, Any]
) -> AuditEvent:
    return AuditEvent(
        actor_id=by.account_id,
        actor_name=by.name,
        verb=verb,
        subject_type=str(subject._meta.model_name),
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        region_path=region_path,
        facts=facts,
    )

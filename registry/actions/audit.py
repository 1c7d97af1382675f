"""The audit row that every write leaves, in the write's own transaction: if the row fails, the write fails."""

from typing import Any

from django.db import models

from registry.models import AuditEvent
from registry.rules.access import Actor


def record(verb: str, subject: models.Model, *, by: Actor, region_path: str, **facts: Any) -> None:
    """One row: `verb` as "certificate.issued", `facts` with before and after, never names or numbers of persons.

    `region_path` decides whose auditors read it.
    """
    AuditEvent.objects.create(
        actor_id=by.account_id,
        actor_name=by.name,
        verb=verb,
        subject_type=subject._meta.model_name,
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        region_path=region_path,
        facts=facts,
    )

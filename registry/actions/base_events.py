"""One step in the life of a base: a row of its history and one of the audit trail, in the step's own transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from registry.actions import audit
from registry.errors import Conflict
from registry.models import BaseEvent, TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor


class OwnWork(Conflict):
    """Whoever prepared a thing does not also decide it (docs/domain.md §5.3): another person must."""

    code = "own_work"


def record(
    verb: str,
    subject: models.Model,
    *,
    base: TrainingBase,
    by: Actor,
    on: date,
    note: str = "",
    **facts: Any,
) -> None:
    """One step. `note` is for the people of the base and its federations: the audit trail does not repeat it."""
    BaseEvent.objects.create(**_values(verb, subject, base, by, on), note=note)
    audit.record(verb, _audited(subject, base), by=by, region_path=base.region.path, **facts)


def record_many(verb: str, subjects: Iterable[Any], *, by: Actor, on: date, **facts: Any) -> None:
    """The same step of many subjects, each with its `base`; two statements."""
    rows = list(subjects)
    BaseEvent.objects.bulk_create(
        (BaseEvent(**_values(verb, row, row.base, by, on)) for row in rows), batch_size=BATCH_ROWS
    )
    audit.record_many(verb, ((row, row.base.region.path, facts) for row in rows), by=by)


def require_other(by: Actor, subject: models.Model, *verbs: str) -> None:
    """Raises OwnWork if this account did one of these steps of the subject."""
    if by.account_id is not None and _of(subject).filter(account_id=by.account_id, verb__in=verbs).exists():
        raise OwnWork


def _of(subject: models.Model) -> models.QuerySet[BaseEvent]:
    return BaseEvent.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk)


def _values(verb: str, subject: models.Model, base: TrainingBase, by: Actor, on: date) -> dict[str, Any]:
    return {
        "base": base,
        "verb": verb,
        "subject_type": subject._meta.model_name,
        "subject_id": subject.pk,
        "happened_on": on,
        "account_id": by.account_id,
        "by_name": by.name,
    }


def _audited(subject: models.Model, base: TrainingBase) -> models.Model:
    """What the trail names: the subject where it has a public id, else its base."""
    return subject if hasattr(subject, "public_id") else base

"""Writes of trainers (培训教师): register one at a base, change what is recorded, choose those of a cohort."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from courses.actions.cohorts import locked, mended
from courses.errors import RecordsClosed
from courses.models import Cohort, Session, Skill, Trainer
from courses.models.trainers import AccessSkill
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.rules.filings import Task
from courses.teaching_errors import TrainerKnown, TrainerTeaches
from registry.actions import audit
from registry.actions import evidence as evidence_actions
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Evidence, TrainingBase
from registry.models.fields import blind_index
from registry.queries.people import CITIZEN_ID_COLUMN
from registry.rules import citizen_ids, names, phones
from registry.rules.access import Actor, Permission, require

FIELDS = ("name", "phone", "qualification", "skills", "access_skills", "active_from", "active_until")


@transaction.atomic
def register(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    name: str,
    active_from: date,
    skills: Sequence[Skill] = (),
    phone: str = "",
    qualification: str = "",
    access_skills: Sequence[str] = (),
    active_until: date | None = None,
    citizen_id: str = "",
) -> Trainer:
    """A trainer of a base. Of the citizen ID only the blind index is kept, the same as a person's.

    Raises NotPermitted, InvalidInput, PersonNameError, CitizenIdError, TrainerKnown.
    """
    require(by, Permission.COHORT_EDIT, region_path=base.region.path, base_ids=[base.pk])
    trainer = Trainer(base=base)
    values = {"name": name, "phone": phone, "qualification": qualification, "access_skills": access_skills}
    _set(trainer, {**values, "active_from": active_from, "active_until": active_until})
    _identify(trainer, citizen_id, on)
    _save(trainer)
    trainer.skills.set(skills)
    audit.record("trainer.registered", trainer, by=by, region_path=base.region.path, **_facts(trainer))
    return trainer


@transaction.atomic
def edit(*, by: Actor, on: date, trainer: Trainer, citizen_id: str = "", **changes: Any) -> Trainer:
    """Change named fields (those of `register`, the base apart); an empty citizen ID leaves it as it is.

    Raises as `register` does.
    """
    base = trainer.base
    require(by, Permission.COHORT_EDIT, region_path=base.region.path, base_ids=[base.pk])
    trainer = (
        Trainer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("base__region")
        .get(pk=trainer.pk)
    )
    if unknown := set(changes) - set(FIELDS):
        raise TypeError(f"A trainer has no editable {sorted(unknown)}.")
    before = _facts(trainer)
    # What is sealed or personal is not in the facts, so it is compared apart.
    held = (trainer.name, trainer.phone, trainer.citizen_id_index)
    skills = changes.pop("skills", None)
    _set(trainer, changes)
    _identify(trainer, citizen_id, on)
    _save(trainer)
    if skills is not None:
        trainer.skills.set(skills)
    after = _facts(trainer)
    if before != after or held != (trainer.name, trainer.phone, trainer.citizen_id_index):
        path = base.region.path
        audit.record("trainer.edited", trainer, by=by, region_path=path, before=before, after=after)
    return trainer


@transaction.atomic
def add_evidence(*, by: Actor, on: date, trainer: Trainer, name: str, data: bytes) -> Evidence:
    """Keep a paper that shows what the trainer is qualified for. Raises NotPermitted, InvalidInput."""
    base = trainer.base
    require(by, Permission.COHORT_EDIT, region_path=base.region.path, base_ids=[base.pk])
    return evidence_actions.add(
        by=by, on=on, subject=trainer, region=base.region, base=base, name=name, data=data
    )


@transaction.atomic
def assign(*, by: Actor, on: date, cohort: Cohort, trainers: Sequence[Trainer]) -> Cohort:
    """These are the trainers of the cohort; doing so again changes nothing.

    Raises InvalidInput for a trainer of another base, TrainerTeaches when one with sessions would go, RecordsClosed
    once the training is over.
    """
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_SESSIONS:
        raise RecordsClosed(state=cohort.state)
    wanted = {trainer.pk: trainer for trainer in trainers}
    if any(trainer.base_id != cohort.base_id for trainer in wanted.values()):
        raise InvalidInput(fields={"trainers": "trainer_of_other_base"})
    held = dict(cohort.trainers.values_list("pk", "public_id"))
    gone = set(held) - set(wanted)
    if count := Session.objects.filter(cohort=cohort, trainer__in=gone).count():
        raise TrainerTeaches(field="trainers", count=count)
    if set(held) != set(wanted):
        cohort.trainers.set(list(wanted.values()))
        facts = {
            "before": sorted(held.values()),
            "after": sorted(trainer.public_id for trainer in wanted.values()),
        }
        mended(cohort, Task.TRAINERS)
        audit.record("cohort.trainers", cohort, by=by, region_path=cohort.region.path, on=str(on), **facts)
    return cohort


def _set(trainer: Trainer, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(trainer, name, value.strip() if isinstance(value, str) else value)
    trainer.name = names.parse(trainer.name)
    trainer.phone = phones.clean(trainer.phone)
    require_valid(Trainer, qualification=trainer.qualification)
    problems = {}
    if len(trainer.phone) > phones.LONGEST:
        problems["phone"] = "field_too_long"
    if set(trainer.access_skills) - set(AccessSkill.values):
        problems["access_skills"] = "field_choice"
    if trainer.active_until and trainer.active_until < trainer.active_from:
        problems["active_until"] = "date_before_start"
    if problems:
        raise InvalidInput(fields=problems)
    trainer.access_skills = sorted(set(trainer.access_skills))


def _identify(trainer: Trainer, citizen_id: str, on: date) -> None:
    if citizen_id.strip():
        number = citizen_ids.parse(citizen_id, on=on).value
        trainer.citizen_id_index = blind_index(CITIZEN_ID_COLUMN, number)


def _save(trainer: Trainer) -> None:
    try:
        with transaction.atomic():
            trainer.save()
    except IntegrityError:  # courses_trainer_once_per_base; the dates were checked
        raise TrainerKnown(field="citizen_id") from None


def _facts(trainer: Trainer) -> dict[str, Any]:
    return {
        "base": trainer.base.public_id,
        "skills": sorted(trainer.skills.values_list("code", flat=True)),
        "access_skills": trainer.access_skills,
        "active_from": str(trainer.active_from),
        "active_until": str(trainer.active_until) if trainer.active_until else None,
        "is_identified": trainer.citizen_id_index is not None,
        "has_qualification": bool(trainer.qualification),
    }

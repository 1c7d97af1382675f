"""Trainers (培训教师)."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import trainers
from courses.api.cohorts import Code, PublicId, cohort_of
from courses.models import Skill, Trainer
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["trainers"])

Codes = Annotated[list[Code], Field(max_length=100)]
Text = Annotated[str, Field(max_length=300)]


class TrainerOut(Schema):
    """`base`: public id; `skills`: codes; `is_identified` when a citizen ID was given, of which no number is kept."""

    public_id: str
    base: str
    name: str
    qualification: str
    skills: list[str]
    access_skills: list[str]
    active_from: date
    active_until: date | None
    is_identified: bool

    @staticmethod
    def resolve_base(trainer: Trainer) -> str:
        return str(trainer.base.public_id)

    @staticmethod
    def resolve_skills(trainer: Trainer) -> list[str]:
        return [skill.code for skill in trainer.skills.all()]

    @staticmethod
    def resolve_is_identified(trainer: Trainer) -> bool:
        return trainer.citizen_id_index is not None


class TrainerPage(PageOut):
    items: list[TrainerOut]


class TrainerIn(Schema):
    """`base`: public id; `skills`: codes; `access_skills` such as sign_language."""

    base: PublicId
    name: Text
    qualification: Text = ""
    skills: Codes = []
    access_skills: Codes = []
    phone: Text = ""
    citizen_id: Annotated[str, Field(max_length=40)] = ""
    active_from: Day
    active_until: Day | None = None


class TrainerChangesIn(Schema):
    """Only what is to change."""

    name: Text | None = None
    qualification: Text | None = None
    skills: Codes | None = None
    access_skills: Codes | None = None
    phone: Text | None = None
    citizen_id: Annotated[str, Field(max_length=40)] = ""
    active_from: Day | None = None
    active_until: Day | None = None


class CohortTrainersIn(Schema):
    """`trainers`: public ids; whoever is not named is no trainer of the cohort any more."""

    trainers: Annotated[list[PublicId], Field(max_length=200)]


@router.get("/trainers", response=TrainerPage, operation_id="list_trainers")
def list_trainers(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Trainers of the bases in reach, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = Trainer.objects.visible_to(request.actor).select_related("base").prefetch_related("skills")
    return paged(rows, page)


@router.post("/trainers", response=TrainerOut, operation_id="register_trainer")
def register_trainer(request: ActorRequest, asked: TrainerIn) -> Any:
    """Register a trainer at a base."""
    require_somewhere(request.actor, Permission.COHORT_EDIT)
    bases = TrainingBase.objects.visible_to(request.actor).select_related("region")
    values = asked.dict(exclude={"base", "skills"})
    base = one(bases, public_id=asked.base)
    return trainers.register(by=request.actor, on=today(), base=base, skills=_skills(asked.skills), **values)


@router.get("/trainers/{public_id}", response=TrainerOut, operation_id="get_trainer")
def get_trainer(request: ActorRequest, public_id: str) -> Any:
    """One trainer in reach."""
    return _trainer(request, public_id)


@router.patch("/trainers/{public_id}", response=TrainerOut, operation_id="edit_trainer")
def edit_trainer(request: ActorRequest, public_id: str, asked: TrainerChangesIn) -> Any:
    """Change what is recorded of a trainer."""
    given = asked.dict(exclude_unset=True)
    changes = {name: value for name, value in given.items() if value is not None or name == "active_until"}
    if "skills" in changes:
        changes["skills"] = _skills(changes["skills"])
    trainers.edit(by=request.actor, on=today(), trainer=_trainer(request, public_id), **changes)
    return _trainer(request, public_id)


@router.put("/cohorts/{public_id}/trainers", response=list[TrainerOut], operation_id="assign_trainers")
def assign_trainers(request: ActorRequest, public_id: str, asked: CohortTrainersIn) -> Any:
    """These are the trainers of the cohort."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    wanted = set(asked.trainers)
    found = list(Trainer.objects.visible_to(request.actor).filter(public_id__in=wanted))
    if len(found) != len(wanted):
        raise NotFound(what="trainer", count=len(wanted) - len(found))
    trainers.assign(by=request.actor, on=today(), cohort=cohort, trainers=found)
    return list(cohort.trainers.select_related("base").prefetch_related("skills"))


@router.get("/cohorts/{public_id}/trainers", response=list[TrainerOut], operation_id="list_cohort_trainers")
def list_cohort_trainers(request: ActorRequest, public_id: str) -> Any:
    """Who teaches the cohort."""
    cohort = cohort_of(request, public_id)
    return list(cohort.trainers.select_related("base").prefetch_related("skills"))


def _skills(codes: list[str]) -> list[Skill]:
    found = list(Skill.objects.filter(code__in=codes))
    if len(found) != len(set(codes)):
        raise NotFound(what="skill", count=len(set(codes)) - len(found))
    return found


def _trainer(request: ActorRequest, public_id: str) -> Trainer:
    rows = Trainer.objects.visible_to(request.actor).select_related("base__region")
    return one(rows.prefetch_related("skills"), public_id=public_id)

"""Plaques: recording one of old, taking one down, suspending and reinstating; which regions have none."""

from typing import Any

from ninja import Query, Router, Schema

from registry.actions import bases, suspensions
from registry.api.bases import BaseDetailOut
from registry.api.days import Day
from registry.errors import InvalidInput
from registry.models import Accreditation, Region, Suspension, TrainingBase
from registry.models.accreditations import AccreditationLevel
from registry.models.bases import BaseCategoryKind, BaseKind
from registry.models.regions import RegionLevel
from registry.queries import base_coverage
from registry.queries import bases as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["bases"])


class PlaqueIn(Schema):
    """A plaque of old; `federation` is a public id. Without kind and categories: those of the base."""

    federation: str
    level: str
    plaque_number: str
    granted_on: Day
    valid_until: Day | None = None
    document: str = ""
    kind: str = ""
    categories: list[str] | None = None


class RevocationIn(Schema):
    revoked_on: Day
    reason: str


class SuspensionIn(Schema):
    starts_on: Day
    ends_on: Day | None = None
    reason: str


class ReasonIn(Schema):
    reason: str


class CoverageIn(Schema):
    """`unit`: county or prefecture. Without a kind, category or level all count; without a day, today."""

    region: str
    unit: str = RegionLevel.COUNTY.value
    kind: str = ""
    category: str = ""
    level: str = ""
    on: Day | None = None


class CoverageOut(Schema):
    code: str
    name: str
    is_statutory: bool
    bases: int
    by_level: dict[str, int]


@router.get("/coverage", response=list[CoverageOut], operation_id="get_base_coverage")
def get_base_coverage(request: ActorRequest, asked: Query[CoverageIn]) -> Any:
    """How many bases in force each prefecture or county of a region has; a gap has 0."""
    require_somewhere(request.actor, Permission.BASE_READ)
    region = one(Region.objects.all(), code=asked.region)
    known = {
        "unit": base_coverage.UNITS,
        "kind": ["", *BaseKind.values],
        "category": ["", *BaseCategoryKind.values],
        "level": ["", *AccreditationLevel.values],
    }
    values = asked.dict(exclude={"region", "on"})
    problems = {name: "field_choice" for name, choices in known.items() if values[name] not in choices}
    if problems:
        raise InvalidInput(fields=problems)
    return [
        {
            "code": row.region.code,
            "name": row.region.name,
            "is_statutory": row.region.is_statutory,
            "bases": row.total,
            "by_level": row.by_level,
        }
        for row in base_coverage.rows(region.path, on=asked.on or today(), **values)
    ]


@router.post(
    "/{public_id}/accreditations", response={201: BaseDetailOut}, operation_id="record_accreditation"
)
def record_accreditation(request: ActorRequest, public_id: str, body: PlaqueIn) -> Any:
    """Record a plaque that hangs already; what is new begins with an application."""
    base = _accreditable(request, public_id)
    federation = (
        queries.accrediting_federations(request.actor, base).filter(public_id=body.federation).first()
    )
    if federation is None:
        raise InvalidInput(fields={"federation": "federation_of_other_region"})
    values = body.dict(exclude={"federation"})
    bases.accredit(by=request.actor, on=today(), base=base, federation=federation, **values)
    return 201, _accreditable(request, public_id)


@router.post(
    "/{public_id}/accreditations/{accreditation_id}/revoke",
    response=BaseDetailOut,
    operation_id="revoke_accreditation",
)
def revoke_accreditation(
    request: ActorRequest, public_id: str, accreditation_id: int, body: RevocationIn
) -> Any:
    plaque = _plaque(request, public_id, accreditation_id)
    bases.revoke_accreditation(by=request.actor, on=today(), accreditation=plaque, **body.dict())
    return _accreditable(request, public_id)


@router.post(
    "/{public_id}/accreditations/{accreditation_id}/suspend",
    response=BaseDetailOut,
    operation_id="suspend_accreditation",
)
def suspend_accreditation(
    request: ActorRequest, public_id: str, accreditation_id: int, body: SuspensionIn
) -> Any:
    """Meanwhile the base neither files nor starts cohorts, nor issues certificates."""
    plaque = _plaque(request, public_id, accreditation_id)
    suspensions.suspend(by=request.actor, on=today(), accreditation=plaque, **body.dict())
    return _accreditable(request, public_id)


@router.post(
    "/{public_id}/suspensions/{suspension_id}/reinstate",
    response=BaseDetailOut,
    operation_id="reinstate_accreditation",
)
def reinstate_accreditation(request: ActorRequest, public_id: str, suspension_id: int, body: ReasonIn) -> Any:
    base = _accreditable(request, public_id)
    rows = Suspension.objects.select_related(
        "accreditation__federation__region", "accreditation__base__region"
    )
    suspension = one(rows.filter(accreditation__base=base), pk=suspension_id)
    suspensions.reinstate(by=request.actor, on=today(), suspension=suspension, **body.dict())
    return _accreditable(request, public_id)


def _accreditable(request: ActorRequest, public_id: str) -> TrainingBase:
    base = one(queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=public_id)
    require(request.actor, Permission.BASE_ACCREDIT, region_path=base.region.path)
    return base


def _plaque(request: ActorRequest, public_id: str, accreditation_id: int) -> Accreditation:
    base = _accreditable(request, public_id)
    rows = Accreditation.objects.filter(base=base).select_related("federation__region", "base__region")
    return one(rows, pk=accreditation_id)

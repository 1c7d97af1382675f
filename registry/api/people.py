"""People, numbers masked. Citizen IDs travel in the body of a POST, never in an address."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from registry.actions import people, reveals, throttles
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.models import Person, TrainingBase
from registry.queries import people as queries
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules import masking
from registry.rules.access import Permission, require, require_somewhere
from registry.views.people import SEARCHES_AN_HOUR

router = Router(tags=["people"])


class PersonOut(Schema):
    public_id: str
    name: str
    citizen_id: str
    phone: str
    birth_date: date
    sex: str
    kind: str
    region_code: str
    access_needs: list[str]
    registered_on: date

    @staticmethod
    def resolve_citizen_id(person: Person) -> str:
        return masking.mask_citizen_id(person.citizen_id)

    @staticmethod
    def resolve_phone(person: Person) -> str:
        return masking.mask_phone(person.phone)

    @staticmethod
    def resolve_region_code(person: Person) -> str:
        return person.region.code


class PersonPage(PageOut):
    items: list[PersonOut]


class LookUpIn(Schema):
    citizen_id: Annotated[str, Field(max_length=40)]


class RevealIn(Schema):
    """`field`: citizen_id, disability_number or phone. `reason`: contact, check_document, correct, …"""

    field: Annotated[str, Field(max_length=20)]
    reason: Annotated[str, Field(max_length=20)]


class RevealedOut(Schema):
    number: str


class PersonIn(Schema):
    """`base` is the public id of the base that registers the person; needed by staff of a base."""

    name: Annotated[str, Field(max_length=200)]
    citizen_id: Annotated[str, Field(max_length=40)]
    region: Annotated[str, Field(max_length=60)]
    base: Annotated[str, Field(max_length=12)] = ""
    kind: Annotated[str, Field(max_length=20)] = "disabled"
    disability_number: Annotated[str, Field(max_length=40)] = ""
    residence: Annotated[str, Field(max_length=20)] = ""
    ethnicity: Annotated[str, Field(max_length=40)] = ""
    education: Annotated[str, Field(max_length=40)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    access_needs: Annotated[list[str], Field(max_length=20)] = []


@router.get("", response=PersonPage, operation_id="list_people")
def list_people(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Everyone in reach, 50 a page."""
    require_somewhere(request.actor, Permission.PERSON_READ)
    return paged(queries.listed(Person.objects.visible_to(request.actor), on=today()), page)


@router.post("", response=PersonOut, operation_id="register_person")
def register_person(request: ActorRequest, asked: PersonIn) -> Any:
    """Register a person, or get the one with this citizen ID; empty fields are filled, nothing is overwritten."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    values = asked.dict(exclude={"region", "base"})
    base = one(TrainingBase.objects.visible_to(request.actor), public_id=asked.base) if asked.base else None
    region = regions.named(asked.region, on=today())
    return people.register(by=request.actor, on=today(), region=region, base=base, **values)


@router.post("/look-up", response=PersonOut, operation_id="look_up_person")
def look_up_person(request: ActorRequest, asked: LookUpIn) -> Any:
    """The person in reach with this citizen ID."""
    require_somewhere(request.actor, Permission.PERSON_READ)
    throttles.hit(
        purpose="person-search",
        source=str(request.actor.account_id),
        limit=SEARCHES_AN_HOUR,
        seconds=3600,
        at=timezone.now(),
    )
    seen = Person.objects.visible_to(request.actor).select_related("region")
    found = seen.filter(citizen_id_index=queries.citizen_id_index(asked.citizen_id)).first()
    if found is None:
        raise NotFound(what="person")
    return found


@router.get("/{public_id}", response=PersonOut, operation_id="get_person")
def get_person(request: ActorRequest, public_id: str) -> Any:
    """One person in reach."""
    return one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)


@router.post("/{public_id}/reveal", response=RevealedOut, operation_id="reveal_number")
def reveal_number(request: ActorRequest, public_id: str, asked: RevealIn) -> Any:
    """One full number; every look is recorded with its reason."""
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.PERSON_REVEAL, **queries.reach(person))
    number = reveals.reveal(
        by=request.actor, on=today(), person=person, field=asked.field, reason=asked.reason
    )
    return {"number": number}

"""Subsidy claims (补贴申领): made for a cohort or a person, taken from step to step to their payment."""

from base64 import b64encode
from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import claims, subsidies, subsidy_notices, subsidy_payments
from courses.actions.subsidies import Payment
from courses.api.claims import ClaimOut, ClaimPage, ItemPage
from courses.api.schemes import Code, PublicId, Text
from courses.models import Cohort, SubsidyClaim
from courses.queries import subsidies as queries
from registry import words
from registry.api.days import Day
from registry.api.pages import paged
from registry.errors import InvalidInput, NotPermitted
from registry.models import Federation, Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["subsidies"])

PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Ids = Annotated[list[PublicId], Field(min_length=1, max_length=500)]


class ClaimFilterIn(Schema):
    """`year`: in which it was claimed."""

    state: Code = ""
    kind: Code = ""
    year: Annotated[int | None, Field(ge=1900, le=3000)] = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class CohortClaimIn(Schema):
    """`cohort`: public id; `funding_source` empty for the cohort's own."""

    cohort: PublicId
    kind: Code
    funding_source: Code = ""


class PersonClaimIn(Schema):
    """`person` and `certificate`: public ids; the business where the subsidy is for one."""

    person: PublicId
    kind: Code
    funding_source: Code
    certificate: PublicId = ""
    business_name: Text = ""
    business_uscc: Code = ""
    business_since: Day | None = None
    bank_account: Annotated[str, Field(max_length=60)] = ""


class StepIn(Schema):
    """`claims`: public ids; a reason where the step needs one; day and voucher of a payment."""

    claims: Ids
    reason: Text = ""
    paid_on: Day | None = None
    payment_number: Annotated[str, Field(max_length=40)] = ""


class StepsOut(Schema):
    """Which claims took the step, and the code and sentence why each other one did not."""

    done: list[str]
    refused: list[dict[str, str]]


class RecoveryIn(Schema):
    """`people`: public ids of those whose money came back."""

    people: Ids
    recovered_on: Day
    reason: Text


class NoticeIn(Schema):
    """`region`: code of the region whose federation publishes; `ends_on` empty for the days that the place asks."""

    claims: Ids
    region: Code
    title: Annotated[str, Field(max_length=80)]
    intro: Annotated[str, Field(max_length=1_000)] = ""
    ends_on: Day | None = None


class NoticeOut(Schema):
    public_id: str
    ends_on: date


class PaymentFileIn(Schema):
    """`in_clear`: any of name, citizen_id, bank_account; what is not named is masked."""

    claims: Ids
    purpose: Code
    recipient: Text
    in_clear: list[Code] = []


class PaymentFileOut(Schema):
    """`xlsx` in base64; `export` is the number printed in it."""

    export: str
    xlsx: str


@router.get("", response=ClaimPage, operation_id="list_subsidies")
def list_subsidies(request: ActorRequest, asked: Query[ClaimFilterIn]) -> Any:
    """Claims in reach, newest first."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    seen = SubsidyClaim.objects.visible_to(request.actor)
    return paged(queries.listed(seen, state=asked.state, kind=asked.kind, year=asked.year), asked.page)


@router.post("/cohort", response=ClaimOut, operation_id="claim_for_cohort")
def claim_for_cohort(request: ActorRequest, body: CohortClaimIn) -> Any:
    """Claim for everybody of a completed cohort who meets the conditions."""
    cohort = one(Cohort.objects.visible_to(request.actor), public_id=body.cohort)
    made = claims.claim_cohort(
        by=request.actor, on=today(), cohort=cohort, kind=body.kind, funding_source=body.funding_source
    )
    return _shown(request, made.public_id)


@router.post("/person", response=ClaimOut, operation_id="claim_for_person")
def claim_for_person(request: ActorRequest, body: PersonClaimIn) -> Any:
    """Claim for one person: for a certificate, or for a business."""
    people = Person.objects.visible_to(request.actor).select_related("region")
    person = one(people, public_id=body.person)
    require(request.actor, Permission.SUBSIDY_CLAIM, **reach(person))
    typed = body.dict(exclude={"person", "certificate"})
    made = claims.claim_person(
        by=request.actor, on=today(), person=person, certificate_id=body.certificate, **typed
    )
    return _shown(request, made.public_id)


@router.post("/steps/{step}", response=StepsOut, operation_id="take_subsidy_step")
def take_subsidy_step(request: ActorRequest, step: Code, body: StepIn) -> Any:
    """Take a step with every claim that can take it: claim, withdraw, check, return, approve, send_back, refuse, pay."""
    some = _claims(request, body.claims)
    payment = Payment(body.paid_on, body.payment_number) if body.paid_on else None
    taken = subsidies.take_steps(
        by=request.actor, on=today(), claims=some, step=step, reason=body.reason, payment=payment
    )
    if not taken.done and all(isinstance(error, NotPermitted) for _claim, error in taken.refused):
        raise taken.refused[0][1]
    return {
        "done": [claim.public_id for claim in taken.done],
        "refused": [
            {"claim": claim.public_id, "code": error.code, "message": words.say(error.code, error.facts)}
            for claim, error in taken.refused
        ],
    }


@router.post("/notice", response=NoticeOut, operation_id="publish_subsidy_notice")
def publish_subsidy_notice(request: ActorRequest, body: NoticeIn) -> Any:
    """Put approved claims on public notice."""
    federation = one(Federation.objects.visible_to(request.actor), region__code=body.region)
    return subsidy_notices.publish(
        by=request.actor,
        on=today(),
        federation=federation,
        claims=_claims(request, body.claims),
        title=body.title,
        intro=body.intro,
        ends_on=body.ends_on,
    )


@router.post("/payments", response=PaymentFileOut, operation_id="export_subsidy_payments")
def export_subsidy_payments(request: ActorRequest, body: PaymentFileIn) -> Any:
    """The list of payments of approved or paid claims, as a workbook."""
    data, made = subsidy_payments.payment_file(
        by=request.actor,
        on=today(),
        claims=_claims(request, body.claims),
        purpose=body.purpose,
        recipient=body.recipient,
        in_clear=body.in_clear,
    )
    return {"export": made.public_id, "xlsx": b64encode(data).decode()}


@router.get("/{public_id}", response=ClaimOut, operation_id="get_subsidy")
def get_subsidy(request: ActorRequest, public_id: PublicId) -> Any:
    """One claim."""
    return _shown(request, public_id)


@router.get("/{public_id}/items", response=ItemPage, operation_id="list_subsidy_items")
def list_subsidy_items(request: ActorRequest, public_id: PublicId, page: PageNumber = 1) -> Any:
    """Who gets how much and why, and who does not."""
    shown = _shown(request, public_id)
    return paged(shown.items.select_related("person"), page)


@router.post("/{public_id}/recover", response=ClaimOut, operation_id="recover_subsidy")
def recover_subsidy(request: ActorRequest, public_id: PublicId, body: RecoveryIn) -> Any:
    """Record that money of a paid claim came back."""
    shown = _shown(request, public_id)
    items = list(shown.items.filter(person__public_id__in=body.people).values_list("pk", flat=True))
    if len(items) < len(set(body.people)):
        raise InvalidInput(fields={"people": "field_choice"})
    subsidies.recover(
        by=request.actor,
        on=today(),
        claim=shown,
        items=items,
        reason=body.reason,
        recovered_on=body.recovered_on,
    )
    return _shown(request, public_id)


def _shown(request: ActorRequest, public_id: str) -> SubsidyClaim:
    return one(queries.with_sums(SubsidyClaim.objects.visible_to(request.actor)), public_id=public_id)


def _claims(request: ActorRequest, ids: list[str]) -> list[SubsidyClaim]:
    """Claims by their public ids; one that the actor may not know of is not found."""
    rows = SubsidyClaim.objects.visible_to(request.actor).select_related("scheme", "region", "base")
    found = {claim.public_id: claim for claim in rows.filter(public_id__in=ids)}
    return [found[each] if each in found else one(rows, public_id=each) for each in dict.fromkeys(ids)]

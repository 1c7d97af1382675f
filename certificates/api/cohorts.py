"""Issuing a cohort's certificates, and how far they are."""

from typing import Any

from ninja import Field, Router, Schema

from certificates.actions import certificates as actions
from certificates.api.certificates import CertificateOut, certificate_out
from certificates.queries import cohorts as queries
from certificates.rules.wording import DEFAULT_TITLE
from courses.models import Cohort
from registry import words
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require

router = Router()


class IssueIn(Schema):
    title: str = DEFAULT_TITLE
    limit: int = Field(default=200, ge=1, le=1_000)


class RefusedOut(Schema):
    enrolment: str
    code: str
    message: str


class ProgressOut(Schema):
    """`remaining` above 0: call again. Calling again is always safe."""

    made: int
    issued: int
    remaining: int
    refused: list[RefusedOut]


class CohortOut(Schema):
    ready: int
    not_earned: int
    certificates: list[CertificateOut]


@router.get("/cohorts/{public_id}", response=CohortOut, operation_id="cohort_certificates")
def cohort_certificates(request: ActorRequest, public_id: str) -> CohortOut:
    """How many may get one, how many did not earn one, and those that were issued."""
    overview = queries.overview(cohort_of(request, public_id))
    return CohortOut(
        ready=len(overview.ready),
        not_earned=len(overview.not_earned),
        certificates=[certificate_out(held) for held in overview.issued],
    )


@router.post("/cohorts/{public_id}/issue", response=ProgressOut, operation_id="issue_cohort_certificates")
def issue_cohort_certificates(request: ActorRequest, public_id: str, data: IssueIn) -> ProgressOut:
    """Issues up to `limit` certificates to those who earned one and have none."""
    done = actions.issue_cohort(
        by=request.actor, on=today(), cohort=cohort_of(request, public_id), limit=data.limit, title=data.title
    )
    return ProgressOut(
        made=done.made,
        issued=done.issued,
        remaining=done.remaining,
        refused=[
            RefusedOut(
                enrolment=refusal.enrolment.public_id,
                code=refusal.error.code,
                message=words.say(refusal.error.code, refusal.error.facts),
            )
            for refusal in done.refused
        ],
    )


def cohort_of(request: ActorRequest, public_id: str) -> Cohort:
    seen = Cohort.objects.visible_to(request.actor).select_related("base__region", "course__skill")
    shown = one(seen, public_id=public_id)
    reach: dict[str, Any] = {"region_path": shown.base.region.path, "base_ids": [shown.base_id]}
    require(request.actor, Permission.CERTIFICATE_READ, **reach)
    return shown

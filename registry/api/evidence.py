"""Evidence: what it is, and its bytes. Opening is a POST: every look is written down."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema

from registry.models import Evidence
from registry.queries.lookup import one
from registry.requests import ActorRequest
from registry.views.evidence import opened

router = Router(tags=["evidence"])


class EvidenceOut(Schema):
    """`sha256` is of the file as it was handed in."""

    public_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_on: date
    added_by: str


def _seen(request: ActorRequest, public_id: str) -> Evidence:
    return one(Evidence.objects.visible_to(request.actor).select_related("region"), public_id=public_id)


@router.get("/{public_id}", response=EvidenceOut, summary="One piece of evidence")
def get_evidence(request: ActorRequest, public_id: str) -> Any:
    return _seen(request, public_id)


@router.post("/{public_id}/open", summary="The file itself; the audit trail keeps who looked")
def open_evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    return opened(request, _seen(request, public_id))

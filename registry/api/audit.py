"""The audit trail, for auditors and the systems that keep a copy of it."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import AuditEvent
from registry.queries import audit as queries
from registry.requests import ActorRequest
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["audit"])


class AuditFilterIn(Schema):
    verb: Annotated[str, Field(max_length=60)] = ""
    subject_id: Annotated[str, Field(max_length=40)] = ""
    since: Day | None = None
    until: Day | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class AuditEventOut(Schema):
    at: datetime
    actor_name: str
    verb: str
    subject_type: str
    subject_id: str
    region_path: str
    facts: dict[str, Any]


class AuditPage(PageOut):
    items: list[AuditEventOut]


@router.get("", response=AuditPage, operation_id="list_audit_events")
def list_audit_events(request: ActorRequest, filters: Query[AuditFilterIn]) -> Any:
    """What was done in the regions whose audit trail the account reads, latest first, 50 a page."""
    require_somewhere(request.actor, Permission.AUDIT_READ)
    wanted = filters.dict(exclude={"page"})
    return paged(queries.listed(AuditEvent.objects.visible_to(request.actor), **wanted), filters.page)

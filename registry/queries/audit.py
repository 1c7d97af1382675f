"""The audit trail, filtered."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from registry.models import AuditEvent


def listed(
    events: QuerySet[AuditEvent],
    *,
    verb: str = "",
    subject_id: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Events of one verb, about one thing, between two days (both included)."""
    if verb:
        events = events.filter(verb=verb)
    if subject_id:
        events = events.filter(subject_id=subject_id)
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    """When the day begins in China."""
    return timezone.make_aware(datetime.combine(day, time.min))

"""What was exported, filtered."""

from datetime import date

from django.db.models import QuerySet

from registry.models import Export
from registry.rules.access import Actor


def listed(
    actor: Actor, *, purpose: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Export]:
    """Exports that the actor may know of, of one purpose, between two days (both included), newest first."""
    exports = Export.objects.visible_to(actor).select_related("region")
    if purpose:
        exports = exports.filter(purpose=purpose)
    if since:
        exports = exports.filter(exported_on__gte=since)
    if until:
        exports = exports.filter(exported_on__lte=until)
    return exports

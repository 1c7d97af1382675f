"""The queue of review flags, how many there are of each check, and the line of the first page."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import Cohort, CohortCheck, ReviewFlag
from courses.models.flags import FlagState
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

FLAGS_OPEN = ngettext_lazy(
    "%(n)s 个疑点等待核实，最早 %(oldest)s发现",
    "%(n)s 个疑点等待核实，最早 %(oldest)s发现",
    "count",
)


def listed(
    flags: QuerySet[ReviewFlag], *, state: str = "", check: str = "", base: str = "", cohort: str = ""
) -> QuerySet[ReviewFlag]:
    """Flags of a state, a check, a base or a cohort (public ids), oldest first, with what a line shows."""
    wanted: dict[str, Any] = {
        "state": state,
        "check_name": check,
        "cohort__base__public_id": base,
        "cohort__public_id": cohort,
    }
    flags = flags.filter(**{name: value for name, value in wanted.items() if value})
    return flags.select_related("cohort__base", "cohort__region", "enrolment__person")


def counts(flags: QuerySet[ReviewFlag]) -> dict[str, int]:
    """How many of each check, most first; one query."""
    rows: Any = flags.order_by().values_list("check_name").annotate(count=Count("pk"))
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def open_in(cohort: Cohort, actor: Actor) -> int:
    """How many flags of the cohort wait, for who may read flags there; one query, none for anybody else."""
    if not actor.may_somewhere(Permission.FLAG_READ):
        return 0
    return ReviewFlag.objects.visible_to(actor).filter(cohort=cohort, state=FlagState.OPEN).count()


def checked_at(cohort: Cohort) -> datetime | None:
    """When the cohort's records were last looked at."""
    return CohortCheck.objects.filter(cohort=cohort).values_list("checked_at", flat=True).first()


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Open flags for who decides about them; never of bases for which the actor files."""
    if not actor.may_somewhere(Permission.FLAG_DECIDE):
        return []
    rows = ReviewFlag.objects.visible_to(actor).filter(state=FlagState.OPEN)
    return counted(
        "flags_open",
        FLAGS_OPEN,
        rows,
        since="found_on",
        one="courses:flag",
        many=f"{reverse('courses:flags')}?state=open",
    )

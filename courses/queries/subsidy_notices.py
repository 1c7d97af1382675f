"""Public notice of subsidies: which claims are to be shown, and what the notices say of claims.

A claim that pays people is shown person by person, one that pays a base as a whole.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from courses.models import SubsidyClaim, SubsidyItem
from courses.models.subsidies import ClaimState
from registry.queries import notices
from registry.rules.notices import NO_NOTICE, Stand, Standing

MOST = 500
_WORST_FIRST = (Stand.OBJECTED, Stand.RUNNING, Stand.NONE, Stand.PASSED)


def standings(claims: Sequence[SubsidyClaim], *, on: date) -> dict[int, Standing]:
    """How far each claim has come on public notice: as far as its least advanced item. Three queries."""
    whole = [claim.pk for claim in claims if claim.scheme.is_paid_to_base]
    found = notices.standings(SubsidyClaim, whole, on)
    items = dict(
        SubsidyItem.objects.filter(claim__in=[claim.pk for claim in claims], is_left_out=False)
        .exclude(claim__in=whole)
        .order_by("pk")
        .values_list("pk", "claim_id")
    )
    by_claim: dict[int, list[Standing]] = {}
    for pk, standing in notices.standings(SubsidyItem, items, on).items():
        by_claim.setdefault(items[pk], []).append(standing)
    for pk, some in by_claim.items():
        found[pk] = min(some, key=lambda standing: _WORST_FIRST.index(standing.stand))
    return {claim.pk: found.get(claim.pk, NO_NOTICE) for claim in claims}


def to_publish(claims: QuerySet[SubsidyClaim], *, on: date) -> list[SubsidyClaim]:
    """Approved claims that no notice tells of, the oldest first; at most MOST of them."""
    approved = list(claims.filter(state=ClaimState.APPROVED).order_by("moved_on", "pk")[:MOST])
    found = standings(approved, on=on)
    return [claim for claim in approved if found[claim.pk].stand is Stand.NONE]

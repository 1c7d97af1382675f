"""避免交叉使用: which costs are already charged elsewhere (docs/domain.md §2.1 C43, C44 and §2.5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from courses.models.subsidies import OtherFunding, SubsidyClaim, SubsidyItem
from courses.rules.double_use import Cost, against
from courses.rules.subsidies import LIMITS
from registry.queries import standards
from registry.rules.access import Actor


@dataclass(frozen=True)
class Clash:
    """What stands against a cost: another claim, or a payment of another office. `why`: rules/double_use.against."""

    why: str
    claim: SubsidyClaim | None = None
    other: OtherFunding | None = None


def clashes(items: Sequence[SubsidyItem], *, on: date) -> dict[tuple[int | None, int], list[Clash]]:
    """What stands against these costs by (claim, person), in every funding source and region; three queries.

    To be relied on only while the people are locked. The items may be unsaved, their claims too.
    """
    people = {item.person_id for item in items}
    businesses = {item.business_uscc for item in items} - {""}
    rows: list[Any] = list(
        SubsidyItem.objects.filter(Q(person__in=people) | Q(business_uscc__in=businesses), holds=True)
        .select_related("claim__scheme", "claim__region")
        .order_by("pk")
    )
    others = OtherFunding.objects.standing().filter(person__in=people)
    rows += others.select_related("person__region").order_by("pk")
    most_a_year = standards.everywhere("subsidies_per_person_year", on=on)
    found: dict[tuple[int | None, int], list[Clash]] = {}
    by_person: dict[int, list[Any]] = {}
    by_business: dict[str, list[Any]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
        if isinstance(row, SubsidyItem) and row.business_uscc:
            by_business.setdefault(row.business_uscc, []).append(row)
    for item in items:
        near = by_person.get(item.person_id, []) + [
            row for row in by_business.get(item.business_uscc, []) if row.person_id != item.person_id
        ]
        charged = [row for row in near if not (item.claim_id and _claim_of(row) == item.claim_id)]
        costs = [_cost(row, is_own=row.person_id == item.person_id) for row in charged]
        limits = limits_of(item.claim, most_a_year)
        told = [_clash(why, charged[place]) for why, place in against(_cost(item), costs, limits)]
        if told:
            found[item.claim_id, item.person_id] = told
    return found


def _claim_of(row: Any) -> int | None:
    return row.claim_id if isinstance(row, SubsidyItem) else None


def limits_of(claim: SubsidyClaim, most_a_year: Callable[[str], int]) -> Mapping[str, Any]:
    """The limits of the claim's scheme; where it sets none on a year, the local standard's (docs/domain.md §5.4)."""
    limits = {key: claim.scheme.conditions.get(key) for key in LIMITS}
    limits["all_kinds_a_year"] = limits["all_kinds_a_year"] or most_a_year(claim.region.path)
    return limits


def shown_to(actor: Actor, found: Sequence[Clash]) -> tuple[set[int], set[int]]:
    """Which of these claims and payments the actor may open, by their ids: of the others only the region is told."""
    claims = SubsidyClaim.objects.visible_to(actor).filter(
        pk__in={clash.claim.pk for clash in found if clash.claim}
    )
    others = OtherFunding.objects.visible_to(actor).filter(
        pk__in={clash.other.pk for clash in found if clash.other}
    )
    return set(claims.values_list("pk", flat=True)), set(others.values_list("pk", flat=True))


def _cost(row: Any, *, is_own: bool = True) -> Cost:
    if isinstance(row, OtherFunding):
        return Cost(row.item, row.paid_on, None, row.skill_id, row.level)
    return Cost(
        row.item,
        row.claim.claimed_on,
        row.cohort_id,
        row.skill_id,
        row.level,
        row.business_uscc,
        is_own=is_own,
    )


def _clash(why: str, row: Any) -> Clash:
    return Clash(why, other=row) if isinstance(row, OtherFunding) else Clash(why, claim=row.claim)

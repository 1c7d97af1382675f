"""避免交叉使用: which costs are already charged elsewhere (docs/domain.md §2.1 C43, C44 and §2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.models.subsidies import OtherFunding, SubsidyClaim, SubsidyItem


@dataclass(frozen=True)
class Clash:
    """A cost of this claim that another claim, or another office, has charged.

    `why` is "same_cost" (person, training and item) or "same_skill" (skill and level a second time).
    """

    item: SubsidyItem
    why: str
    claim: SubsidyClaim | None = None
    other: OtherFunding | None = None


def clashes(items: Sequence[SubsidyItem]) -> list[Clash]:
    """What stands against these costs, in every funding source and region, in two queries.

    To be relied on only while the people are locked. Other costs of the same person are no clash.
    """
    people = {item.person_id for item in items}
    own = {item.claim_id for item in items}
    held = (
        SubsidyItem.objects.filter(holds=True, person__in=people)
        .exclude(claim__in=own)
        .select_related("claim__scheme", "claim__region", "claim__base")
    )
    paid = OtherFunding.objects.filter(person__in=people)
    by_person: dict[int, list[Any]] = {}
    for row in [*held, *paid]:
        by_person.setdefault(row.person_id, []).append(row)
    found = []
    for item in items:
        for row in by_person.get(item.person_id, []):
            if why := _why(item, row):
                charged = {"claim": row.claim} if isinstance(row, SubsidyItem) else {"other": row}
                found.append(Clash(item, why, **charged))
    return found


def _why(item: SubsidyItem, row: Any) -> str:
    if item.item != row.item:
        return ""
    if item.cohort_id is not None and item.cohort_id == row.cohort_id:
        return "same_cost"
    if item.skill_id is not None and (item.skill_id, item.level) == (row.skill_id, row.level):
        return "same_skill"
    # What is paid for a fact of life has neither training nor skill: once is all.
    return "same_cost" if item.skill_id is None and row.skill_id is None and item.cohort_id is None else ""

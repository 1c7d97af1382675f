"""避免交叉使用: one cost is charged to one funding source, once (docs/domain.md §2.1 C43, C44 and §2.5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What is charged for one person: an item of a cohort, of a skill and level, or of the person's own business.

    `cohort` and `skill` are ids, None where there is none or where another office did not say; `business` a
    统一社会信用代码. The funding source does not matter: that is the point.
    """

    item: str
    on: date
    cohort: int | None = None
    skill: int | None = None
    level: int = 0
    business: str = ""
    # False: somebody else's, read because it names the same business; it counts for no limit.
    is_own: bool = True


def against(cost: Cost, charged: Sequence[Cost], limits: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Why the cost may not be charged, and the place in `charged` of what stands against it.

    "same_cost": the same item of the same training; "same_skill": the same item for a skill and level a second time;
    "same_business"; and by the scheme's limits "once_in_life", "same_kind_a_year", "all_kinds_a_year", which count
    calendar years. Other items of the same person are no double use. `charged` is what the same person, or the same
    business, was paid or is claiming.
    """
    told: set[int] = set()
    for place, one in enumerate(charged):
        if one.item == cost.item and (why := _same(cost, one)):
            told.add(place)
            yield why, place
    own = [place for place, one in enumerate(charged) if one.is_own]
    same_item = [place for place in own if charged[place].item == cost.item]
    this_year = [place for place in own if charged[place].on.year == cost.on.year]
    counted = {
        "once_in_life": (same_item, 1 if limits.get("once_in_life") else None),
        "same_kind_a_year": (
            [place for place in same_item if place in this_year],
            limits.get("same_kind_a_year"),
        ),
        "all_kinds_a_year": (this_year, limits.get("all_kinds_a_year")),
    }
    for why, (places, most) in counted.items():
        if most and len(places) >= most:
            fresh = [place for place in places if place not in told]
            told.update(fresh)
            yield from ((why, place) for place in fresh)


def _same(cost: Cost, other: Cost) -> str:
    if cost.business and cost.business == other.business:
        return "same_business"
    if not other.is_own:
        return ""
    if cost.cohort is not None and cost.cohort == other.cohort:
        return "same_cost"
    if cost.skill is not None and (cost.skill, cost.level) == (other.skill, other.level):
        return "same_skill"
    return ""

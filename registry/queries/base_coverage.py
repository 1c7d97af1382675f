"""Coverage by bases: which prefectures and counties have a base of a kind in force, and which have none.

docs/domain.md §2.1 C19: at least one in each prefecture-level city and each county. Depth differs: Tianjin has no
prefectures, its districts are county-level; units outside the standard (经开区) are told apart by `is_statutory`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.models import Accreditation, Region
from registry.models.regions import RegionLevel

UNITS = (RegionLevel.PREFECTURE, RegionLevel.COUNTY)


@dataclass(frozen=True)
class Row:
    """One unit with how many bases it has: in all, and with a plaque of each level."""

    region: Region
    total: int
    by_level: Mapping[str, int]


def rows(path: str, *, unit: str, on: date, kind: str = "", category: str = "", level: str = "") -> list[Row]:
    """Every unit in force below a path, by code; two queries, whatever the size of the country.

    A base counts where it stands, and in the prefecture above; suspended and lapsed plaques do not count.
    """
    plaques = Accreditation.objects.in_force(on).filter(base__region__path__startswith=path)
    for field, value in (("kind", kind), ("categories__category", category), ("level", level)):
        if value:
            plaques = plaques.filter(**{field: value})
    there: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    found = plaques.order_by().values_list("base_id", "level", "base__region__path").distinct()
    for base_id, plaque_level, place in found:
        for code in place.rstrip("/").split("/"):
            there[code][plaque_level].add(base_id)
    regions = Region.objects.within(path).in_force(on).filter(level=unit)
    return [_row(region, there.get(region.code, {})) for region in regions]


def _row(region: Region, levels: Mapping[str, set[int]]) -> Row:
    return Row(
        region,
        len(set[int]().union(*levels.values())),
        {level: len(bases) for level, bases in levels.items()},
    )

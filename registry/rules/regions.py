"""The region tree out of its two sources (docs/domain.md §3.3): the codes of today, and those of every year.

Today's tree is clean; the history knows years and retired codes but no tree. A retired code gets a successor
only where the sources determine it: the documents name it, or one unit of the same name began when it ended.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

NATION = "000000"
# Rows of the code table that are headings, not units: 市辖区 under every city, 县 under Chongqing, 省直辖…
_HEADINGS = frozenset({"市辖区", "市区", "县", "林区"})
_PERIOD = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?([^\[\],]+)")

DOCUMENTED_SUCCESSORS: Mapping[str, str] = {
    "120225": "120119",  # 蓟县 → 蓟州区, 2016 (国函〔2016〕117号)
    "211121": "211104",  # 大洼县 → 大洼区, 2016 (国函〔2016〕46号)
    "360622": "360603",  # 余江县 → 余江区, 2018 (国函〔2018〕65号)
}

LOCAL_UNITS: Mapping[str, tuple[str, str]] = {
    # Outside the standard: they report and manage people, but coverage counts statutory units only.
    "620571": ("天水经济技术开发区", "620500"),
    # Administered by 大兴安岭地区 (232700); citizen IDs carry these codes.
    "232761": ("加格达奇区", "232700"),
    "232762": ("松岭区", "232700"),
    "232763": ("新林区", "232700"),
    "232764": ("呼中区", "232700"),
}

# Endings that change when a unit is raised: 华亭县 became 华亭市 in 2018.
_ENDINGS = {"prefecture": ("自治州", "地区", "盟", "市"), "county": ("区", "县", "市", "旗")}


@dataclass(frozen=True, slots=True)
class Place:
    """One region as it shall stand in the table."""

    code: str
    name: str
    level: str
    parent: str
    path: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    is_statutory: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """Years in which a code stood for a name; None where the source sets no limit."""

    start: int | None
    end: int | None
    name: str


def tree(current: Mapping[str, str], history: Mapping[str, str]) -> list[Place]:
    """Every region, parents before children.

    `current` maps six-digit codes to names; `history` maps them to the notation of `periods`.
    """
    spans = {code: periods(text) for code, text in history.items() if not _is_heading(text)}
    retired = {
        code: span[-1]
        for code, span in spans.items()
        if code not in current and span[-1].end is not None and not code.endswith("0000")
    }
    names = {**current, **{code: last.name for code, last in retired.items()}}
    places = [Place(code=NATION, name="全国", level="nation", parent="", path=f"{NATION}/")]
    by_code = {NATION: places[0]}
    # Prefectures end in 00 and so stand before their counties in the order of codes.
    for code in sorted(names, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code)):
        parent = by_code[_parent(code, by_code)]
        last = retired.get(code)
        place = Place(
            code=code,
            name=names[code],
            level=_level(code),
            parent=parent.code,
            path=f"{parent.path}{code}/",
            valid_from=_start(spans.get(code, [])),
            valid_to=date(last.end, 12, 31) if last and last.end else None,
        )
        by_code[code] = place
        places.append(place)
    for code, (name, parent_code) in LOCAL_UNITS.items():
        path = f"{by_code[parent_code].path}{code}/"
        places.append(
            Place(code=code, name=name, level="county", parent=parent_code, path=path, is_statutory=False)
        )
    successors = _successors(by_code, retired)
    return [replace(place, successor=successors.get(place.code, "")) for place in places]


def periods(text: str) -> list[Period]:
    """Read "[1985-2003]秦城区,[2004-]秦州区": names with the years in which the code stood for them."""
    return [
        Period(int(start) if start else None, int(end) if end else None, name)
        for start, end, name in _PERIOD.findall(text)
    ]


def _is_heading(text: str) -> bool:
    name = periods(text)[-1].name
    return name in _HEADINGS or "直辖" in name


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _parent(code: str, known: Collection[str]) -> str:
    if code.endswith("0000"):
        return NATION
    prefecture = f"{code[:4]}00"
    # Tianjin's districts (1201xx) and counties run by a province (4290xx) have no prefecture above them.
    return prefecture if prefecture != code and prefecture in known else f"{code[:2]}0000"


def _start(span: list[Period]) -> date | None:
    """First day of the last unbroken run of years; a renaming does not break it, a gap does."""
    start, last = None, None
    for period in span:
        if last is None or period.start is None or period.start > last + 1:
            start = period.start
        last = period.end
    return date(start, 1, 1) if start else None


def _stem(name: str, level: str) -> str:
    """The name without its rank; whole when a single character would be left, as for 蓟县."""
    for ending in _ENDINGS[level]:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) > 1:
            return stem
    return name


def _successors(places: Mapping[str, Place], retired: Mapping[str, Period]) -> dict[str, str]:
    """Retired code → the code that took its place, where exactly one can be meant."""
    began: dict[tuple[str, str, str], list[Place]] = {}
    for place in places.values():
        if place.level in _ENDINGS and place.valid_from:
            key = (place.code[:2], place.level, _stem(place.name, place.level))
            began.setdefault(key, []).append(place)
    found = dict(DOCUMENTED_SUCCESSORS)
    for code, last in retired.items():
        level = _level(code)
        candidates = [
            place
            for place in began.get((code[:2], level, _stem(last.name, level)), [])
            if place.code != code
            and last.end is not None
            and place.valid_from
            and place.valid_from.year in (last.end, last.end + 1)
        ]
        if len(candidates) == 1:
            found.setdefault(code, candidates[0].code)
    return found

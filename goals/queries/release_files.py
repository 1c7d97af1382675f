"""Released statistics as files for others: a workbook to read, CSV and JSON for machines. Their columns never change."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from courses.workbooks.ledgers import LedgerSheet, write_ledger
from courses.workbooks.writing import write_csv
from goals import indicator_words
from goals.models import Release
from goals.queries.releases import Line, lines
from goals.rules import releases as rules
from registry.models import Region
from registry.models.regions import RegionLevel

HELD_BACK = "不足5人或可推知，不提供"
FORMATS = ("xlsx", "csv", "json")
HANDED_OUT = (
    "region_code",
    "region_name",
    "level",
    "parent_code",
    "cell",
    "numerator",
    "denominator",
    "share_percent",
    "suppressed",
)
"""Columns of a table that is handed out; `cell` is empty for everybody, else as "sex:male"."""

LABELS = ("行政区划代码", "地区", "层级", "上级代码", "分组", "人数", "总人数", "比例（%）", "说明")


def handed_out(
    release: Release, region: Region, form: str, *, number: str, cover: Sequence[tuple[str, str]]
) -> tuple[Sequence[str], int, bytes]:
    """Labels, number of rows and bytes of a region's part of a release, as xlsx, CSV or JSON."""
    found = lines(release, region=region.code, cells=["", *rules.cells(release.table)])
    if form == "xlsx":
        sheet = LedgerSheet("统计表", LABELS, [_shown(line) for line in found])
        data = write_ledger([sheet], cover=cover, mark=f"导出编号 {number}")
        return LABELS, len(found), data
    rows = [_row(line) for line in found]
    if form == "csv":
        return HANDED_OUT, len(rows), write_csv(HANDED_OUT, [_plain(row) for row in rows])
    about = {
        "export": number,
        "indicator": release.indicator,
        "definition_version": release.definition,
        "period": release.period.key,
        "as_of": release.as_of.isoformat(),
        "rows": [dict(zip(HANDED_OUT, row, strict=True)) for row in rows],
    }
    return HANDED_OUT, len(rows), json.dumps(about, ensure_ascii=False, indent=1).encode()


def cover(
    release: Release, region: Region, *, number: str, by: str, on: date, purpose: str, recipient: str
) -> list[tuple[str, str]]:
    """The first sheet: what it is, by which definition, why and for whom."""
    name = str(indicator_words.NAMES[release.indicator])
    return [
        ("内容", f"{region.name}：{name}，{release.period}年"),
        ("定义", str(indicator_words.DEFINITIONS[release.indicator])),
        ("定义版本", str(release.definition)),
        ("截至日期", release.as_of.isoformat()),
        ("导出编号", number),
        ("导出人", by),
        ("导出日期", on.isoformat()),
        ("用途", purpose),
        ("接收单位", recipient),
        ("隐私保护", "一至四人的数，以及能与其他数相减推知一至四人的数，都不提供；空着的格子不是零。"),
    ]


def _row(line: Line) -> list[Any]:
    held_back = line.value is None
    value = line.value
    return [
        line.place.code,
        line.place.name,
        line.place.level,
        line.place.parent,
        line.cell,
        value.numerator if value else None,
        value.denominator if value else None,
        float(value.share) if value and value.share is not None else None,
        held_back,
    ]


def _plain(row: Sequence[Any]) -> list[Any]:
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def _shown(line: Line) -> list[Any]:
    code, name, level, parent, cell, numerator, denominator, share, held_back = _row(line)
    cell_name = indicator_words.cell_name(cell)
    note = HELD_BACK if held_back else ""
    return [code, name, RegionLevel(level).label, parent, cell_name, numerator, denominator, share, note]

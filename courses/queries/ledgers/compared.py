"""What became of the rows of a partner's file, for the partner or for the files of the office."""

import json
from typing import Any

from django.db.models import QuerySet

from courses.models import ComparisonRow
from courses.models.comparisons import Resolution
from courses.queries.ledgers.ours import CITIZEN_ID, NAME
from courses.queries.ledgers.wanted import Cells, Source, Sources, Wanted, day
from courses.rules.comparisons import COLUMNS
from courses.rules.ledgers import About, Field, Ledger, Sheet
from registry import words

COMPARISON = Ledger(
    "comparison",
    About.COMPARISON,
    (
        Sheet(
            "rows",
            "比对结果",
            (
                Field("sheet", "工作表"),
                Field("number", "行号"),
                NAME,
                CITIZEN_ID,
                Field("state", "结果"),
                Field("unreadable", "读不懂的栏目"),
                Field("differing", "不一致的栏目"),
                Field("resolution", "处理"),
                Field("resolved_by", "处理人"),
                Field("resolved_on", "处理日期"),
            ),
        ),
    ),
)


def _rows(wanted: Wanted) -> QuerySet[ComparisonRow]:
    found = ComparisonRow.objects.filter(comparison=wanted.comparison_id)
    return found.prefetch_related("discrepancies")


def _cells(rows: list[Any], wanted: Wanted) -> list[Cells]:
    return [_row(row) for row in rows]


def _row(row: ComparisonRow) -> Cells:
    said = json.loads(row.cells or "{}")
    found = list(row.discrepancies.all())
    done = [one for one in found if one.resolution != Resolution.OPEN]
    return {
        "sheet": row.sheet,
        "number": str(row.number),
        "name": said.get("name", ""),
        "citizen_id": said.get("citizen_id", ""),
        "state": str(row.get_state_display()),
        "unreadable": "；".join(f"{COLUMNS[field].label}：{words.say(code)}" for field, code in row.problems),
        "differing": "、".join(COLUMNS[one.field].label for one in found),
        "resolution": "；".join(
            f"{COLUMNS[one.field].label}：{one.get_resolution_display()}" for one in found
        ),
        "resolved_by": "、".join(dict.fromkeys(one.resolved_by for one in done)),
        "resolved_on": "、".join(dict.fromkeys(day(one.resolved_on) for one in done)),
    }


SOURCES: Sources = {(COMPARISON.key, "rows"): Source(_rows, _cells)}

"""Marks of attendance, which of them count as hours attended, and how people write them in a sheet."""

import unicodedata

COUNTS_AS_THERE = frozenset({"present", "late"})
"""Late counts as there; leave and absence do not."""

MARKS = ("present", "late", "leave", "absent")

_WRITTEN = {
    "present": ("出勤", "到", "已到", "到勤", "正常", "√", "✓", "✔", "v", "1"),
    "late": ("迟到", "迟", "遲到", "遲"),
    "leave": ("请假", "假", "事假", "病假", "請假"),
    "absent": ("缺勤", "缺", "旷课", "未到", "曠課", "×", "✗", "x", "0"),
}
_MARK_OF = {text: mark for mark, texts in _WRITTEN.items() for text in (mark, *texts)}


def parse(text: str) -> str:
    """The mark that a text means, "" for an empty one. Raises ValueError for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if not plain:
        return ""
    if plain not in _MARK_OF:
        raise ValueError("not a mark")
    return _MARK_OF[plain]

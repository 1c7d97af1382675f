"""Codes of the national real-name system (全国残疾人就业和职业培训信息管理系统) that the register's facts lead to.

The columns, the words of the codes and the documents that they rest on are data: courses/seeds/national_system.json.
"""

from datetime import date

WORDS_OF_FEDERATION_BASE = "federation_base"


def training_cycle(starts_on: date, ends_on: date) -> str:
    """培训周期: "short" up to a month, "medium" up to half a year, "long" beyond (docs/domain.md §5.1)."""
    if ends_on <= _months_on(starts_on, 1):
        return "short"
    return "medium" if ends_on <= _months_on(starts_on, 6) else "long"


def training_provider(*, is_accredited: bool, institution_kind: str, ownership: str) -> str:
    """培训主体, "" where the document's list does not tell: of its entry on education only the first word is known."""
    if is_accredited:
        return WORDS_OF_FEDERATION_BASE
    if institution_kind == "training_institution" and ownership == "private":
        return "private_training"
    return ""


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError

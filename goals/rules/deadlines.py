"""Days by which a target asks for something, as the documents write them: 12-31, 2024-12-31, 2023-Q4."""

import re
from calendar import monthrange
from datetime import date

QUARTER = re.compile(r"(\d{4})-Q([1-4])")
DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})")


def last_day(due: str, year: int) -> date:
    """The last day that is in time, of a yearly one that of `year`; a target that names no day has the year's last."""
    if quarter := QUARTER.fullmatch(due):
        month = int(quarter[2]) * 3
        return date(int(quarter[1]), month, monthrange(int(quarter[1]), month)[1])
    if day := DAY_OF_YEAR.fullmatch(due):
        month = int(day[1])
        return date(year, month, min(int(day[2]), monthrange(year, month)[1]))
    return date.fromisoformat(due) if due else date(year, 12, 31)

"""Numbers and terms of plaques (牌匾): what is suggested, which a person may change."""

import re
from datetime import date, timedelta


def next_number(last: str, *, region_code: str, on: date) -> str:
    """The number after `last`: its last run of digits counts on, as wide as it was. Without one: 620502-2024-001.

    A number of an earlier year begins again at 1, where the number tells its year.
    """
    if not last:
        return f"{region_code}-{on.year}-001"
    counted = re.search(r"(\d+)(\D*)$", last, re.ASCII)
    if counted is None:
        return f"{last}-2"
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", last[: counted.start()], re.ASCII)
    if years and int(years[-1]) < on.year:
        before = last[: counted.start()]
        place = before.rindex(years[-1])
        head = before[:place] + str(on.year) + before[place + 4 :]
        return f"{head}{'1'.zfill(len(counted[1]))}{counted[2]}"
    return f"{last[: counted.start()]}{str(int(counted[1]) + 1).zfill(len(counted[1]))}{counted[2]}"


def end_of_term(granted_on: date, years: int) -> date:
    """The last day of a term of so many years: the day before its anniversary."""
    try:
        return granted_on.replace(year=granted_on.year + years) - timedelta(days=1)
    except ValueError:  # the 29th of February
        return date(granted_on.year + years, 2, 28)

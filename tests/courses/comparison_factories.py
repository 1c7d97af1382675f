"""Partners' files and comparisons for tests, made by the actions that the site uses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from courses.actions import comparisons
from courses.models import Comparison
from courses.workbooks.writing import write_table
from registry.actions import standing
from registry.models import Person
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.registry.factories import a_citizen_id, a_name, a_person, a_region

HEADERS = ["公民身份号码", "姓名", "就业状况", "联系方式"]


def a_file(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> bytes:
    return write_table(headers, rows)


def four_rows() -> tuple[list[Person], bytes]:
    """Of two people of ours one agrees and one differs in employment and phone; one is unknown, one unreadable."""
    people = [a_person(1), a_person(2)]
    for person in people:
        standing.record_employment(
            by=SYSTEM, on=TODAY, person=person, status="unemployed", since=date(2024, 1, 1)
        )
    rows = [
        [people[0].citizen_id, people[0].name, "未就业", people[0].phone],
        [people[1].citizen_id, people[1].name, "已就业", "13900000000"],
        [a_citizen_id(77), a_name(77), "已就业", ""],
        ["62050219850315001?", "张三", "已就业", ""],
    ]
    return people, a_file(rows)


def a_comparison(
    data: bytes | None = None,
    *,
    by: Actor = SYSTEM,
    mode: str = "compare",
    partner: str = "天水市人社局",
    region: str = "620500",
    run: bool = True,
    **columns: Any,
) -> Comparison:
    """A comparison with the columns that were guessed; with run=False they are still to be chosen."""
    data = four_rows()[1] if data is None else data
    held = comparisons.upload(
        by=by,
        on=TODAY,
        region=a_region(region),
        partner=partner,
        mode=mode,
        file_name="人社名单.xlsx",
        data=data,
    )
    if run:
        chosen = held.columns | columns
        comparisons.map_columns(by=by, on=TODAY, comparison=held, columns=chosen)
        comparisons.run(held.pk, on=TODAY)
        held.refresh_from_db()
    return held

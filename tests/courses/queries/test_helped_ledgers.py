"""就业帮扶台账 and 一生一策台账: who is in them, what was done for each and when, and what is masked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import abilities, service_plans, service_records
from courses.queries import ledgers
from courses.queries.ledgers.wanted import Wanted
from registry.actions import hardship
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor, a_spell
from tests.courses.queries.test_service_records import served, without_work

pytestmark = pytest.mark.django_db
WANTED = Wanted(region_path="000000/620000/", on=TODAY, year=TODAY.year)


def poor(n: int) -> Person:
    person = without_work(n)
    hardship.record(by=SYSTEM, on=TODAY, person=person, kind="lifted_household", since=date(2023, 5, 1))
    return person


def page(ledger: str, wanted: Wanted = WANTED) -> list[dict[str, str]]:
    kind = ledgers.LEDGERS[ledger]
    [sheet] = kind.sheets
    cells, _last = ledgers.source(kind, sheet.key).page(wanted, after=0)
    assert all(set(row) == {field.key for field in sheet.fields} for row in cells)
    return cells


def test_the_ledger_of_help_says_what_was_done_for_each_and_when() -> None:
    person, placed = poor(1), poor(2)
    without_work(3)
    a_spell(placed, TODAY)
    for kind, days in (("verification", [1]), ("vacancy", [2, 5])):
        for day in days:
            served(person, kind, date(TODAY.year, 5, day))
    served(person, "guidance", date(TODAY.year - 1, 5, 1))
    abilities.record(by=SYSTEM, on=TODAY, person=person, assessed_on=TODAY, assessor="就业服务中心")
    service_plans.open_plan(
        by=SYSTEM, on=TODAY, person=person, kind="hardship", aim="找到工作", opened_on=TODAY
    )
    a_counsellor(person)
    first, second = page("assistance")
    assert (first["hardship"], first["hardship_since"]) == ("脱贫户", "2023-05-01")
    assert (first["verified_on"], first["vacancy"]) == ("2024-05-01", "2024-05-02、2024-05-05")
    assert (first["guidance"], first["assessed_on"], first["plan_aim"]) == ("", str(TODAY), "找到工作")
    assert first["counsellor"].startswith("账号")
    assert (second["employment"], second["job_started_on"]) == ("已就业", str(TODAY))
    assert not page("assistance", Wanted("000000/360000/", TODAY, TODAY.year))


def test_the_ledger_of_graduates_follows_a_class_beyond_its_year() -> None:
    person = without_work(1)
    service_records.record_graduation(
        by=SYSTEM,
        on=TODAY,
        person=person,
        graduated_on=date(2023, 6, 30),
        level="bachelor",
        school="天水师院",
    )
    served(person, "guidance", date(2024, 2, 1))
    [row] = page("graduate_plans", Wanted("000000/620000/", TODAY, 2023))
    assert (row["school"], row["guidance"], row["plan_opened_on"]) == ("天水师院", "2024-02-01", "")
    assert not page("graduate_plans")


def test_what_is_said_of_a_life_leaves_masked_unless_it_is_asked_for() -> None:
    personal = {field.key for field in ledgers.LEDGERS["assistance"].personal}
    assert {"name", "citizen_id", "phone", "hardship", "plan_aim", "plan_steps"} == personal


def test_a_page_of_a_ledger_takes_fixed_queries() -> None:
    counts = []
    for numbers in (range(1, 3), range(3, 9)):
        for n in numbers:
            poor(n)
        with CaptureQueriesContext(connection) as captured:
            assert page("assistance")
        counts.append(len(captured))
    assert counts[0] == counts[1]

"""The demo's data exchange: two exports, a partner's file with differences, and figures for the entry rate."""

from datetime import date
from typing import Any

from django.utils import timezone

from courses.actions import comparisons, export_files, population_figures
from courses.models import Cohort, Discrepancy
from courses.workbooks.writing import write_table
from registry.models import Account, Person, Region
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor

LATER = date(2024, 10, 8)
CITY = "620500"
KNOWN, DIFFERENT = 20, 6
DOCUMENT = "2024年残疾人基础数据通报（演示）"


def go_on() -> None:
    """An officer of the city exports twice, and compares with the labour office; some of it is settled."""
    city = Region.objects.get(code=CITY)
    officer = actor_for(Account.objects.get(username="city"), on=timezone.localdate())
    cohort = Cohort.objects.filter(region__path__startswith=city.path, state="completed").latest("starts_on")
    _export(officer, city, "national_system", "national_system", in_clear=["name", "citizen_id"], year=2023)
    _export(officer, city, "cohort_roster", "supervision", cohort=cohort)
    for region in (city, *Region.objects.filter(parent=city).in_force(LATER)):
        count = Person.objects.filter(region__path__startswith=region.path).count()
        population_figures.record(
            by=SYSTEM,
            on=LATER,
            region=region,
            as_of=date(2024, 6, 30),
            people=max(10, count * 5 // 4 + len(region.name)),
            document=DOCUMENT,
        )
    _compare(city)


def _export(officer: Actor, city: Region, ledger: str, purpose: str, **asked: Any) -> None:
    held = export_files.ask(
        by=officer,
        on=LATER,
        at=timezone.now(),
        ledger=ledger,
        region=city,
        purpose=purpose,
        recipient="甘肃省残疾人联合会",
        **asked,
    )
    export_files.make(held.pk)


def _compare(city: Region) -> None:
    people = Person.objects.filter(region__path__startswith=city.path).order_by("pk")[:KNOWN]
    rows = [
        [
            person.name,
            person.citizen_id,
            "已就业" if number < DIFFERENT else "",
            person.phone if number >= 2 else "13900000000",
        ]
        for number, person in enumerate(people)
    ]
    rows += [["赵无名", "620502198503150015", "已就业", ""], ["钱某", "62050219850315001?", "", ""]]
    data = write_table(["姓名", "公民身份号码", "就业状况", "联系电话"], rows)
    held = comparisons.upload(
        by=SYSTEM,
        on=timezone.localdate(),
        region=city,
        partner="天水市人力资源和社会保障局",
        mode="compare",
        file_name="实名登记名单.xlsx",
        data=data,
    )
    comparisons.map_columns(by=SYSTEM, on=LATER, comparison=held, columns=held.columns)
    comparisons.run(held.pk, on=LATER)
    first = Discrepancy.objects.filter(row__comparison=held)[:2]
    comparisons.settle(by=SYSTEM, on=LATER, comparison=held, choices={row.pk: "asked" for row in first})

"""The workbook in which another office tells what it paid, read into rows with what is wrong in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from courses.models import Skill
from courses.models.cohorts import FundingSource
from courses.models.courses import CourseLevel
from courses.models.schemes import CostItem
from courses.queries.sheets import Odd
from courses.rules.columns import Column
from courses.workbooks import reading, tables
from registry.models import Person
from registry.queries.people import by_citizen_ids
from registry.rules.access import Actor, Permission
from registry.rules.days import FIRST_DAY, LAST_DAY
from registry.rules.names import same_name

# The labels stay Chinese in every language: a sheet goes from hand to hand.
_ITEMS = {
    "tuition": "培训费",
    "living": "生活费和交通费",
    "appraisal": "鉴定费",
    "startup": "创业补贴",
    "shop": "按摩机构开办费用",
}
_SOURCES = {
    "security_fund": "残疾人就业保障金",
    "employment_subsidy": "就业补助资金",
    "fiscal": "财政专项资金",
    "social": "社会资金",
}
_LEVELS = {5: "五级", 4: "四级", 3: "三级", 2: "二级", 1: "一级"}
COLUMNS = (
    Column("name", "姓名", required=True, is_identity=True),
    Column(
        "citizen_id",
        "身份证号",
        synonyms=("身份证号码", "公民身份号码"),
        required=True,
        is_identity=True,
        width=22,
    ),
    Column(
        "item", "费用", synonyms=("补贴类别", "项目"), required=True, choices=tuple(_ITEMS.values()), width=16
    ),
    Column("payer", "发放单位", required=True, width=30),
    Column("funding_source", "资金来源", required=True, choices=tuple(_SOURCES.values()), width=18),
    Column("amount", "金额", synonyms=("金额（元）", "补贴金额"), required=True),
    Column("paid_on", "发放日期", required=True, width=14),
    Column("skill", "技能", synonyms=("培训工种", "工种"), width=16),
    Column("level", "等级", choices=tuple(_LEVELS.values())),
    Column("document", "依据", synonyms=("文号",), width=24),
)


@dataclass(frozen=True)
class NewFunding:
    """One payment as another office tells it; money in 元."""

    person: Person
    item: str
    payer: str
    funding_source: str
    amount: Decimal
    paid_on: date
    skill: Skill | None = None
    level: int = 0
    document: str = ""


@dataclass(frozen=True)
class FundingRows:
    """The rows that can be read, by their place (from 1), where each stands in the sheet, and the problems of the others."""

    rows: dict[int, NewFunding] = field(default_factory=dict)
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    problems: dict[int, list[str]] = field(default_factory=dict)


def read(actor: Actor, *, data: bytes, file_name: str) -> FundingRows:
    """What a workbook says of people over whom the actor checks subsidies; three queries. Raises WorkbookError."""
    found = FundingRows()
    cells = list(tables.extract(reading.read(data, file_name), COLUMNS).rows)
    people = by_citizen_ids({_text(row.cells.get("citizen_id")) for row in cells} - {""})
    scope = actor.scope(Permission.SUBSIDY_CHECK)
    reached = {
        person.pk
        for person in people.values()
        if actor.is_system or scope.covers(region_path=person.region.path)
    }
    skills = {name: skill for skill in Skill.objects.all() for name in (skill.name, skill.code)}
    for number, row in enumerate(cells, 1):
        found.places[number] = (row.sheet, row.number)
        texts = {column.key: _text(row.cells.get(column.key)) for column in COLUMNS}
        person = people.get(texts["citizen_id"])
        if person is None or person.pk not in reached:
            found.problems[number] = ["funding_person_unknown"]
            continue
        problems, values = _values(texts, skills)
        if not same_name(person.name, texts["name"]):
            problems.append("funding_name_differs")
        if problems:
            found.problems[number] = problems
        else:
            found.rows[number] = NewFunding(person=person, **values)
    return found


def odd(read_rows: FundingRows, refused: Mapping[int, Mapping[str, str]]) -> list[Odd]:
    """Every problem with the place of its row: those found in reading, and those of what the action refused."""
    told = {number: list(codes) for number, codes in read_rows.problems.items()}
    for number, codes in refused.items():
        told.setdefault(number, []).extend(codes.values())
    return [
        Odd(code, *read_rows.places[number])
        for number in sorted(told)
        for code in dict.fromkeys(told[number])
    ]


def _values(texts: Mapping[str, str], skills: Mapping[str, Skill]) -> tuple[list[str], dict[str, Any]]:
    problems = []
    item = _key(texts["item"], _ITEMS, CostItem.values)
    source = _key(texts["funding_source"], _SOURCES, FundingSource.values)
    amount, day = _amount(texts["amount"]), _day(texts["paid_on"])
    skill = skills.get(texts["skill"])
    level = _key(texts["level"], _LEVELS, CourseLevel.values) if texts["level"] else 0
    checks = {
        "funding_item": item is None,
        "funding_source": source is None,
        "funding_amount": amount is None,
        "funding_day": day is None,
        "funding_skill": bool(texts["skill"]) and skill is None,
        "funding_level": level is None,
    }
    problems = [code for code, is_wrong in checks.items() if is_wrong]
    return problems, {
        "item": item,
        "payer": texts["payer"],
        "funding_source": source,
        "amount": amount,
        "paid_on": day,
        "skill": skill,
        "level": level,
        "document": texts["document"],
    }


def _key(text: str, labels: Mapping[Any, str], known: list[Any]) -> Any:
    """The value that a label means; a level may be written 五级/初级工."""
    for value, label in labels.items():
        if text == label or (isinstance(value, int) and text.startswith(label)):
            return value
    return text if text in known else None


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").removesuffix("元"))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount < 10**10 or amount != round(amount, 2):
        return None
    return amount


def _day(text: str) -> date | None:
    plain = text.split(" ")[0].split("T")[0]
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"):
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day of the calendar, no moment
        except ValueError:
            continue
        return day if FIRST_DAY <= day <= LAST_DAY else None
    return None


def _text(value: reading.CellValue) -> str:
    return "" if value is None else str(value).strip()

from decimal import Decimal

import pytest

from courses.queries import funding_sheets
from courses.workbooks.writing import write_table
from registry.rules.access import SYSTEM
from tests.courses.factories import a_skill
from tests.registry.factories import a_citizen_id, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

HEADERS = [column.label for column in funding_sheets.COLUMNS]


def sheet(*rows):
    return write_table(HEADERS, rows)


def a_row(person, **cells):
    given = {
        "姓名": person.name,
        "身份证号": person.citizen_id,
        "费用": "培训费",
        "发放单位": "秦州区就业局",
        "资金来源": "就业补助资金",
        "金额": "1,200.50",
        "发放日期": "2024/3/1",
        "技能": "",
        "等级": "五级/初级工",
        "依据": "",
    } | cells
    return [given[label] for label in HEADERS]


def codes(read):
    return [(one.row, one.code) for one in funding_sheets.odd(read, {})]


def test_good_rows_are_read_and_each_bad_one_says_what_is_wrong(django_assert_num_queries):
    skill = a_skill()
    first, second = a_person(1), a_person(2)
    unknown = a_row(first, 身份证号=a_citizen_id(99))
    data = sheet(
        a_row(first, 技能=skill.name),
        a_row(second, 费用="吃饭", 金额="0", 发放日期="昨天", 技能="飞行", 等级="九级", 资金来源="彩票"),
        a_row(second, 姓名="另一人"),
        unknown,
    )
    with django_assert_num_queries(2):
        read = funding_sheets.read(SYSTEM, data=data, file_name="a.xlsx")
    [row] = read.rows.values()
    assert (row.person, row.item, row.skill, row.level) == (first, "tuition", skill, 5)
    assert (row.amount, str(row.paid_on)) == (Decimal("1200.50"), "2024-03-01")
    assert codes(read) == [
        (3, "funding_item"),
        (3, "funding_source"),
        (3, "funding_amount"),
        (3, "funding_day"),
        (3, "funding_skill"),
        (3, "funding_level"),
        (4, "funding_name_differs"),
        (5, "funding_person_unknown"),
    ]


def test_people_of_another_region_are_not_known():
    a_skill()
    person = a_person(region="620502")
    elsewhere = an_actor("federation_officer", a_federation("620503"))
    read = funding_sheets.read(elsewhere, data=sheet(a_row(person)), file_name="a.xlsx")
    assert codes(read) == [(2, "funding_person_unknown")]

import pytest

from courses.rules.columns import Column
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.workbooks import headers, reading, tables
from courses.workbooks.errors import ColumnsMissing, HeaderMissing, RowsMissing
from courses.workbooks.tables import Extract, SkipReason
from tests.courses.workbooks import messy

ID = messy.citizen_id()


def extract(data: bytes, name: str = "a.xlsx") -> Extract:
    return tables.extract(reading.read(data, name), ROSTER_COLUMNS)


def skipped(found: Extract) -> list[tuple[int, SkipReason]]:
    return [(row.number, row.reason) for table in found.tables for row in table.skipped]


def test_a_roster_with_titles_totals_and_signatures_gives_its_people_only():
    people = [messy.person(n) for n in (1, 2, 3)]
    data = messy.messy_roster(people, title_rows=["某某市残疾人职业培训", "（2024 年第 2 期  盲人保健按摩）"])

    found = extract(data)

    assert [(row.number, row.cells["name"]) for row in found.rows] == [
        (4 + n, people[n]["姓名"]) for n in range(3)
    ]
    assert [row.cells["citizen_id"] for row in found.rows] == [person["身份证号"] for person in people]
    assert skipped(found) == [(7, SkipReason.TOTAL), (9, SkipReason.SIGNATURE), (10, SkipReason.SIGNATURE)]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("身份证号", "citizen_id"),
        ("身份证号码", "citizen_id"),
        ("公民身份号码", "citizen_id"),
        ("证件号码", "citizen_id"),
        ("身份证号（18位）*", "citizen_id"),
        ("（必填）身份证号：", "citizen_id"),
        ("身 份 证\n号 码", "citizen_id"),
        ("残疾证号", "disability_number"),
        ("残疾人证号", "disability_number"),
        ("残疾证号码", "disability_number"),
        ("手机", "phone"),
        ("电话", "phone"),
        ("联系电话", "phone"),
        ("联系方式", "phone"),
        ("姓　名", "name"),
        ("学员姓名", "name"),
        ("性别", "sex"),
        ("民族", "ethnicity"),
        ("文化程度", "education"),
        ("学历", "education"),
        ("户口性质（城镇/农村）", "residence"),
        ("户籍地址", "address"),
        ("户籍所在地", "address"),
        ("就业状况", "employment"),
        ("就业培训需求", "training_need"),
        ("人员类别", "hardship"),
        ("学员类别", "person_kind"),
        ("辅具及无障碍需求", "access_needs"),
        ("监护人", "guardian_name"),
        ("监护人电话", "guardian_phone"),
        ("监护人或紧急联系人电话", "guardian_phone"),
        ("残疾类别", "disability_category"),
        ("残疾等级", "disability_grade"),
        ("备注", "remarks"),
        ("ＮＯ．", "serial"),
    ],
)
def test_labels_are_recognised_under_their_many_names(label, key):
    lines = [[label, "甲", "姓名", "身份证号"], ["x", "y", "张三", ID]]
    if key in ("name", "citizen_id"):
        other = "身份证号" if key == "name" else "姓名"
        lines = [[label, "甲", other, "性别"], ["x", "y", "z", "男"]]

    header = extract(messy.grid(lines)).tables[0].header

    assert header.places[key] == 0
    assert header.labels[key] == label
    assert header.unknown == ("甲",)


def test_no_two_columns_share_a_name():
    labels = [headers.normal(text) for column in ROSTER_COLUMNS for text in (column.label, *column.synonyms)]

    assert sorted(set(labels)) == sorted(labels)


def test_a_header_of_two_rows_with_merged_groups_is_read():
    header = [
        ["序号", "基本情况", None, None, "联系方式", None, "监护人情况", None],
        [None, "姓名", "性别", "身份证号", "本人", "地址", "姓名", "电话"],
    ]
    merges = ["A2:A3", "B2:D2", "E2:F2", "G2:H2"]
    rows = [
        {
            "序号": 1,
            "b": "张三",
            "c": "男",
            "d": ID,
            "e": "13812341234",
            "f": "某村",
            "g": "张父",
            "h": "13912341234",
        }
    ]
    data = messy.messy_roster(rows, labels=list("序bcdefgh"), header_rows=header, header_merges=merges)
    found = extract(data)

    table = found.tables[0]
    assert (table.header.top, table.header.bottom) == (2, 3)
    assert [dict(row.cells) for row in found.rows] == [
        {
            "name": "张三",
            "sex": "男",
            "citizen_id": ID,
            "phone": "13812341234",
            "address": "某村",
            "guardian_name": "张父",
            "guardian_phone": "13912341234",
        }
    ]


def test_a_header_of_two_rows_without_merges_is_read():
    lines = [
        ["姓名", "身份证", "监护人", None],
        [None, "号码", "姓名", "电话"],
        ["张三", ID, "张父", "139"],
    ]

    row = next(iter(extract(messy.grid(lines)).rows))

    assert dict(row.cells) == {
        "name": "张三",
        "citizen_id": ID,
        "guardian_name": "张父",
        "guardian_phone": "139",
    }


def test_the_first_person_is_never_taken_for_a_second_header_row():
    lines = [["姓名", "身份证号", "备注", None], ["张三", ID, "无", None], ["李四", ID, "无", None]]

    found = extract(messy.grid(lines, merges=["C1:D1"]))

    assert [row.cells["name"] for row in found.rows] == ["张三", "李四"]


def test_a_number_right_of_the_guardian_is_the_guardians():
    lines = [["姓名", "身份证号", "联系电话", "监护人", "联系电话"], ["张三", ID, "1", "张父", "2"]]

    row = next(iter(extract(messy.grid(lines)).rows))

    assert (row.cells["phone"], row.cells["guardian_phone"]) == ("1", "2")


def test_unknown_and_doubled_columns_are_reported():
    lines = [
        ["姓名", "身份证号", "开户行", "银行卡号", "手机", "电话"],
        ["张三", ID, "农行", "6222", "1", "2"],
    ]

    table = extract(messy.grid(lines)).tables[0]

    assert table.header.unknown == ("开户行", "银行卡号")
    assert table.header.doubled == ("电话",)
    assert "6222" not in table.rows[0].cells.values()


def test_merged_cells_pass_their_value_down_but_never_a_person():
    people = [messy.person(n, 户籍地址="秦州区") for n in (1, 2, 3)]
    data = messy.messy_roster(people, merged={"户籍地址": (0, 2)})
    assert [row.cells["address"] for row in extract(data).rows] == ["秦州区"] * 3

    lines = [["姓名", "身份证号", "联系电话"], ["张三", ID, "1"], [None, None, "2"]]
    found = extract(messy.grid(lines, merges=["A2:A3", "B2:B3"]))
    assert [row.number for row in found.rows] == [2]
    assert skipped(found) == [(3, SkipReason.CONTINUATION)]


def test_subtotals_and_repeated_headers_are_passed_over_and_people_after_them_kept():
    lines = [
        ["序号", "姓名", "身份证号"],
        [1, "张三", ID],
        ["小计", "1人", None],
        ["序号", "姓名", "身份证号"],
        [2, "李四", ID],
        [3, None, None],
        ["合 计", None, "2人"],
        ["注：以上人员均自愿参加", None, None],
        [None, "签字：", None],
        [None, None, "单位负责人（盖章）："],
    ]

    found = extract(messy.grid(lines))

    assert [row.cells["name"] for row in found.rows] == ["张三", "李四"]
    assert skipped(found) == [
        (3, SkipReason.TOTAL),
        (4, SkipReason.REPEATED_HEADER),
        (6, SkipReason.NUMBERED_BLANK),
        (7, SkipReason.TOTAL),
        (8, SkipReason.SIGNATURE),
        (9, SkipReason.SIGNATURE),
        (10, SkipReason.SIGNATURE),
    ]


def test_a_person_without_a_name_or_number_is_kept_to_be_told_so():
    lines = [["姓名", "身份证号", "性别"], ["张三", None, "男"], [None, ID, "女"], [None, None, "女"]]

    assert [row.number for row in extract(messy.grid(lines)).rows] == [2, 3, 4]


@pytest.mark.parametrize("name", ["单雄", "时间", "附子", "制表"])
def test_a_person_whose_name_looks_like_a_signature_is_kept_for_their_number(name):
    assert [row.cells["name"] for row in extract(messy.grid([["姓名", "身份证号"], [name, ID]])).rows] == [
        name
    ]


def test_every_visible_sheet_with_a_header_is_read_and_the_others_named():
    header = ["姓名", "身份证号"]
    data = messy.messy_roster(
        [messy.person(1)],
        sheet_name="皂郊镇",
        other_sheets={
            "汪川镇": [header, ["李四", messy.citizen_id(order=7)]],
            "统计": [["乡镇", "人数"], ["皂郊镇", 1]],
            "旧名单": [header, ["王五", ID]],
            "Sheet4": [],
        },
        hidden_sheets=["旧名单"],
    )

    found = extract(data)

    assert [(row.sheet, row.number) for row in found.rows] == [("皂郊镇", 3), ("汪川镇", 2)]
    assert found.ignored_sheets == ("统计", "旧名单")


def test_hidden_rows_are_kept_and_marked():
    data = messy.messy_roster([messy.person(1), messy.person(2)], hidden=[0])

    assert [row.hidden for row in extract(data).rows] == [True, False]


def test_a_missing_column_is_named_with_the_columns_that_were_seen():
    with pytest.raises(ColumnsMissing) as refusal:
        extract(messy.grid([["花名册"], ["姓名", "性别", "证号"], ["张三", "男", "1"]]))

    assert refusal.value.facts == {"missing": ["身份证号"], "seen": ["姓名", "性别", "证号"]}


def test_a_file_without_a_header_says_what_was_looked_for_and_repeats_nothing_of_it():
    with pytest.raises(HeaderMissing) as refusal:
        extract(messy.grid([["张三", ID], ["李四", ID]]))

    assert refusal.value.facts == {"expected": ["姓名", "身份证号"]}


def test_a_header_with_nothing_below_it_is_said_to_be_empty():
    with pytest.raises(RowsMissing):
        extract(messy.messy_roster([], labels=["姓名", "身份证号"]))


def test_other_forms_can_be_read_with_columns_of_their_own():
    columns = (
        Column("name", "姓名", required=True, is_identity=True),
        Column("score", "成绩", ("得分",), required=True),
    )
    data = messy.grid([["姓名", "得分"], ["张三", 88.5]])

    found = tables.extract(reading.read(data, "a.xlsx"), columns)

    assert [dict(row.cells) for row in found.rows] == [{"name": "张三", "score": 88.5}]

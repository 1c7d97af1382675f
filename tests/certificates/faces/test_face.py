"""What is printed: the order of reading, the dates, and nothing that may not be shown."""

from dataclasses import fields
from datetime import date

from certificates.faces.face import Face, written_date, written_period
from tests.certificates.faces import samples


def test_the_facts_come_in_reading_order():
    assert [(pair.label, pair.value) for pair in samples.FACE.facts()] == [
        ("培训课程", "保健按摩初级班"),
        ("技能", "保健按摩"),
        ("等级", "五级／初级工"),
        ("课时", "120"),
        ("培训时间", "2023年3月1日至2023年6月30日"),
    ]


def test_an_empty_level_and_issuer_leave_no_line():
    face = samples.face(level_text="", issuer_name="")
    assert [pair.label for pair in face.facts() + face.award()] == [
        "培训课程",
        "技能",
        "课时",
        "培训时间",
        "培训机构",
        "发证日期",
    ]


def test_dates_are_written_in_the_language_of_the_certificate():
    day = date(2023, 10, 9)
    assert written_date(day, "zh-Hans") == written_date(day, "zh-Hant") == "2023年10月9日"
    assert written_date(day, "en") == "9 October 2023"
    assert written_period(day, date(2024, 1, 2), "en") == "9 October 2023 to 2 January 2024"


def test_a_course_of_one_day_has_one_date():
    assert written_period(date(2023, 5, 4), date(2023, 5, 4), "zh-Hans") == "2023年5月4日"


def test_a_face_has_no_room_for_identity_or_disability():
    assert {field.name for field in fields(Face)} == {
        "language",
        "words",
        "title",
        "holder_name",
        "course_name",
        "skill_name",
        "level_text",
        "hours",
        "starts_on",
        "ends_on",
        "issued_on",
        "base_name",
        "issuer_name",
        "number",
        "code",
        "url",
        "verify_address",
        "second",
        "logo",
        "seal",
        "specimen",
    }

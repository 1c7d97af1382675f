"""The attendance grid, the timetable, and the sheet out and in."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.actions import cohorts
from courses.actions import sessions as timetable
from courses.models import Attendance, Cohort, Enrolment
from courses.rules.sessions import NewSession
from courses.views.attendance import cell_name
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, attended, bring_to, enrolled, sessions_of, some_people
from tests.registry.factories import a_citizen_id, a_person, an_account

pytestmark = pytest.mark.django_db


def a_running_cohort(people: int = 2, sessions: int = 3, hours: int = 4) -> Cohort:
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, people)
    sessions_of(cohort, sessions, hours)
    return bring_to(cohort, "running")


def url(cohort: Cohort, name: str = "attendance") -> str:
    return reverse(f"courses:{name}", args=[cohort.public_id])


def a_workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("考勤.xlsx", stream.getvalue())


def test_the_grid_is_a_table_whose_cells_say_who_and_when(client: Client) -> None:
    cohort = a_running_cohort()
    client.force_login(an_account("trainer", cohort.base))
    content = client.get(url(cohort)).content.decode()
    name = cohort.enrolments.first().person.name
    assert f'aria-label="{name} 5月14日 第1节"' in content
    assert content.count('<th scope="col"') == 3 + 2
    assert content.count('<th scope="row"') == 2
    assert "<caption" in content
    assert "考勤，已登记 0 节，共 3 节" in content


def test_saving_writes_what_was_changed_and_says_how_much(client: Client) -> None:
    cohort = a_running_cohort()
    client.force_login(an_account("trainer", cohort.base))
    first, second = cohort.enrolments.all()
    sessions = list(cohort.sessions.all())
    fields = {
        f"seen-{first.public_id}": "---",
        f"seen-{second.public_id}": "---",
        cell_name(sessions[0], first): "present",
        cell_name(sessions[1], first): "leave",
        cell_name(sessions[0], second): "",
    }
    answer = client.post(url(cohort), fields, follow=True)
    assert "已保存 2 处考勤" in answer.content.decode()
    kept = dict(Attendance.objects.values_list("session__on", "presence"))
    assert kept == {sessions[0].on: "present", sessions[1].on: "leave"}


def test_everybody_there_fills_the_blanks_of_one_session_only(client: Client) -> None:
    cohort = a_running_cohort(people=3)
    client.force_login(an_account("trainer", cohort.base))
    session, other = list(cohort.sessions.all())[:2]
    late = cohort.enrolments.first()
    fields = {cell_name(session, row): "" for row in cohort.enrolments.all()}
    fields |= {f"seen-{row.public_id}": "---" for row in cohort.enrolments.all()}
    fields |= {cell_name(session, late): "late", "everyone": f"{session.on:%Y%m%d}.1"}
    client.post(url(cohort), fields)
    assert sorted(Attendance.objects.values_list("presence", flat=True)) == ["late", "present", "present"]
    assert not Attendance.objects.filter(session=other).exists()


def test_two_trainers_with_the_same_page_open_do_not_undo_each_other(client: Client) -> None:
    cohort = a_running_cohort(people=1)
    enrolment = cohort.enrolments.get()
    first, second, _third = cohort.sessions.all()
    client.force_login(an_account("trainer", cohort.base))
    stale = {f"seen-{enrolment.public_id}": "---", cell_name(first, enrolment): ""}
    attended(cohort, [first], [enrolment], "absent")  # the other one saves meanwhile
    client.post(url(cohort), stale | {cell_name(second, enrolment): "present"})
    assert dict(Attendance.objects.values_list("session", "presence")) == {
        first.pk: "absent",
        second.pk: "present",
    }


def test_sixty_sessions_come_ten_at_a_time(client: Client) -> None:
    cohort = a_cohort(state="enrolling", ends_on=date(2024, 5, 14) + timedelta(days=90))
    enrolled(cohort, 1)
    sessions_of(cohort, 60, hours=1)
    bring_to(cohort, "running")
    client.force_login(an_account("trainer", cohort.base))
    content = client.get(url(cohort), {"page": "6"}).content.decode()
    assert content.count("<select") == 10
    assert "第 6 页，共 6 页" in content


def test_saving_the_second_page_saves_the_second_page(client: Client) -> None:
    cohort = a_running_cohort(people=1, sessions=12, hours=1)
    client.force_login(an_account("trainer", cohort.base))
    eleventh, enrolment = list(cohort.sessions.all())[10], cohort.enrolments.get()
    fields = {f"seen-{enrolment.public_id}": "--", cell_name(eleventh, enrolment): "present"}
    answer = client.post(url(cohort) + "?page=2", fields)
    assert answer.headers["Location"].endswith("?page=2")
    assert Attendance.objects.get().session == eleventh


def test_two_of_one_name_are_told_apart(client: Client) -> None:
    cohort = a_cohort(state="enrolling")
    for n in (1, 2):
        enrolled(cohort, [a_person(n, base=cohort.base, name="王伟")])
    sessions_of(cohort, 1)
    bring_to(cohort, "running")
    client.force_login(an_account("trainer", cohort.base))
    content = client.get(url(cohort)).content.decode()
    for n in (1, 2):
        assert f"王伟（尾号 {a_citizen_id(n)[-4:]}）" in content
        assert a_citizen_id(n) not in content


def test_fifty_trainees_and_twenty_sessions_take_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    small, large = a_running_cohort(1, 1), a_running_cohort(50, 20, hours=1)
    attended(large, large.sessions.all(), large.enrolments.all())
    for cohort in (small, large):
        client.force_login(an_account("trainer", cohort.base))
        with django_assert_num_queries(19):
            client.get(url(cohort))


def test_who_may_not_record_sees_words_and_no_fields(client: Client) -> None:
    cohort = a_running_cohort()
    client.force_login(an_account("auditor"))
    content = client.get(url(cohort)).content.decode()
    assert "<select" not in content
    assert "这里只能查看" in content
    assert client.post(url(cohort), {}).status_code == 403
    assert client.get(url(cohort, "attendance-sheet")).status_code == 403


def test_the_sheet_goes_out_prefilled_and_comes_back(client: Client) -> None:
    cohort = a_running_cohort()
    first, second = cohort.enrolments.select_related("person")
    attended(cohort, [cohort.sessions.first()], [first], "late")
    client.force_login(an_account("trainer", cohort.base))
    answer = client.get(url(cohort, "attendance-sheet"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["学员编号", "姓名", "2024-05-14 第1节", "2024-05-15 第1节", "2024-05-16 第1节"]
    assert rows[1] == [first.public_id, first.person.name, "迟到", "", ""]
    rows[1][3], rows[2][2] = "出勤", "病假"
    answer = client.post(url(cohort, "attendance-upload"), {"file": a_workbook(rows)}, follow=True)
    assert "已从表格保存 2 处考勤" in answer.content.decode()
    assert Attendance.objects.count() == 3
    again = client.post(url(cohort, "attendance-upload"), {"file": a_workbook(rows)}, follow=True)
    assert "已从表格保存 0 处考勤" in again.content.decode()
    assert second.attendances.get().presence == "leave"


def test_bad_cells_of_a_sheet_come_back_to_be_set_right_and_good_ones_are_kept(client: Client) -> None:
    cohort = a_running_cohort()
    first, second = cohort.enrolments.select_related("person")
    client.force_login(an_account("trainer", cohort.base))
    rows = [
        ["学员编号", "姓名", "2024-05-14 第1节", "2024-05-15 第1节", "2024-12-31 第1节"],
        [first.public_id, first.person.name, "出勤", "早退", "出勤"],
        ["zzzzzzzzzzzz", "谁", "出勤", "出勤", ""],
        [second.public_id, second.person.name, "√", "", ""],
        [first.public_id, first.person.name, "缺勤", "", ""],
    ]
    answer = client.post(url(cohort, "attendance-upload"), {"file": a_workbook(rows)})
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "已保存 2 处考勤，还有 1 处需要改正</h1>" in content
    assert "第 3 行：学员编号不在这个培训班的名单里" in content
    assert "第 5 行：这名学员在表里出现了两次" in content
    assert "2024-12-31 第1节" in content
    assert f"{first.person.name} 5月15日 第1节：考勤只能填" in content
    [cell] = answer.context["bad"]
    assert (cell["text"], f'href="#{cell["id"]}"' in content) == ("早退", True)
    answer = client.post(url(cohort, "attendance-correct"), {cell["name"]: "leave"}, follow=True)
    assert "已保存 1 处考勤" in answer.content.decode()
    assert Attendance.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("考勤.pdf", b"%PDF-1.4", ""),
        ("考勤.xlsx", b"not a workbook", ""),
        ("考勤.csv", "甲,乙\n1,2".encode(), ""),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_beside_its_field(
    client: Client, name: str, content: bytes, words: str
) -> None:
    cohort = a_running_cohort()
    client.force_login(an_account("trainer", cohort.base))
    file = SimpleUploadedFile(name, content)
    answer = client.post(url(cohort, "attendance-upload"), {"file": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0] != "这个请求不能办理。"
    assert "没有保存任何内容" in answer.content.decode()


def test_a_session_ahead_has_no_field_and_a_forged_one_is_named(client: Client) -> None:
    cohort = a_running_cohort(people=1, sessions=1)
    long_after = date(2090, 1, 1)
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=long_after)
    [ahead] = timetable.add_sessions(
        by=SYSTEM, on=cohort.starts_on, cohort=cohort, sessions=[NewSession(on=long_after, hours=2)]
    )
    client.force_login(an_account("trainer", cohort.base))
    enrolment = cohort.enrolments.get()
    page = client.get(url(cohort)).content.decode()
    assert "未到日期" in page
    assert cell_name(ahead, enrolment) not in page
    answer = client.post(url(cohort), {cell_name(ahead, enrolment): "present"})
    assert answer.status_code == 422
    assert "不能提前登记" in answer.content.decode()


def test_the_page_says_so_when_the_timetable_falls_short_of_the_course(client: Client) -> None:
    cohort = a_running_cohort(sessions=3)
    client.force_login(an_account("trainer", cohort.base))
    assert "还差 8 课时" in client.get(url(cohort)).content.decode()


def test_a_large_cohort_comes_a_hundred_trainees_at_a_time(client: Client) -> None:
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, some_people(101, cohort.base))
    sessions_of(cohort, 1)
    cohorts.move_to(by=SYSTEM, on=cohort.starts_on, cohort=cohort, state="running")
    client.force_login(an_account("trainer", cohort.base))
    assert client.get(url(cohort)).content.decode().count("<select") == 100
    second = client.get(url(cohort), {"group": "2"}).content.decode()
    assert second.count("<select") == 1
    last = Enrolment.objects.order_by("pk").last()
    assert last is not None
    assert last.public_id in second

"""Keeping attendance by keyboard, with and without the script, and the pages that come back with errors."""

import pytest
from django.urls import reverse

from courses.models import Attendance
from courses.views.attendance import cell_name
from tests.browser.accessibility import assert_accessible, assert_keyboard_reaches_all
from tests.courses.visits import a_taught_cohort
from tests.registry.factories import an_account

pytestmark = pytest.mark.browser


def test_the_grid_is_filled_by_keyboard_alone(open_page):
    cohort = a_taught_cohort()
    page = open_page(account=an_account("trainer", cohort.base))
    page.goto(reverse("courses:attendance", args=[cohort.public_id]))
    third = list(cohort.sessions.all())[3]
    first, second, _last = cohort.enrolments.all()
    page.locator(f'[name="{cell_name(third, first)}"]').focus()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.keyboard.press("4")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("3")
    page.get_by_role("button", name="保存考勤").first.press("Enter")
    page.wait_for_selector(".message")
    assert "已保存 3 处考勤" in page.locator(".message").inner_text()
    kept = {
        (row.session.on.day, row.enrolment_id): row.presence
        for row in Attendance.objects.filter(session__on__gte=third.on).select_related("session")
    }
    assert kept == {
        (third.on.day, first.pk): "present",
        (third.on.day, second.pk): "absent",
        (third.on.day + 1, second.pk): "leave",
    }


def test_without_a_script_everybody_there_is_one_press(open_page):
    cohort = a_taught_cohort()
    address = reverse("courses:attendance", args=[cohort.public_id])
    page = open_page(account=an_account("trainer", cohort.base), javascript=False)
    page.goto(address)
    assert not page.locator("#grid-keys").is_visible()
    page.get_by_role("button", name="全部出勤").last.press("Enter")
    assert "已保存 3 处考勤" in page.locator(".message").inner_text()
    last = cohort.sessions.last()
    assert set(last.attendances.values_list("presence", flat=True)) == {"present"}


def test_bad_scores_come_back_in_a_page_that_leads_to_each(open_page):
    cohort = a_taught_cohort("assessing")
    page = open_page(account=an_account("trainer", cohort.base))
    page.goto(reverse("courses:results", args=[cohort.public_id]))
    fields = page.locator("#results input")
    fields.nth(0).fill("101")
    fields.nth(2).fill("77")
    page.get_by_role("button", name="保存成绩").click()
    page.wait_for_selector(".error-summary")
    assert page.title().startswith("错误：已保存")
    assert_accessible(page, "results with errors")
    assert_keyboard_reaches_all(page, "results with errors")
    page.locator(".error-summary a").click()
    assert page.evaluate("document.activeElement.value") == "101"


def test_bad_cells_of_a_sheet_come_back_in_an_accessible_page(open_page, tmp_path):
    cohort = a_taught_cohort()
    address = reverse("courses:attendance", args=[cohort.public_id])
    page = open_page(account=an_account("trainer", cohort.base), width=320)
    page.goto(address)
    first = cohort.enrolments.first()
    session = cohort.sessions.first()
    sheet = tmp_path / "考勤.csv"
    sheet.write_text(
        f"学员编号,姓名,{session.on} 第1节\n{first.public_id},{first.person.name},早退\n", encoding="utf-8"
    )
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="上传考勤表").click()
    page.wait_for_selector(".error-summary")
    assert_accessible(page, "corrections of attendance")
    page.locator("#corrections select").select_option("leave")
    page.get_by_role("button", name="保存改正的考勤").click()
    page.wait_for_selector("#grid")
    assert Attendance.objects.get(session=session, enrolment=first).presence == "leave"

"""The roster pages, as a clerk uses them."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions import rosters
from courses.models import Cohort, Enrolment, RosterImport
from courses.queries.rosters import counts
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, bring_to
from tests.courses.workbooks import messy
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.django_db

RIGHT_ID = messy.citizen_id(order=2)
WRONG_ID = RIGHT_ID[:17] + ("0" if RIGHT_ID[17] != "0" else "1")


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def clerk(cohort: Cohort) -> Client:
    return signed_in(an_account("base_manager", cohort.base))


def upload(client: Client, cohort: Cohort, data: bytes, name: str = "花名册.xlsx"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("courses:roster", args=[cohort.public_id]), {"file": file})


def page_of(roster: RosterImport) -> str:
    return reverse("courses:roster-import", args=[roster.cohort.public_id, roster.public_id])


def a_messy_roster() -> bytes:
    return messy.messy_roster(
        [
            messy.person(1),
            messy.person(2, 身份证号=WRONG_ID, 残疾人证号=""),
            messy.person(3, 姓名=""),
            messy.person(4),
        ]
    )


def test_a_clerk_uploads_a_messy_roster_corrects_two_rows_and_loads_it(clerk, cohort):
    answer = upload(clerk, cohort, a_messy_roster())
    roster = cohort.roster_imports.get()
    assert answer.url == page_of(roster)
    page = clerk.get(answer.url)
    text = page.content.decode()
    assert "<h1>共 4 行：2 行可以载入，2 行需要改正</h1>" in text
    assert "<title>错误：共 4 行" in text
    wrong_id, no_name = roster.rows.filter(state="bad").order_by("row_number")
    for at, field, label in ((wrong_id, "citizen_id", "第 4 行 身份证号"), (no_name, "name", "第 5 行 姓名")):
        id_ = f"cell-{at.pk}-{field}"
        box = re.search(rf'<input[^>]*id="{id_}"[^>]*>', text)
        assert box is not None
        assert f'aria-label="{label}"' in box[0]
        assert 'aria-invalid="true"' in box[0]
        assert f'aria-describedby="{id_}-error"' in box[0]
        assert f'id="{id_}-error"' in text
        assert f'<a href="#{id_}">{label}：' in text
    assert text.count('aria-invalid="true"') == 2
    typed = {f"cell-{wrong_id.pk}-citizen_id": RIGHT_ID, f"cell-{no_name.pk}-name": "丁补全", "do": "save"}
    saved = clerk.post(page_of(roster), typed, follow=True)
    assert "<h1>共 4 行：4 行可以载入</h1>" in saved.content.decode()
    assert not Enrolment.objects.exists()
    loaded = clerk.post(page_of(roster), {"do": "load"}, follow=True).content.decode()
    assert "已载入 4 名学员。" in loaded
    assert "<h1>共 4 行：4 行已载入</h1>" in loaded
    assert cohort.enrolments.count() == 4


def test_the_second_upload_of_a_file_leads_back_and_changes_nothing(clerk, cohort):
    data = a_messy_roster()
    first = upload(clerk, cohort, data)
    clerk.post(first.url, {"do": "load"})
    again = upload(clerk, cohort, data, "另存.xlsx")
    assert again.url == first.url
    assert "没有重复" in clerk.get(again.url).content.decode()
    assert (RosterImport.objects.count(), cohort.enrolments.count()) == (1, 2)


def test_loading_keeps_what_was_typed_and_the_rows_that_are_still_bad(clerk, cohort):
    url = upload(clerk, cohort, a_messy_roster()).url
    roster = cohort.roster_imports.get()
    wrong_id, no_name = roster.rows.filter(state="bad").order_by("row_number")
    typed = {f"cell-{wrong_id.pk}-citizen_id": RIGHT_ID, f"cell-{no_name.pk}-name": "", "do": "load"}
    page = clerk.post(url, typed, follow=True).content.decode()
    assert "已载入 3 名学员。" in page
    assert "<h1>共 4 行：3 行已载入，1 行需要改正</h1>" in page


def test_a_row_can_be_left_out_and_taken_back(clerk, cohort):
    url = upload(clerk, cohort, a_messy_roster()).url
    no_name = cohort.roster_imports.get().rows.filter(state="bad").order_by("row_number")[1]
    page = clerk.post(url, {"leave-out": no_name.pk, "do": "save"}, follow=True).content.decode()
    assert "2 行可以载入，1 行需要改正，1 行不载入" in page
    assert "恢复第 5 行" in page
    page = clerk.post(url, {"take-back": no_name.pk}, follow=True).content.decode()
    assert "2 行可以载入，2 行需要改正" in page


def test_only_bad_cells_are_shown_in_full(clerk, cohort):
    text = clerk.get(upload(clerk, cohort, a_messy_roster()).url).content.decode()
    assert WRONG_ID in text
    for order in (1, 3, 4):
        assert messy.citizen_id(order=order) not in text
        assert str(messy.person(order)["姓名"]) not in text
    assert "620502********" in text


def test_the_bad_rows_are_downloaded_corrected_and_sent_back(clerk, cohort):
    url = upload(clerk, cohort, a_messy_roster()).url
    roster = cohort.roster_imports.get()
    bad_rows = reverse("courses:roster-bad-rows", args=[cohort.public_id, roster.public_id])
    answer = clerk.get(bad_rows)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    labels = [cell.value for cell in sheet[1]]
    assert labels[-1] == "错误说明"
    assert "请对照身份证改正" in sheet.cell(2, len(labels)).value
    assert sheet.max_row == 3
    sheet.cell(2, labels.index("身份证号") + 1).value = RIGHT_ID
    sheet.cell(3, labels.index("姓名") + 1).value = "丁补全"
    saved = io.BytesIO()
    book.save(saved)
    assert upload(clerk, cohort, saved.getvalue(), "改好.xlsx").url == url
    assert counts(roster)["ready"] == 4


def test_the_template_has_the_columns_and_can_be_filled(clerk, cohort):
    answer = clerk.get(reverse("courses:roster-template"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    labels = [cell.value for cell in sheet[1]]
    assert labels[:1] == ["姓名*"]
    for label, value in {"姓名*": "赵一", "身份证号*": messy.citizen_id(order=1)}.items():
        sheet.cell(2, labels.index(label) + 1).value = value
    saved = io.BytesIO()
    book.save(saved)
    upload(clerk, cohort, saved.getvalue())
    assert counts(cohort.roster_imports.get())["ready"] == 1


def test_warnings_are_listed_once_with_their_rows(clerk, cohort):
    rows = [messy.person(order, 残疾人证号="") for order in (1, 2, 3)]
    text = clerk.get(upload(clerk, cohort, messy.messy_roster(rows)).url).content.decode()
    assert text.count("会按没有残疾人证登记") == 1
    assert "共 3 行：第 3–5 行" in text


def test_rows_of_several_sheets_are_named_with_their_sheet(clerk, cohort):
    header = ["姓名", "身份证号"]
    second = [header, ["钱二", WRONG_ID]]
    data = messy.messy_roster([messy.person(1)], other_sheets={"麦积": second})
    text = clerk.get(upload(clerk, cohort, data).url).content.decode()
    assert "“麦积”第 2 行" in text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.docx", b"PK", "只能上传 xlsx、xls 或 csv 文件"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 200, "文件已损坏或不完整"),
        ("a.xlsx", b"name,id", "文件的内容和扩展名不符"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "请用 Excel 或 WPS 打开"),
        ("a.csv", "今天,天气\n很,好".encode(), "至少要有：姓名、身份证号"),
        ("a.csv", "姓名,性别\n赵一,男".encode(), "表头里缺少这些列：身份证号"),
        ("a.csv", "姓名,身份证号".encode(), "表头下面没有内容"),
        ("a.csv", b"a" * (5 * 1024 * 1024 + 1), "文件超过 5 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_same_page(clerk, cohort, name, data, said):
    answer = upload(clerk, cohort, data, name)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<h1>上传名单：" in text
    assert said in text
    assert 'href="#id_file"' in text
    assert not RosterImport.objects.exists()


def test_no_file_at_all_is_asked_for(clerk, cohort):
    answer = clerk.post(reverse("courses:roster", args=[cohort.public_id]))
    assert answer.status_code == 422
    assert "请选择文件：名单文件" in answer.content.decode()


def test_a_frozen_class_shows_why_there_is_nothing_to_upload(clerk, cohort):
    url = upload(clerk, cohort, a_messy_roster()).url
    bring_to(cohort, "assessing")
    text = clerk.get(reverse("courses:roster", args=[cohort.public_id])).content.decode()
    assert "名单已经锁定" in text
    assert 'type="file"' not in text
    page = clerk.get(url).content.decode()
    assert "名单已经锁定" in page
    assert 'value="load"' not in page


def test_joining_a_running_class_asks_for_the_reason_and_keeps_the_corrections(clerk, cohort):
    url = upload(clerk, cohort, a_messy_roster()).url
    bring_to(cohort, "running")
    wrong_id = cohort.roster_imports.get().rows.filter(state="bad").order_by("row_number")[0]
    typed = {f"cell-{wrong_id.pk}-citizen_id": RIGHT_ID, "do": "load", "late_reason": " "}
    refused = clerk.post(url, typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert '<a href="#late-reason">' in text
    assert "3 行可以载入" in text
    clerk.post(url, {"do": "load", "late_reason": "外出务工返乡"})
    assert cohort.enrolments.count() == 4


def test_a_stranger_finds_nothing_and_a_colleague_without_the_permission_is_refused(cohort):
    roster = rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="a.xlsx", data=a_messy_roster())
    own = [
        reverse("courses:roster", args=[cohort.public_id]),
        page_of(roster),
        reverse("courses:roster-bad-rows", args=[cohort.public_id, roster.public_id]),
    ]
    stranger = signed_in(an_account("base_manager", a_base()))
    trainer = signed_in(an_account("trainer", cohort.base))
    for url in own:
        assert stranger.get(url).status_code == 404
        assert trainer.get(url).status_code == 403
    assert stranger.post(page_of(roster), {"do": "load"}).status_code == 404
    assert trainer.post(page_of(roster), {"do": "load"}).status_code == 403
    assert not Enrolment.objects.exists()


def test_an_import_is_not_found_under_another_class(clerk, cohort):
    other = a_cohort(cohort.base, state="enrolling")
    roster = rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="a.xlsx", data=a_messy_roster())
    url = reverse("courses:roster-import", args=[other.public_id, roster.public_id])
    assert clerk.get(url).status_code == 404


def test_the_preview_asks_the_same_number_of_questions_of_any_roster(clerk):
    figures = []
    for size in (50, 500):
        cohort = a_cohort(Cohort.objects.first().base if Cohort.objects.exists() else None, state="enrolling")
        client = signed_in(an_account("base_manager", cohort.base))
        people = messy.people(size)
        people[3]["姓名"] = people[4]["姓名"] = ""
        url = upload(client, cohort, messy.messy_roster(people)).url
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        figures.append(len(queries))
    assert figures[0] == figures[1]


def test_no_citizen_id_reaches_the_log_or_an_address(clerk, cohort, caplog):
    caplog.set_level("DEBUG")
    url = upload(clerk, cohort, a_messy_roster()).url
    clerk.get(url)
    clerk.post(url, {"do": "load"})
    upload(clerk, cohort, b"%PDF", f"{RIGHT_ID}.pdf")
    said = caplog.text + url
    for number in (RIGHT_ID, WRONG_ID, messy.citizen_id(order=1)):
        assert number[:14] not in said

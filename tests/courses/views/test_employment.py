"""Pages of employment: a job typed in, two at once, a cohort by sheet, the figures that leave."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.models import Cohort, EmploymentSpell
from courses.workbooks.writing import write_table
from registry.models import Evidence
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db


def address(name: str, row: Any) -> str:
    return reverse(f"courses:{name}", args=[row.public_id])


def of_base(client: Client, cohort: Cohort) -> Client:
    client.force_login(an_account("base_manager", cohort.base))
    return client


def table(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_two_jobs_at_once_are_asked_about_and_then_taken(client: Client) -> None:
    person = a_completed_cohort().enrolments.get().person
    a_spell(person)
    client.force_login(an_account("counsellor", a_federation("620502")))
    told = {"form": "home_based", "started_on": str(TODAY), "enrolment": ""}
    answer = client.post(address("new-spell", person), told)
    assert answer.status_code == 422
    assert "另一份全日制工作" in answer.content.decode()
    assert 'name="beside_another"' in answer.content.decode()
    answer = client.post(address("new-spell", person), told | {"beside_another": "on"})
    assert answer.status_code == 302
    assert EmploymentSpell.objects.count() == 2


def test_a_job_is_offered_with_the_latest_training_and_keeps_its_papers(client: Client) -> None:
    cohort = a_completed_cohort()
    enrolment = cohort.enrolments.get()
    of_base(client, cohort)
    page = client.get(address("new-spell", enrolment.person))
    assert f'<option value="{enrolment.public_id}" selected>' in page.content.decode()
    told = {"form": "farming", "started_on": str(TODAY), "enrolment": enrolment.public_id}
    client.post(address("new-spell", enrolment.person), told)
    spell = EmploymentSpell.objects.get()
    assert spell.enrolment == enrolment
    paper = SimpleUploadedFile("合同.pdf", b"%PDF-1.7 contract")
    assert client.post(address("spell", spell), {"file": paper}).status_code == 302
    assert Evidence.objects.about(spell).count() == 1
    assert "合同.pdf" in client.get(address("spell", spell)).content.decode()


def test_the_sheet_goes_out_and_comes_back_with_every_bad_row_named(client: Client) -> None:
    cohort = a_completed_cohort(people=4)
    of_base(client, cohort)
    a_spell(enrolment=cohort.enrolments.first())
    rows = table(client.get(address("cohort-employment-sheet", cohort)).content)
    assert len(rows) == 4  # the heading and who has no job yet
    assert rows[0][2] == "就业形式"
    rows[1][2], rows[1][4], rows[1][7] = "集中就业", "福利厂", "2024年5月6日"
    rows[2][2], rows[2][7] = "按比例就业", "2024-05-06"
    rows[3][2], rows[3][7] = "打工", "2024-05-06"
    sheet = SimpleUploadedFile("就业.xlsx", write_table(rows[0], rows[1:]))
    answer = client.post(address("cohort-employment-upload", cohort), {"upload-file": sheet})
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "已登记 1 人的就业，还有需要改正的行</h1>" in content
    assert "第 3 行：这种就业形式请写明用人单位" in content
    assert "第 4 行：有一格不是可以选的值" in content
    rows[2][4], rows[3][2] = "超市", "灵活就业"
    sheet = SimpleUploadedFile("就业.xlsx", write_table(rows[0], rows[1:]))
    answer = client.post(address("cohort-employment-upload", cohort), {"upload-file": sheet}, follow=True)
    assert "已登记 2 人的就业" in answer.content.decode()


@pytest.mark.parametrize("people", [2, 12])
def test_the_page_of_a_cohort_takes_fixed_queries(
    client: Client, people: int, django_assert_num_queries: Any
) -> None:
    cohort = a_completed_cohort(people=people)
    of_base(client, cohort)
    for row in list(cohort.enrolments.all())[: people // 2]:
        a_spell(enrolment=row)
    client.get(address("cohort-employment", cohort))
    with django_assert_num_queries(9):
        assert client.get(address("cohort-employment", cohort)).status_code == 200


@pytest.mark.parametrize("people", [2, 12])
def test_the_ledger_takes_fixed_queries(client: Client, people: int, django_assert_num_queries: Any) -> None:
    for row in a_completed_cohort(people=people).enrolments.all():
        a_spell(enrolment=row)
    client.force_login(an_account("auditor", a_federation("620500")))
    client.get(reverse("courses:employment"))
    with django_assert_num_queries(9):
        answer = client.get(reverse("courses:employment"))
    assert f"就业台账，共 {people} 条</h1>" in answer.content.decode()


def test_an_undone_job_stands_in_the_history_and_not_in_the_ledger(client: Client) -> None:
    spell = a_spell(enrolment=a_completed_cohort().enrolments.get())
    client.force_login(an_account("counsellor", a_federation("620502")))
    client.post(address("undo-spell", spell), {"reason": "登记错了人"})
    assert "已撤销：登记错了人" in client.get(address("person-employment", spell.person)).content.decode()
    assert spell.public_id not in client.get(reverse("courses:employment")).content.decode()


def test_what_leaves_tells_of_nobody(client: Client) -> None:
    """Figures of one to four people, and what they would follow from, are not in the sheet."""
    cohort = a_completed_cohort(people=7)
    rows = list(cohort.enrolments.all())
    cohort.enrolments.update(employment="unemployed", outcome_on=TODAY - timedelta(days=300))
    for row in rows[:3]:
        a_spell(enrolment=row, started_on=TODAY - timedelta(days=250))
    client.force_login(an_account("auditor", a_federation("620500")))
    sheet = table(client.get(reverse("courses:rates-sheet")).content)
    assert sheet[1][:3] == [cohort.base.name, "7", "–"]
    assert sheet[1][9] == "–"  # 3 of 7 would tell the 3
    assert len(sheet) == 2  # a total beside it would tell it too

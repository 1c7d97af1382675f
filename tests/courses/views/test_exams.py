"""The pages of examinations: arranged by the approver, recorded by the examiner, refused to the base."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.models import AssessmentResult, Exam
from courses.queries import exam_work
from courses.queries.exams import entries_of
from registry.rules.work import Waiting
from tests.conftest import TODAY
from tests.courses.exam_factories import (
    HELD_ON,
    a_cohort_to_examine,
    actor_of,
    an_exam,
    an_examiner,
    examined_apart,
    marked,
    submitted,
)
from tests.registry.factories import a_federation, an_account, an_actor

pytestmark = pytest.mark.django_db


def url(name: str, *args: str) -> str:
    return reverse(f"courses:{name}", args=args)


def test_the_approver_arranges_and_a_re_sit_is_prefilled_like_the_first_time(client: Client) -> None:
    cohort = a_cohort_to_examine()
    examiner = an_examiner()
    client.force_login(an_account("approver", a_federation("620500")))
    page = url("new-exam", cohort.public_id)
    form = client.get(page).context["form"]
    assert form.initial["examiner"] == examiner.public_id  # the only one
    values = {
        "held_on": str(HELD_ON),
        "place": "二楼",
        "examiner": examiner.public_id,
        "kind": "practice",
        "theory_weight": "0",
    }
    answer = client.post(page, values)
    exam = Exam.objects.get()
    assert answer.url == url("exam", exam.public_id)
    submitted(exam, 80, 40, None)
    resit = client.get(f"{page}?resit=1")
    assert resit.context["count"] == 2
    assert resit.context["form"].initial["place"] == "二楼"


def test_the_examiner_fills_in_the_page_mends_what_is_wrong_and_submits(client: Client) -> None:
    examiner = an_examiner()
    exam = an_exam(examiner=examiner)
    client.force_login(examiner)
    page = url("exam", exam.public_id)
    names = [f"practice-{entry.enrolment.public_id}" for entry in entries_of(exam)]
    answer = client.post(page, dict(zip(names, ("80", "优秀", "缺考"), strict=True)))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "已保存 2 人，还有 1 处需要改正" in content
    assert 'value="优秀"' in content
    submit = url("submit-exam", exam.public_id)
    assert client.get(submit).context["missing"] == 1
    assert client.post(submit).status_code == 409
    client.post(page, {names[1]: "55"})
    check = client.get(submit).context
    assert (check["passed"], check["failed"], check["absent"], check["missing"]) == (1, 1, 1, 0)
    assert client.post(submit).url == page
    assert sorted(AssessmentResult.objects.values_list("score", flat=True)) == [55, 80]


def test_the_sheet_goes_out_and_comes_back(client: Client) -> None:
    examiner = an_examiner()
    exam = an_exam(examiner=examiner, kind="both")
    client.force_login(examiner)
    answer = client.get(url("exam-sheet", exam.public_id))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value or "" for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["学员编号", "姓名", "理论成绩", "实操成绩"]
    for row, (theory, practice) in zip(rows[1:], ((80, 90), ("缺考", ""), ("八十", 70)), strict=True):
        row[2:] = [theory, practice]
    filled = openpyxl.Workbook()
    for row in rows:
        filled.active.append(row)
    stream = io.BytesIO()
    filled.save(stream)
    file = SimpleUploadedFile("成绩.xlsx", stream.getvalue())
    answer = client.post(url("exam-upload", exam.public_id), {"upload-file": file})
    assert answer.status_code == 422  # one cell is no mark, the others are kept
    assert [entry.score for entry in entries_of(exam)] == [86, None, None]
    assert entries_of(exam)[1].is_absent


def test_the_base_reads_and_records_nothing(client: Client) -> None:
    exam = an_exam()
    cohort = exam.cohort
    client.force_login(an_account("trainer", cohort.base))
    assert client.get(url("exam", exam.public_id)).status_code == 200
    assert client.post(url("exam", exam.public_id), {}).status_code == 403
    assert client.get(url("exam-sheet", exam.public_id)).status_code == 403
    assert client.get(url("new-exam", cohort.public_id)).status_code == 403
    results = client.get(url("results", cohort.public_id)).content.decode()
    assert "实行考培分离" in results
    assert '<input type="text"' not in results
    score = {f"score-{cohort.enrolments.all()[0].public_id}": "90", "assessed_on": str(TODAY)}
    answer = client.post(url("results", cohort.public_id), score)
    assert answer.status_code == 422
    assert "培训基地不能登记" in answer.content.decode()
    body = {"assessed_on": str(TODAY), "scores": []}
    api = client.put(
        reverse("api:record_results", args=[cohort.public_id]), body, content_type="application/json"
    )
    assert (api.status_code, api.json()["code"]) == (409, "examined_apart")


def test_a_correction_is_shown_with_its_reason(client: Client) -> None:
    examiner = an_examiner()
    exam = submitted(an_exam(examiner=examiner), 80, 40, None)
    client.force_login(examiner)
    failed = entries_of(exam)[1].enrolment
    page = url("correct-exam", exam.public_id, failed.public_id)
    assert client.post(page, {"practice": "65"}).status_code == 422
    client.post(page, {"practice": "65", "reason": "第三题漏算"})
    assert "第三题漏算" in client.get(url("exam", exam.public_id)).content.decode()


def found(role: str = "", account: Any = None) -> dict[str, Waiting]:
    actor = actor_of(account) if account else an_actor(role, a_federation("620500"))
    return {one.key: one for one in exam_work.waiting(actor, on=TODAY)}


def test_work_lists_say_what_waits_for_the_examiner_and_the_approver() -> None:
    examined_apart()
    cohort = a_cohort_to_examine()
    examiner = an_examiner()
    assert found("approver")["exams_to_arrange"].url == url("exams", cohort.public_id)
    assert not found(account=examiner)
    exam = marked(an_exam(cohort, examiner), 80, 40, None)
    assert found(account=examiner)["exams_to_record"].count == 1
    assert not found("approver")
    submitted(exam, 80, 40, None)
    assert not found(account=examiner)
    assert found("approver")["resits_to_arrange"].count == 1
    submitted(an_exam(cohort, examiner, is_resit=True), 70, 30)
    assert not found("approver")


def test_a_cohort_page_takes_the_same_queries_for_few_and_many(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(an_account("approver", a_federation("620500")))
    for people in (2, 30):
        cohort = a_cohort_to_examine(people)
        exam = an_exam(cohort)
        with django_assert_num_queries(14):
            client.get(url("exams", cohort.public_id))
        with django_assert_num_queries(9):
            client.get(url("exam", exam.public_id))

"""Pages of results and outcomes."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.models import AssessmentResult, Cohort
from tests.courses.factories import (
    a_cohort,
    a_completed_cohort,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
)
from tests.registry.factories import an_account

pytestmark = pytest.mark.django_db


def an_assessing_cohort(people: int = 3) -> Cohort:
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, people)
    sessions = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, sessions, trainees)
    return bring_to(cohort, "assessing")


def url(cohort: Cohort, name: str = "results") -> str:
    return reverse(f"courses:{name}", args=[cohort.public_id])


def a_sheet(rows: list[list[Any]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("成绩.xlsx", stream.getvalue())


def scores_of(cohort: Cohort) -> list[Decimal]:
    kept = AssessmentResult.objects.filter(enrolment__cohort=cohort)
    return list(kept.order_by("enrolment").values_list("score", flat=True))


def test_good_scores_are_saved_and_bad_ones_stay_as_they_were_typed(client: Client) -> None:
    cohort = an_assessing_cohort()
    client.force_login(an_account("trainer", cohort.base))
    first, second, third = cohort.enrolments.select_related("person")
    typed = {first.public_id: "85.5", second.public_id: "优秀", third.public_id: "９０"}
    fields = {f"score-{key}": text for key, text in typed.items()} | {"assessed_on": "2024-06-01"}
    answer = client.post(url(cohort), fields)
    content = answer.content.decode()
    assert answer.status_code == 422
    assert scores_of(cohort) == [Decimal("85.5"), Decimal(90)]
    assert "已保存 2 人，还有 1 处需要改正</h1>" in content
    assert 'value="优秀"' in content
    assert f'href="#score-{second.public_id}"' in content
    assert f"{second.person.name}：成绩应是 0 到 100 的数" in content
    assert content.count('aria-invalid="true"') == 1
    fields[f"score-{second.public_id}"] = "70"
    answer = client.post(url(cohort), fields, follow=True)
    assert "成绩，已登记 3 人，共 3 人" in answer.content.decode()


def test_a_date_before_the_course_is_said_beside_the_date_and_the_scores_stay(client: Client) -> None:
    cohort = an_assessing_cohort(1)
    client.force_login(an_account("trainer", cohort.base))
    key = f"score-{cohort.enrolments.get().public_id}"
    for day in ("2023-01-01", "2999-01-01", ""):
        answer = client.post(url(cohort), {key: "85", "assessed_on": day})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["assessed_on"]
        assert 'value="85"' in answer.content.decode()
    assert scores_of(cohort) == []


def test_the_sheet_goes_out_and_comes_back_with_the_same_checks(client: Client) -> None:
    cohort = an_assessing_cohort()
    client.force_login(an_account("trainer", cohort.base))
    answer = client.get(url(cohort, "results-sheet"))
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    ]
    assert rows[0] == ["学员编号", "姓名", "成绩"]
    rows[1][2], rows[2][2], rows[3][2] = 85.5, "101", "77"  # type: ignore[call-overload]
    answer = client.post(
        url(cohort, "results-upload"), {"upload-file": a_sheet(rows), "upload-assessed_on": "2024-06-01"}
    )
    content = answer.content.decode()
    assert answer.status_code == 422
    assert scores_of(cohort) == [Decimal("85.5"), Decimal(77)]
    assert 'value="101"' in content
    assert "已保存 2 人，还有 1 处需要改正</h1>" in content
    rows[2][2] = "61"
    answer = client.post(
        url(cohort, "results-upload"),
        {"upload-file": a_sheet(rows), "upload-assessed_on": "2024-06-01"},
        follow=True,
    )
    assert "已保存 1 人的成绩" in answer.content.decode()


def test_a_sheet_of_something_else_is_refused_beside_its_field(client: Client) -> None:
    cohort = an_assessing_cohort(1)
    client.force_login(an_account("trainer", cohort.base))
    answer = client.post(
        url(cohort, "results-upload"),
        {"upload-file": a_sheet([["学员编号", "姓名"], ["1", "2"]]), "upload-assessed_on": "2024-06-01"},
    )
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_before_the_assessment_the_page_only_shows_and_a_forged_save_is_refused(client: Client) -> None:
    cohort = a_cohort(state="running")
    client.force_login(an_account("trainer", cohort.base))
    assert "这里只能查看" in client.get(url(cohort)).content.decode()
    answer = client.post(url(cohort), {"assessed_on": "2024-06-01"})
    assert answer.status_code == 422
    assert "成绩和结果在考核中登记" in answer.content.decode()


def test_fifty_trainees_take_as_many_queries_as_one(client: Client, django_assert_num_queries: Any) -> None:
    for size in (1, 50):
        cohort = an_assessing_cohort(size)
        scored(cohort, list(cohort.enrolments.all()))
        client.force_login(an_account("trainer", cohort.base))
        with django_assert_num_queries(17):
            client.get(url(cohort))
        with django_assert_num_queries(10):
            client.get(url(cohort, "outcomes"))


def test_the_outcome_is_previewed_with_its_rule_and_decided_at_a_press(client: Client) -> None:
    cohort = an_assessing_cohort()
    trainees = list(cohort.enrolments.all())
    scored(cohort, trainees[:1], "90")
    scored(cohort, trainees[1:2], "30")
    client.force_login(an_account("base_manager", cohort.base))
    content = client.get(url(cohort, "outcomes")).content.decode()
    assert "有 3 人等待判定</h1>" in content
    for words in ("出勤和考核均达到要求", "考核成绩未达合格分数", "没有考核成绩", "（未判定）"):
        assert words in content
    assert set(cohort.enrolments.values_list("outcome", flat=True)) == {"pending"}
    answer = client.post(url(cohort, "outcomes"), follow=True)
    assert "已判定：结业 1 人，未合格 2 人，中途退出 0 人" in answer.content.decode()
    assert "结果已全部判定</h1>" in answer.content.decode()


def test_after_completion_the_outcomes_are_shown_and_frozen(client: Client) -> None:
    cohort = a_completed_cohort(people=2)
    client.force_login(an_account("base_manager", cohort.base))
    content = client.get(url(cohort, "outcomes")).content.decode()
    assert f"结果：结业 2 人：{cohort.name}</h1>" in content
    assert '<button class="button">按此判定' not in content
    assert client.post(url(cohort, "outcomes")).status_code == 409


def test_leaving_is_noted_and_taken_back(client: Client) -> None:
    cohort = an_assessing_cohort(2)
    enrolment = cohort.enrolments.first()
    client.force_login(an_account("base_manager", cohort.base))
    leave = reverse("courses:leave", args=[cohort.public_id, enrolment.public_id])
    assert "登记中途退出" in client.get(leave).content.decode()
    client.post(leave, {"act": "leave"})
    enrolment.refresh_from_db()
    assert enrolment.outcome == "withdrew"
    client.post(leave, {"act": "back"})
    enrolment.refresh_from_db()
    assert enrolment.outcome == "pending"
    client.force_login(an_account("trainer", cohort.base))
    assert client.get(leave).status_code == 403


def test_citizen_ids_are_masked(client: Client) -> None:
    cohort = an_assessing_cohort(1)
    citizen_id = cohort.enrolments.get().person.citizen_id
    client.force_login(an_account("base_manager", cohort.base))
    for name in ("results", "outcomes", "attendance"):
        content = client.get(url(cohort, name)).content.decode()
        assert citizen_id not in content

"""The pages and the API of comparisons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import Comparison, Discrepancy
from tests.courses.comparison_factories import a_comparison, four_rows
from tests.courses.views.test_exchange import signed_in, text
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in()


def a_workbook():
    return SimpleUploadedFile("人社名单.xlsx", four_rows()[1])


def test_an_officer_brings_a_file_in_chooses_columns_and_settles_what_differs(officer):
    a_region("620500")
    said = {"partner": "天水市人社局", "mode": "compare", "region": "620500"}
    page = officer.post("/courses/comparisons/new/", said | {"file": a_workbook()}, follow=True)
    assert "天水市人社局：选择栏目" in text(page)
    form = page.context["form"]
    assert form["citizen_id"].initial == "公民身份号码"
    address = page.redirect_chain[-1][0]
    page = officer.post(address, form.initial | {key: form[key].initial for key in form.fields}, follow=True)
    assert "2 处不一致待处理：天水市人社局" in text(page)
    assert "13900000000" not in text(page)
    assert "我们的 未就业，对方的 已就业" in text(page)
    choices = {f"d{row.pk}": "kept" for row in Discrepancy.objects.all()}
    page = officer.post(f"{address}settle/", choices, follow=True)
    assert "没有待处理的不一致" in text(page)
    assert "保留我们的" in text(page)
    exported = officer.post(
        f"{address}export/", {"purpose": "comparison", "recipient": "天水市人社局"}, follow=True
    )
    assert "数据比对结果已备好，共 4 行" in text(exported)


def test_nothing_is_guessed_from_nothing(officer):
    answer = officer.post("/courses/comparisons/new/", {})
    assert answer.status_code == 422
    assert {"partner", "mode", "file"} <= set(answer.context["form"].errors)
    a_region("620500")
    said = {"partner": "民政局", "mode": "query", "region": "620500"}
    no_workbook = {"file": SimpleUploadedFile("a.xlsx", b"x")}
    assert officer.post("/courses/comparisons/new/", said | no_workbook).status_code == 422
    assert not Comparison.objects.exists()


def test_rows_are_shown_by_what_became_of_them(officer):
    held = a_comparison()
    for state, words in {"unknown": "没有登记", "unreadable": "读不懂", "match": "一致"}.items():
        page = officer.get(f"/courses/comparisons/{held.public_id}/?state={state}")
        assert [line["row"].state for line in page.context["rows"]] == [state]
        assert words in text(page)


def test_a_choice_that_is_none_settles_nothing(officer):
    held = a_comparison()
    address = f"/courses/comparisons/{held.public_id}/settle/"
    assert "没有选择怎样处理" in text(officer.post(address, {}, follow=True))
    row = Discrepancy.objects.first()
    assert officer.post(address, {f"d{row.pk}": "forgiven"}).status_code == 404
    assert officer.post(address, {"d99999999": "kept"}).status_code == 404
    assert Discrepancy.objects.filter(resolution="open").count() == 2


def test_the_list_says_what_waits_in_as_many_queries_for_many(officer, django_assert_num_queries):
    for partner in ("人社局", "民政局", "医保局"):
        a_comparison(partner=partner, data=four_rows()[1] if partner == "人社局" else None, run=False)
    officer.get("/courses/comparisons/")
    with django_assert_num_queries(8):
        assert "数据比对，共 3 次" in text(officer.get("/courses/comparisons/"))


def test_the_api_does_the_same(officer):
    a_region("620500")
    said = {"partner": "天水市人社局", "mode": "compare", "region": "620500"}
    made = officer.post("/api/courses/comparisons", said | {"file": a_workbook()}).json()
    assert made["state"] == "mapping"
    address = f"/api/courses/comparisons/{made['public_id']}"
    done = officer.put(f"{address}/columns", {"columns": made["columns"]}, "application/json").json()
    assert (done["state"], done["counts"]["conflict"]) == ("done", 1)
    [row] = officer.get(f"{address}/rows?state=conflict").json()["items"]
    assert {one["field"] for one in row["discrepancies"]} == {"employment", "phone"}
    assert all("13900000000" not in str(one) for one in row["discrepancies"])
    choices = [{"id": one["id"], "resolution": "taken"} for one in row["discrepancies"]]
    answer = officer.post(f"{address}/settle", {"choices": choices}, "application/json").json()
    assert answer == {"settled": 2, "unsettled": 0}
    assert officer.get(address).json()["partner"] == "天水市人社局"
    assert signed_in("auditor").get(address).status_code == 404


def test_what_is_to_be_settled_stands_on_the_first_page(officer):
    assert "数据比对等待处理" not in text(officer.get("/"))
    held = a_comparison()
    assert "1 次数据比对等待处理" in text(officer.get("/"))
    officer.post(
        f"/courses/comparisons/{held.public_id}/settle/",
        {f"d{row.pk}": "asked" for row in Discrepancy.objects.all()},
    )
    assert "数据比对等待处理" not in text(officer.get("/"))

"""Indicators say their value, what it is made of, and where it stands: by region, by month, by who the people are."""

import csv
import io
from typing import Any

import pytest

from courses.workbooks.reading import read
from goals.actions import figures
from tests.goals.factories import a_member, a_period, certified
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db
PAGE = "/goals/regions/620500/indicators/"
COVERAGE = f"{PAGE}two_skill_coverage/"


@pytest.fixture
def people() -> None:
    """Two women of 秦州区 with one skill, a man with two; a man of 麦积区 without any."""
    a_period()
    for n in (1, 2, 3):
        certified(a_member(n), "livestreaming")
        if n == 3:
            certified(figures.Person.objects.latest("pk"), "embroidery")
    a_member(4, "620503")


@pytest.mark.usefixtures("people")
def test_every_indicator_is_listed_with_value_parts_and_definition() -> None:
    page = signed_in("read_only", a_federation("620500")).get(PAGE).content.decode()
    row = page.partition(">两门以上技能掌握率</a>")[2].partition("</tr>")[0]
    assert "25%" in row
    assert "就业以后也不退出" in row
    assert '<td class="numeric">1</td><td class="numeric">4</td>' in row


@pytest.mark.usefixtures("people")
def test_an_indicator_is_broken_down_by_what_makes_sense_of_it() -> None:
    client = signed_in("read_only", a_federation("620500"))
    page = client.get(f"{COVERAGE}?by=residence")
    text = page.content.decode()
    assert "<h1>天水市：两门以上技能掌握率 25%" in text
    assert [label for label, _row in page.context["cells"]] == ["城乡不明"]
    assert "cell=residence%3Aunknown&amp;part=rest" in text
    by_category = client.get(f"{COVERAGE}?by=category")
    assert [
        (label, row.value.numerator, row.value.denominator) for label, row in by_category.context["cells"]
    ] == [
        ("电子商务", 1, 3),
        ("传统工艺与文创", 1, 1),
    ]
    assert "各行相加不等于总数" in by_category.content.decode()
    assert client.get(f"{PAGE}new_employment/").context["by"] == "sex"
    assert "base" not in [way for way, _label in client.get(f"{PAGE}new_employment/").context["ways"]]
    assert client.get(f"{PAGE}family_trained_persons/").context["ways"] == []
    assert client.get(f"{PAGE}nothing/").status_code == 404


@pytest.mark.usefixtures("people")
def test_pages_take_as_many_queries_for_many_regions_and_cells_as_for_few(
    django_assert_num_queries: Any,
) -> None:
    client = signed_in("read_only", a_federation("620500"))
    addresses = {PAGE: 12, f"{COVERAGE}?by=category": 15}
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            client.get(address)
    for n, code in enumerate(("620521", "620522", "620523"), 5):
        certified(a_member(n, code), "health-massage")
    figures.fold()
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.mark.usefixtures("people")
def test_every_table_is_a_sheet_that_says_where_when_and_for_whom() -> None:
    client = signed_in("read_only", a_federation("620500"))
    answer = client.get("/goals/regions/620500/sheets/coverage.csv?period=2022-2024")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["地区"], row["纳入统计"], row["两门以上占比(%)"]) for row in rows] == [
        ("秦州区", "3", "33.3"),
        ("麦积区", "1", "0.0"),
        ("天水市", "4", "25.0"),
    ]
    assert {row["规划期"] for row in rows} == {"2022-2024"}
    assert all(row["使用范围"].startswith("内部使用") and row["指标定义版本"] and row["截至"] for row in rows)
    sheets = ["coverage", "trend", "indicators"]
    made = [f"/goals/regions/620500/sheets/{name}.xlsx" for name in sheets]
    made += [f"{COVERAGE}sheets/{name}.xlsx" for name in ("regions", "trend", "sex", "base")]
    for address in made:
        book = read(client.get(address).content, "统计.xlsx")
        assert len(book.sheets[0].rows) > 1, address
    for address in (
        "/goals/regions/620500/sheets/other.csv",
        f"{COVERAGE}sheets/shoe.csv",
        made[0][:-4] + "pdf",
    ):
        assert client.get(address).status_code == 404

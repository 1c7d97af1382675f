import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.registry.factories import a_base, a_federation, a_region, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode("utf-8-sig"))


def test_the_answer_is_in_the_heading_and_gaps_can_be_seen_alone(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    a_region("620503")
    a_region("620571")
    an_accreditation(a_base("620502"))
    page = text(officer.get("/bases/coverage/"))
    assert "<h1>天水市的基地覆盖：3 个地区中 2 个没有基地</h1>" in page
    assert "国家标准外" in page
    assert "清除筛选" not in page
    gaps = text(officer.get("/bases/coverage/?gaps=on"))
    assert "麦积区" in gaps
    assert "清除筛选" in gaps
    assert '<th scope="row">秦州区' not in gaps
    assert "1 个地区中 0 个" in text(officer.get("/bases/coverage/?unit=prefecture"))
    assert "3 个地区中 3 个" in text(officer.get("/bases/coverage/?kind=incubation"))
    assert "3 个地区中 3 个" in text(officer.get("/bases/coverage/?on=2020-01-01"))


def test_the_table_can_be_taken_along(browser: Browser) -> None:
    officer = browser("federation_officer", a_federation("620500"))
    a_region("620503")
    an_accreditation(a_base("620502"))
    rows = list(csv.reader(io.StringIO(text(officer.get("/bases/coverage/?format=csv")))))
    assert rows == [
        ["行政区划代码", "地区", "国家标准内", "基地数", "国家级", "省级", "市级", "县级"],
        ["620502", "秦州区", "是", "1", "0", "0", "0", "1"],
        ["620503", "麦积区", "是", "0", "0", "0", "0", "0"],
    ]


def test_the_api_says_the_same_of_any_region(browser: Browser) -> None:
    a_region("620503")
    an_accreditation(a_base("620502"))
    reader = browser("read_only", a_federation("360100"))
    address = "/api/registry/bases/coverage?region=620500"
    told = {one["code"]: one["bases"] for one in reader.get(address).json()}
    assert told == {"620502": 1, "620503": 0}
    assert reader.get(f"{address}&unit=village").status_code == 422
    assert reader.get(f"{address}&level=national").json()[0]["bases"] == 0

"""Plan pages: the targets in the document's own words, with the reader's own part of the progress."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from goals.actions import plans
from goals.models import Plan, ReportedFigure, Target
from tests.goals.factories import a_member, certified
from tests.goals.plan_factories import a_draft, a_target, by_hand
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_federation, a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()


def officer(place: str = "620500") -> Client:
    return signed_in("federation_officer", a_federation(place))


def page_of(code: str, client: Client) -> str:
    plan = Plan.objects.get(region__code=code)
    return client.get(f"/goals/plans/{plan.public_id}/").content.decode()


@pytest.mark.usefixtures("loaded")
def test_all_plans_are_listed_to_every_reader_of_figures_but_drafts_to_their_editors() -> None:
    a_draft()
    page = signed_in("read_only", a_federation("620502")).get("/goals/plans/").content.decode()
    assert "规划和目标，共 4 份规划" in page
    assert page.count('<th scope="row"') == 4
    assert "规划和目标，共 5 份规划" in officer().get("/goals/plans/").content.decode()


@pytest.mark.usefixtures("loaded")
def test_a_plan_quotes_its_sentences_and_says_how_far_each_target_is() -> None:
    person = a_member()
    certified(person, "livestreaming")
    certified(person, "embroidery")
    page = page_of("620500", officer())
    assert "共 15 项目标" in page
    for words in (
        "2022—2024年全市共实现城乡新增残疾人就业3000人",
        "不少于 3,000 人",
        "每年12月31日前",
        "100%：1 人中 1 人",
        "完成目标的 0.0%，时间已过",
        "待填报",
    ):
        assert words in page


@pytest.mark.usefixtures("loaded")
def test_the_requirements_read_as_sentences() -> None:
    page = page_of("360000", signed_in("read_only", a_federation("360000")))
    for words in (
        "不少于 1.5%",
        "2023 年第 4 季度",
        "文件没有规定具体数值",
        "不超过 2 次",
        "2024年12月31日前",
    ):
        assert words in page
    assert "原文没有文号，另从别处查到" in page
    assert "每年一次，文件没有写明日期" in page_of("211100", signed_in("read_only", a_federation("211100")))


@pytest.mark.usefixtures("loaded")
def test_a_county_sees_its_own_part_and_others_none() -> None:
    a_member()
    page = page_of("620500", officer("620502"))
    assert "秦州区有" in page
    outside = page_of("620500", officer("211102"))
    assert "进度只向天水市的残联显示" in outside
    assert "%：" not in outside
    plan = Plan.objects.get(region__code="620500")
    assert officer("620502").get(f"/goals/plans/{plan.public_id}/?region=620500").status_code == 404


@pytest.mark.usefixtures("loaded")
def test_the_repeated_target_is_not_counted() -> None:
    page = page_of("120000", signed_in("read_only", a_federation("120000")))
    assert '与 <a href="#TJ-01">TJ-01</a> 是同一目标' in page


def entered(**values: Any) -> dict[str, Any]:
    asked = {
        "quote": "三年新增就业900人",
        "metric": "new_employment",
        "period_kind": "cumulative",
        "operator": ">=",
        "value": "900",
        "unit": "人",
        "per": "region",
        "first_year": "2025",
        "last_year": "2027",
    }
    return asked | values


def test_an_officer_enters_a_plan_without_a_programmer() -> None:
    client = officer()
    typed = {"title": "天水市行动方案", "region": "620500", "first_year": "2025", "last_year": "2027"}
    draft = client.post("/goals/plans/new/", typed)
    assert draft.status_code == 302
    wrong = client.post(f"{draft.url}targets/new/", entered(value="", metric_name="九百人")).content.decode()
    assert "请填写数值，例如 3000" in wrong
    assert 'value="九百人"' in wrong, "nothing that was typed is lost"
    client.post(f"{draft.url}targets/new/", entered())
    client.post(f"{draft.url}targets/new/", entered(metric="two_skill_coverage", unit="ratio", value="60"))
    target = Target.objects.get(metric="two_skill_coverage")
    assert (target.code, float(target.value or 0)) == ("620500-2025-2", 0.6)
    assert "不少于 60%" in client.get(draft.url).content.decode()
    assert 'value="60"' in client.get(f"/goals/targets/{target.code}/edit/").content.decode()
    client.post(f"/goals/targets/{target.code}/edit/", {"remove": "1"})
    client.post(f"{draft.url}put-in-force/")
    page = client.get(draft.url).content.decode()
    assert "共 1 项目标" in page
    assert client.post(f"{draft.url}withdraw/", {"reason": ""}).status_code == 422
    client.post(f"{draft.url}withdraw/", {"reason": "重新印发"})
    assert "重新印发" in client.get(draft.url).content.decode()


def test_a_figure_is_entered_where_it_is_missing_and_undone_with_a_reason() -> None:
    target = a_target(**by_hand(unit="ratio", value=Decimal("0.8")))
    client = officer()
    address = f"/goals/targets/{target.code}/report/"
    assert "请填写：来源" in client.post(address, {"value": "85"}).content.decode()
    typed = {"region": "620500", "value": "85", "as_of": "2024-05-31", "source": "市残联通报"}
    assert client.post(address, typed).status_code == 302
    page = client.get(f"/goals/targets/{target.code}/").content.decode()
    assert "截至2024年5月31日，85%" in page
    figure = ReportedFigure.objects.get()
    client.post(f"/goals/reported/{figure.public_id}/undo/", {"reason": "看错"})
    assert "还没有填报" in client.get(f"/goals/targets/{target.code}/").content.decode()


def test_the_sum_is_checked_before_and_after_a_split_is_saved() -> None:
    for code in ("620502", "620503", "620521"):
        a_region(code)
    target = a_target()
    client = officer()
    address = f"/goals/targets/{target.code}/split/?region=620500"
    assert 'value="300"' in client.get(f"{address}&by=evenly").content.decode()
    typed = {"620502": "300", "620503": "700", "620521": ""}
    checked = client.post(address, typed | {"check": "1"}).content.decode()
    assert "超出 100 人：应分解 900 人，已分解 1,000 人。" in checked
    assert "还没有保存" in checked
    saved = client.post(address, typed | {"620503": "500"}, follow=True).content.decode()
    assert "还有 100 人没有分解：应分解 900 人，已分解 800 人。" in saved
    county = officer("620502").get(f"/goals/targets/{target.code}/").content.decode()
    assert "本地区的分解数" in county
    assert "300 人" in county


def test_the_work_ledger_is_handed_out_as_a_sheet_or_a_csv() -> None:
    target = a_target()
    address = f"/goals/plans/{target.plan.public_id}/ledger/"
    sheet = officer().get(address)
    assert sheet.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    text = officer().get(f"{address}?format=csv").content.decode("utf-8-sig")
    assert f"{target.code},新增就业人数,620500,天水市,,900" in text
    assert officer("211100").get(address).status_code == 404

"""The two-skills pages say the finding first, and only to those in reach."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from goals.actions import figures, plans
from goals.models import FigureSnapshot, Plan, Target
from registry.models import Federation, Person, Region, TrainingBase
from tests.conftest import TODAY
from tests.goals.factories import a_member, a_period, certified, employed
from tests.registry.factories import a_base, a_federation, a_region, an_account

pytestmark = pytest.mark.django_db


def signed_in(role: str, organisation: Federation | TrainingBase | None = None) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(an_account(role, organisation))
    return client


@pytest.fixture
def people() -> None:
    """Three people in 秦州区: two skills, one, none; one without skills in 麦积区."""
    a_period()
    members = [a_member(n) for n in range(1, 4)]
    a_member(4, "620503")
    certified(members[0], "livestreaming")
    certified(members[0], "embroidery")
    certified(members[1], "embroidery")


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Tells every page what day it is."""

    def turn(to: date) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: to)

    return turn


def kept(region: Region, **counts: int) -> None:
    """What the region's figures were at the end of March 2024, reconstructed later."""
    FigureSnapshot.objects.create(
        period=a_period(),
        region=region,
        month_end=date(2024, 3, 31),
        counts=counts,
        definitions=1,
        taken_on=TODAY,
    )


@pytest.mark.usefixtures("people")
def test_a_region_begins_with_its_finding() -> None:
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    assert "<h1>天水市：25% 的有需求人员已掌握两门以上技能" in page
    assert "纳入统计的 4 人中，1 人已掌握两门以上技能；另有 1 人只差一门，2 人一门都没有。" in page


@pytest.mark.usefixtures("people")
def test_the_region_furthest_from_the_goal_comes_first() -> None:
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    assert page.index("麦积区") < page.index("秦州区")
    assert '<rect class="bar-part" width="33.3%"' in page


@pytest.mark.usefixtures("people")
def test_a_region_says_how_it_changed_since_the_last_quarter_and_who_is_behind(
    day: Callable[[date], None],
) -> None:
    kept(a_region("620500"), members=4, two=0)
    kept(a_region("620502"), members=3, two=2)
    day(TODAY)
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    finding = "天水市：25% 的有需求人员已掌握两门以上技能，较上季 +25 个百分点；2 个县区中 1 个低于总体水平"
    assert page.count(finding) == 2, "the title and the heading"
    assert '<td class="numeric">−33.3</td>' in page, "of the county"
    assert "空心点是按现有记录补算的" in page
    home = signed_in("read_only", a_federation("620500")).get("/").content.decode()
    assert f'<a href="/goals/regions/620500/">{finding}</a>' in home


@pytest.mark.usefixtures("people")
def test_a_share_that_a_plan_sets_is_held_against_the_time_elapsed(day: Callable[[date], None]) -> None:
    plan = Plan.objects.create(period=a_period(), region=a_region("620000"), title="甘肃省方案")
    Target.objects.create(
        plan=plan, code="GS-1", metric="two_skill_coverage", operator=">=", value="0.3", unit="ratio",
        period_kind="cumulative", per="region", scope="core", first_year=2022, last_year=2024,
    )  # fmt: skip
    day(date(2024, 6, 30))
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    assert "2 个县区中 1 个落后于进度" in page
    assert "目标是 30%，按已过去的时间现在应达到 25%。" in page


@pytest.mark.usefixtures("people")
def test_regions_can_be_ordered_by_any_column() -> None:
    client = signed_in("read_only", a_federation("620500"))
    page = client.get("/goals/regions/620500/?sort=people").content.decode()
    assert page.index("秦州区") < page.index("麦积区")
    assert 'aria-sort="other"><a href="?sort=people#regions">纳入统计' in page


@pytest.mark.usefixtures("people")
def test_fixed_population_and_snapshot_stand_side_by_side() -> None:
    employed(Person.objects.get(tallies__skills=2), since=date(2024, 6, 4), on=date(2024, 6, 4))
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    assert "固定人群：4 人中 1 人" in page
    assert "按现状：现在仍符合四项条件的 3 人中 0 人" in page
    assert "已就业：掌握两门以上的 1 人中 1 人" in page


def test_while_a_period_is_counted_the_page_says_that_it_shows_a_part() -> None:
    period = a_period()
    period.counted_to = 0
    period.save()
    page = signed_in("read_only", a_federation("620500")).get("/goals/regions/620500/").content.decode()
    assert "2022–2024 年的数字正在统计，还没有算完：这里只是一部分人。" in page


@pytest.mark.usefixtures("people")
def test_one_opens_the_tree_down_to_the_people() -> None:
    client = signed_in("federation_officer", a_federation("620000"))
    assert client.get("/goals/", follow=True).redirect_chain == [("/goals/regions/620000/", 302)]
    assert "/goals/regions/620500/" in client.get("/goals/regions/620000/").content.decode()
    assert "/goals/regions/620502/" in client.get("/goals/regions/620500/").content.decode()
    county = client.get("/goals/regions/620502/").content.decode()
    assert "/goals/people/?region=620502&amp;period=2022-2024&amp;skills=1" in county
    listed = client.get("/goals/people/?region=620502&period=2022-2024&skills=1").content.decode()
    assert "只差一门的人员，共 1 人" in listed
    assert "刺绣" in listed
    assert "附近没有在招的" in listed


@pytest.mark.usefixtures("people")
def test_names_are_masked_in_lists() -> None:
    listed = signed_in("read_only", a_federation("620500")).get("/goals/people/").content.decode()
    assert "李伟芳" not in listed
    assert "李**" in listed
    assert "纳入统计的人员，共 4 人" in listed


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("code", ["620503", "620500", "211102", "999999"])
def test_regions_out_of_reach_are_not_found(code: str) -> None:
    a_region("211102")
    client = signed_in("federation_officer", a_federation("620502"))
    assert client.get(f"/goals/regions/{code}/").status_code == 404
    assert client.get(f"/goals/people/?region={code}").status_code == 404


@pytest.mark.usefixtures("people")
def test_a_trainer_reads_no_figures_but_sees_own_people() -> None:
    client = signed_in("trainer", a_base())
    assert client.get("/goals/").status_code == 403
    assert client.get("/goals/regions/620502/").status_code == 403
    assert "共 0 人" in client.get("/goals/people/").content.decode()


def test_a_base_sees_the_figures_of_its_own_trainees_only() -> None:
    a_period()
    base = a_base()
    trainee = a_member(1, base=base)
    certified(trainee)
    a_member(2)
    client = signed_in("base_manager", base)
    page = client.get("/goals/").content.decode()
    assert "纳入统计的有 1 人，其中 0 人已掌握两门以上技能" in page
    assert client.get("/goals/regions/620502/").status_code == 404
    assert client.get("/goals/people/?region=620502").status_code == 404
    assert "纳入统计的人员，共 1 人" in client.get("/goals/people/").content.decode()


def test_a_region_without_anybody_says_who_would_count() -> None:
    a_period()
    page = signed_in("read_only", a_federation("620500")).get("/goals/").headers["Location"]
    shown = signed_in("read_only", a_federation("620500")).get(page).content.decode()
    assert "天水市：还没有纳入统计的人员" in shown
    assert "哪些人纳入统计" in shown


def test_without_a_plan_the_pages_say_what_to_do() -> None:
    client = signed_in("read_only", a_federation("620500"))
    for address in ("/goals/regions/620500/", "/goals/people/", "/goals/plans/"):
        assert "还没有载入规划" in client.get(address).content.decode()


def test_one_chooses_among_periods_and_unknown_ones_give_the_present() -> None:
    a_period()
    a_period(2025, 2027)
    client = signed_in("read_only", a_federation("620500"))
    a_member(1, on=date(2024, 5, 1))
    early = client.get("/goals/regions/620500/?period=2022-2024").content.decode()
    assert "2022–2024 年规划期纳入统计的 1 人中" in early
    assert '<option value="2022-2024" selected>' in early
    assert client.get("/goals/regions/620500/?period=nonsense").status_code == 200


def test_a_region_page_takes_as_many_queries_for_seven_counties_as_for_one(
    django_assert_num_queries: Any,
) -> None:
    a_period()
    client = signed_in("read_only", a_federation("620500"))
    a_member(1)
    with django_assert_num_queries(16):
        client.get("/goals/regions/620500/")
    for n, code in enumerate(["620503", "620521", "620522", "620523", "620524", "620525"], 2):
        certified(a_member(n, code))
    figures.fold()
    with django_assert_num_queries(16):
        assert client.get("/goals/regions/620500/").content.decode().count('<svg class="bar"') == 8


def test_a_region_shows_its_tasks_against_its_number_and_against_time() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    client = signed_in("read_only", a_federation("620500"))
    tasks = (
        client.get("/goals/regions/620500/?period=2022-2024").content.decode().partition('id="targets"')[2]
    )
    assert "时间已过" in tasks

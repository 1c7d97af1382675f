"""The two-skills pages say the finding first, and only to those in reach."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from goals.actions import figures
from registry.models import Federation, TrainingBase
from tests.goals.factories import a_member, a_period, certified
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
    with django_assert_num_queries(11):
        client.get("/goals/regions/620500/")
    for n, code in enumerate(["620503", "620521", "620522", "620523", "620524", "620525"], 2):
        certified(a_member(n, code))
    figures.fold()
    with django_assert_num_queries(11):
        assert client.get("/goals/regions/620500/").content.decode().count('<svg class="bar"') == 8


def test_a_list_of_people_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries: Any) -> None:
    a_period()
    client = signed_in("read_only", a_federation("620500"))
    certified(a_member(1))
    with django_assert_num_queries(13):
        client.get("/goals/people/?region=620500")
    for n in range(2, 12):
        certified(a_member(n))
    with django_assert_num_queries(13):
        client.get("/goals/people/?region=620500")


def test_long_lists_come_a_page_at_a_time() -> None:
    a_period()
    for n in range(1, 53):
        a_member(n)
    client = signed_in("read_only", a_federation("620502"))
    assert "共 52 人" in client.get("/goals/people/").content.decode()
    assert client.get("/goals/people/?page=2").content.decode().count('<td class="numeric">') == 2

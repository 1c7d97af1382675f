"""From a figure to the people behind it, and from them to a course that is open near them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courses.models import Course
from goals.actions import figures
from tests.courses.factories import a_cohort, a_course
from tests.goals.factories import a_member, a_period, certified
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_base, a_federation

pytestmark = pytest.mark.django_db
ONE_SHORT = "/goals/people/?region=620502&skills=1"


def an_open_cohort(skill: str, county: str = "620502", **fields: Any) -> Any:
    """A cohort that enrols and begins next week."""
    base = a_base(county)
    begins = timezone.localdate() + timedelta(days=7)
    course = a_course(base, skill=skill)
    return a_cohort(
        base,
        course=course,
        state="enrolling",
        starts_on=begins,
        ends_on=begins + timedelta(days=20),
        **fields,
    )


def test_courses_near_are_proposed_of_skills_that_the_person_lacks_the_own_county_first() -> None:
    a_period()
    person = a_member(1, access_needs=["screen_reader"])
    certified(person, "livestreaming")
    an_open_cohort("livestreaming", name="已会的")
    an_open_cohort("embroidery", "620503", name="邻县的")
    ours = an_open_cohort("health-massage", name="本县的")
    an_open_cohort("embroidery", "211102", name="外省的")
    Course.objects.filter(pk=ours.course_id).update(access_provisions=["screen_reader", "wheelchair"])
    page = signed_in("federation_officer", a_federation("620502")).get(ONE_SHORT).content.decode()
    assert page.index("本县的") < page.index("邻县的")
    assert "已会的" not in page
    assert "外省的" not in page
    assert page.count("有所需的无障碍条件") == page.count("没有登记所需的无障碍条件") == 1
    refer = f"/courses/people/{person.public_id}/services/new/?kind=referral&amp;cohort={ours.public_id}"
    assert page.count("kind=referral") == 1, "the county may not open the neighbour's cohort"
    assert refer in page
    form = (
        signed_in("federation_officer", a_federation("620502"))
        .get(refer.replace("&amp;", "&"))
        .content.decode()
    )
    assert f'<option value="{ours.public_id}" selected>' in form


def test_who_may_not_record_services_is_offered_no_referral() -> None:
    a_period()
    certified(a_member(1))
    an_open_cohort("embroidery", name="刺绣班")
    page = signed_in("read_only", a_federation("620502")).get(ONE_SHORT).content.decode()
    assert "刺绣班" in page
    assert "kind=referral" not in page


def test_a_list_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries: Any) -> None:
    a_period()
    an_open_cohort("embroidery")
    client = signed_in("federation_officer", a_federation("620500"))
    certified(a_member(1))
    with django_assert_num_queries(17):
        client.get("/goals/people/?region=620500&skills=1")
    for n in range(2, 12):
        certified(a_member(n, "620502" if n % 2 else "620503"))
    figures.fold()
    with django_assert_num_queries(17):
        client.get("/goals/people/?region=620500&skills=1")


def test_long_lists_go_on_behind_the_last_person_across_regions() -> None:
    a_period()
    for n in range(1, 53):
        a_member(n, "620502" if n < 52 else "620503")
    client = signed_in("read_only", a_federation("620500"))
    first = client.get("/goals/people/?region=620500")
    assert "纳入统计的人员，共 52 人" in first.content.decode()
    assert len(first.context["rows"]) == 50
    following = first.context["next"]
    second = client.get(f"/goals/people/?region=620500&from={following.code}&after={following.after}")
    assert [row[0].region.code for row in second.context["rows"]] == ["620502", "620503"]
    assert "下一页" not in second.content.decode()
    assert "回到第一页" in second.content.decode()


def test_the_people_of_an_indicator_are_its_numerator_or_who_is_left() -> None:
    a_period()
    certified(a_member(1))
    a_member(2)
    a_member(3, "620503")
    client = signed_in("read_only", a_federation("620500"))
    address = "/goals/regions/620500/indicators/need_registration_coverage/people/"
    done = client.get(address)
    assert "天水市：就业需求登记率，在“已登记就业需求”中，共 3 人" in done.content.decode()
    assert "李**" in done.content.decode()
    left = client.get(
        "/goals/regions/620500/indicators/two_skill_coverage/people/?part=rest&cell=category:e-commerce"
    )
    assert [row.person_id for row, *_more in left.context["rows"]] == [done.context["rows"][0][0].person_id]
    by_sex = [client.get(f"{address}?cell=sex:{sex}").context["rows"] for sex in ("male", "female")]
    assert sum(map(len, by_sex)) == 3
    for wrong in ("?part=other", "?cell=shoe:44"):
        assert client.get(address + wrong).status_code == 404
    outside = "/goals/regions/620502/indicators/two_skill_coverage/people/"
    assert signed_in("read_only", a_federation("620503")).get(outside).status_code == 404


def test_whoever_reads_figures_is_told_of_people_one_skill_short() -> None:
    a_period()
    certified(a_member(1))
    home = signed_in("federation_officer", a_federation("620500")).get("/").content.decode()
    assert '<a href="/goals/people/?region=620500&amp;skills=1">1 人只差一门技能就达到双技目标</a>' in home

"""Pages of courses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from tests.courses.factories import a_cohort, a_course, a_skill
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.django_db

FORM = {
    "skill": "livestreaming",
    "name": "直播销售",
    "training_kind": "employment_skill",
    "level": "0",
    "theory_hours": "40",
    "practice_hours": "80",
    "online_hours": "",
    "attendance_required": "80",
    "pass_mark": "60",
    "rule_source": "",
}


def test_a_manager_files_a_course_and_the_list_says_how_many(client: Client) -> None:
    base = a_base()
    a_skill()
    client.force_login(an_account("base_manager", base))
    page = client.get(reverse("courses:new-course"))
    assert page.context["form"]["base"].value() == base.public_id  # one's only base is chosen already
    answer = client.post(reverse("courses:new-course"), FORM | {"base": base.public_id}, follow=True)
    assert Course.objects.get().total_hours == 120
    assert "培训项目，共 1 个</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": "盲人按摩初级"}, "name", "不能透露残疾情况"),
        ({"theory_hours": "", "practice_hours": ""}, "practice_hours", "至少填一项"),
        ({"pass_mark": "101"}, "pass_mark", "100"),
        ({"skill": "nonsense"}, "skill", ""),
        ({"training_kind": ""}, "training_kind", "请选择"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: Client, wrong: dict[str, str], field: str, words: str
) -> None:
    base = a_base()
    a_skill()
    client.force_login(an_account("base_manager", base))
    answer = client.post(reverse("courses:new-course"), FORM | {"base": base.public_id} | wrong)
    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field][0]
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Course.objects.exists()


def test_a_course_in_use_says_what_can_still_change(client: Client) -> None:
    cohort = a_cohort(state="submitted")
    client.force_login(an_account("base_manager", cohort.base))
    url = reverse("courses:edit-course", args=[cohort.course.public_id])
    assert "只能改名称" in client.get(url).content.decode()
    answer = client.post(url, FORM | {"pass_mark": "10"})
    assert answer.status_code == 422
    assert "已有培训班使用这个项目" in answer.content.decode()


def test_who_may_only_look_sees_no_way_to_change(client: Client) -> None:
    course = a_course()
    client.force_login(an_account("read_only", course.base))
    content = client.get(reverse("courses:courses")).content.decode()
    assert course.name in content
    assert reverse("courses:edit-course", args=[course.public_id]) not in content
    assert client.get(reverse("courses:new-course")).status_code == 403


def test_the_list_takes_as_many_queries_for_many_courses_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    course = a_course()
    client.force_login(an_account("base_manager", course.base))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("courses:courses"))
    for _ in range(20):
        a_course(course.base)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("courses:courses"))


QUERIES = 8

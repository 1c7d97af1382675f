"""Filing and changing courses."""

from datetime import date
from typing import Any

import pytest

from courses.actions import courses
from courses.errors import CourseInUse, CourseNameTaken
from courses.models import Course
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, a_course, a_skill
from tests.registry.factories import a_base, an_actor

pytestmark = pytest.mark.django_db


def test_a_base_manager_files_a_course_of_the_own_base(today: date) -> None:
    base = a_base()
    manager = an_actor("base_manager", base)
    course = courses.create(
        by=manager,
        on=today,
        base=base,
        skill=a_skill(),
        name=" 直播销售 ",
        theory_hours=40,
        practice_hours=80,
    )
    assert (course.name, course.total_hours, course.attendance_required, course.pass_mark) == (
        "直播销售",
        120,
        80,
        60,
    )
    event = AuditEvent.objects.get(verb="course.created")
    assert (event.subject_id, event.region_path) == (course.public_id, base.region.path)


def test_nobody_files_for_another_base(today: date) -> None:
    manager = an_actor("base_manager", a_base())
    with pytest.raises(NotPermitted):
        courses.create(by=manager, on=today, base=a_base(), skill=a_skill(), name="直播", theory_hours=1)
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"name": "  "}, {"name": "field_missing"}),
        ({"name": "直" * 81}, {"name": "field_too_long"}),
        ({"name": "盲人保健按摩"}, {"name": "course_name_discloses"}),
        ({"theory_hours": 0, "practice_hours": 0}, {"practice_hours": "hours_missing"}),
        ({"theory_hours": 3001}, {"theory_hours": "hours_too_many"}),
        ({"theory_hours": -1}, {"theory_hours": "field_invalid"}),
        (
            {"attendance_required": 101, "pass_mark": 101},
            {"attendance_required": "over_100", "pass_mark": "over_100"},
        ),
        ({"training_kind": "holiday"}, {"training_kind": "field_choice"}),
        ({"level": 7}, {"level": "field_choice"}),
    ],
)
def test_what_cannot_be_is_said_field_by_field(fields: dict[str, Any], problems: dict[str, str]) -> None:
    base = a_base()
    with pytest.raises(InvalidInput) as refusal:
        a_course(base, **fields)
    assert refusal.value.facts["fields"] == problems


def test_a_name_is_given_once_for_each_level() -> None:
    base = a_base()
    a_course(base, name="直播", level=5)
    a_course(base, name="直播", level=4)
    with pytest.raises(CourseNameTaken):
        a_course(base, name="直播", level=5)


def test_a_course_in_preparation_may_change_in_everything(today: date) -> None:
    cohort = a_cohort()
    courses.edit(by=SYSTEM, on=today, course=cohort.course, pass_mark=70, theory_hours=10)
    course = Course.objects.get(pk=cohort.course.pk)
    assert (course.pass_mark, course.theory_hours) == (70, 10)
    event = AuditEvent.objects.get(verb="course.edited")
    assert (event.facts["before"]["pass_mark"], event.facts["after"]["pass_mark"]) == (60, 70)


def test_once_a_cohort_was_filed_the_rule_stands_and_the_name_may_still_be_mended(today: date) -> None:
    cohort = a_cohort(state="submitted")
    with pytest.raises(CourseInUse):
        courses.edit(by=SYSTEM, on=today, course=cohort.course, pass_mark=1)
    courses.edit(by=SYSTEM, on=today, course=cohort.course, name="直播销售（改）")
    assert Course.objects.get(pk=cohort.course.pk).name == "直播销售（改）"


def test_saving_without_a_change_leaves_no_trace(today: date) -> None:
    course = a_course()
    courses.edit(by=SYSTEM, on=today, course=course, name=course.name)
    assert not AuditEvent.objects.filter(verb="course.edited").exists()

"""Officers of a county, a city and a province, by keyboard alone: from the first page to the finding, down to a county, to
a figure broken down, to the people behind it, and to a course for one of them."""

from datetime import timedelta

import pytest

from courses.models import Cohort, ServiceRecord
from goals.actions import figures, snapshots
from goals.models import Tally
from goals.rules.trends import last_quarter_end
from registry.models import Account
from registry.requests import today
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course
from tests.goals.factories import a_member, a_period, certified
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_keyboard import heading, sign_in
from tests.registry.factories import a_base, a_federation, an_account

pytestmark = pytest.mark.browser


@pytest.fixture
def cohort(transactional_db: None) -> Cohort:
    """Four people in two counties, one of them with two skills; a class of another skill begins next week."""
    period = a_period()
    people = [a_member(n, "620502" if n < 4 else "620503") for n in range(1, 5)]
    certified(people[0], "livestreaming")
    certified(people[0], "embroidery")
    certified(people[1], "embroidery")
    figures.fold()
    snapshots.reconstruct(period, [TODAY, last_quarter_end(today())], on=today())
    base = a_base("620502")
    begins = today() + timedelta(days=7)
    fields = {"name": "保健按摩第1期", "starts_on": begins, "ends_on": begins + timedelta(days=20)}
    return a_cohort(base, course=a_course(base, skill="health-massage"), state="enrolling", **fields)


@pytest.mark.parametrize(
    ("at", "finding", "way"),
    [
        ("620502", "秦州区：33.3% 的有需求人员已掌握两门以上技能，与上季持平", []),
        (
            "620500",
            "天水市：25% 的有需求人员已掌握两门以上技能，与上季持平；2 个县区中 1 个低于总体水平",
            ["秦州区"],
        ),
        ("620000", "甘肃省：25% 的有需求人员已掌握两门以上技能，与上季持平", ["天水市", "秦州区"]),
    ],
)
def test_an_officer_comes_from_the_first_page_to_a_course_for_somebody(
    cohort: Cohort, open_page, at: str, finding: str, way: list[str]
) -> None:
    officer: Account = an_account("federation_officer", a_federation(at), name="郭丽华")
    keys = Keyboard(open_page(javascript=False))
    sign_in(keys, officer)
    keys.press(finding)
    heading(keys, finding)
    for region in way:
        keys.press(region)
        heading(keys, f"{region}：")
    keys.press("各项指标，和按性别、年龄、城乡等的分列")
    keys.press("只差一门的人数")
    heading(keys, "秦州区：只差一门的人数 1 人")
    keys.press("年龄段")
    keys.press(label(keys, "：人员"))
    heading(keys, "在“掌握一门技能”中，共 1 人")
    keys.press(label(keys, "推荐："))
    heading(keys, "提供的服务")
    keys.press("登记服务")
    record = ServiceRecord.objects.get()
    short = Tally.objects.get(skills=1).person
    assert (record.kind, record.cohort, record.person) == ("referral", cohort, short)


def label(keys: Keyboard, part: str) -> str:
    """The whole label of the first link of the page's body that has this in it."""
    text = keys.page.locator("main a", has_text=part).first.text_content() or ""
    return " ".join(text.split())

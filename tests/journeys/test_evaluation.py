"""A trainee who sees nothing evaluates the training on a phone, by keyboard and without a script or an account."""

import pytest
from playwright.sync_api import expect

from courses.models import EvaluationAnswer
from registry.requests import today
from tests.browser.accessibility import assert_fits
from tests.courses.factories import a_cohort, a_course
from tests.journeys import desk
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_the_base_opens_an_evaluation_and_a_trainee_answers_once(ground, open_page):
    cohort = a_cohort(ground.base, course=a_course(ground.base), state="running")
    clerk = Desk(open_page())
    desk.sign_in(clerk, ground.clerk)
    clerk.page.goto(f"/courses/cohorts/{cohort.public_id}/")
    clerk.follow("培训评估和现场检查")
    clerk.fill("截止日期", today().isoformat())
    clerk.press("开始评估")
    clerk.press("打印评估码")
    clerk.heading("评估码，共 1 张")
    code = clerk.page.locator(".slips .number span[aria-hidden]").inner_text()

    page = open_page(width=360, text="large", javascript=False)
    page.goto("/courses/evaluate/")
    page.get_by_label("评估码").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("您对这次培训满意吗")
    assert_fits(page)
    groups = page.get_by_role("group")
    for number in range(groups.count()):
        groups.nth(number).get_by_role("radio").first.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="送出评估").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("评估已收到，谢谢您")
    page.goto("/courses/evaluate/" + code.replace(" ", "") + "/")
    expect(page.get_by_role("main")).to_contain_text("这个评估码已经用过")
    assert EvaluationAnswer.objects.get().marks.count() == 6

    stranger = Desk(open_page())
    desk.sign_in(stranger, ground.stranger)
    assert stranger.page.goto(f"/courses/cohorts/{cohort.public_id}/evaluation/").status == 404
    clerk.page.goto(f"/courses/cohorts/{cohort.public_id}/evaluation/")
    clerk.heading("正在评估，收到 1 份，共 1 人")
    clerk.reads("截止以后才能看结果")

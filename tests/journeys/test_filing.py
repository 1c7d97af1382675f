"""A base files a class of forty from nothing; it goes back once, is mended and approved; others are refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import Cohort
from registry.requests import today
from tests.courses.filing_factories import a_filing
from tests.courses.workbooks import messy
from tests.journeys import desk
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser

COURSE, COHORT = "直播销售实务", f"{(today() + timedelta(days=7)).year}年直播销售实务第1期"


def test_a_class_of_forty_is_filed_returned_mended_and_approved(ground, open_page):
    clerk, approver = Desk(open_page()), Desk(open_page())
    desk.sign_in(clerk, ground.clerk)
    clerk.opened.clear()
    clerk.filled.clear()
    file_from_nothing(clerk, ground)
    # What it takes: thirteen pages, and ten fields, of them the skill, the name, the hours, the number, the place,
    # one amount and the file are needed.
    assert (len(clerk.opened), clerk.filled) == PAGES_AND_FIELDS

    desk.sign_in(approver, ground.approver)
    approver.follow("1 个培训班等待审核，最早 " + _day(Cohort.objects.get(name=COHORT).starts_on) + "开班")
    approver.follow("批准开班")
    approver.heading(f"审核开班备案：{COHORT}")
    approver.reads("40 名学员")
    approver.reads("有 40 名学员没有职业能力评估。")
    approver.reads("共 7200.00 元")
    approver.fill("对“预算和资金”的意见（选填）", "请列出场地费")
    approver.press("退回修改")
    approver.heading(f"{COHORT}：退回修改")

    clerk.page.goto("/")
    clerk.follow(
        "1 个培训班被退回，修改后可以再提交，最早 " + _day(Cohort.objects.get(name=COHORT).starts_on) + "开班"
    )
    clerk.reads("审核意见：请列出场地费")
    clerk.follow("下一步：预算和资金")
    clerk.fill("场地（元）", "1500")
    clerk.press("保存预算")
    clerk.heading("核对并提交")
    clerk.press("提交审核")
    clerk.heading(f"{COHORT}：待审核")

    approver.page.reload()
    approver.follow("批准开班")
    approver.reads("共 8700.00 元")
    approver.reads("预算和资金：请列出场地费")
    approver.press("批准开班")
    approver.heading(f"{COHORT}：已批准")
    assert list(Cohort.objects.get(name=COHORT).moves.values_list("after", flat=True)) == [
        "submitted",
        "returned",
        "submitted",
        "approved",
    ]


PAGES_AND_FIELDS = (
    13,
    [
        "技能",
        "培训项目名称",
        "实操课时（选填）",
        "计划人数",
        "培训地点（选填）",
        "授课（元）",
        "名单文件",
    ],
)


def file_from_nothing(clerk: Desk, ground) -> None:
    """A course, a class with the days that are offered, its tasks one after the other, the roster of forty."""
    clerk.follow("培训")
    clerk.follow("新建培训班")
    clerk.follow("新建培训项目")
    clerk.choose("技能", str(ground.skill))
    clerk.fill("培训项目名称", COURSE)
    clerk.fill("实操课时（选填）", "24")
    clerk.press("登记培训项目")
    clerk.fill("计划人数", "40")
    clerk.fill("培训地点（选填）", "文化路1号")
    clerk.press("存为草稿")
    desk.complete_the_filing(clerk)
    clerk.page.get_by_role("main").locator("a[href$='/roster/']").first.click()
    file = {
        "name": "花名册.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": messy.messy_roster(messy.people(40)),
    }
    clerk.page.get_by_label("名单文件").set_input_files(file)
    clerk.filled.append("名单文件")
    clerk.press("上传并检查")
    clerk.press("载入 40 行")
    clerk.follow("下一步：核对并提交")
    clerk.heading(f"核对并提交：{COHORT}")
    clerk.press("提交审核")
    clerk.heading(f"{COHORT}：待审核")


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_whoever_neither_files_nor_approves_is_refused(ground, open_page):
    cohort = a_filing(name="直播销售第7期")
    page = open_page(account=ground.trainer)
    for name in ("filing", "budget"):
        address = reverse(f"courses:{name}", args=[cohort.public_id])
        assert page.goto(address).status == 404, "another base's"
        expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
    city = open_page(account=ground.city_officer)
    city.goto(reverse("courses:filing", args=[cohort.public_id]))
    expect(city.get_by_role("heading", level=1)).to_contain_text("开班备案，草稿")
    assert city.get_by_role("button", name="提交审核").count() == 0
    assert city.goto(reverse("courses:budget", args=[cohort.public_id])).status == 403
    expect(city.get_by_role("heading", level=1)).to_have_text("没有权限")

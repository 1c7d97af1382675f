"""The main job again, by keyboard alone, 360 px wide, without JavaScript."""

import pytest
from playwright.sync_api import expect

from registry.models import Account
from tests.courses.factories import a_course
from tests.journeys import trainees
from tests.journeys.ground import Ground
from tests.journeys.keyboard import Keyboard
from tests.registry.factories import PASSWORD

pytestmark = pytest.mark.browser

COURSE, COHORT = "直播销售实务", "直播销售第2期"


def test_the_main_job_needs_no_mouse_no_script_and_no_wide_screen(ground, open_page):
    a_course(ground.base, name=COURSE, theory_hours=0, practice_hours=8)
    keys = Keyboard(open_page(width=360, height=740, javascript=False))
    sign_in(keys, ground.clerk)
    file_a_class(keys, ground)
    sign_out(keys)
    sign_in(keys, ground.approver)
    open_class(keys)
    keys.press("批准开班")
    heading(keys, "审核开班备案")
    keys.press("批准开班")
    heading(keys, f"{COHORT}：已批准")
    sign_out(keys)
    sign_in(keys, ground.clerk)
    open_class(keys)
    move(keys, "开始招生", "招生中")
    load_the_roster(keys)
    move(keys, "开始培训", "培训中")
    teach(keys)
    move(keys, "进入考核", "考核中")
    enter_results(keys)
    move(keys, "结业", "已结业")
    keys.press("本班证书")
    keys.press("签发 7 张证书")
    heading(keys, "已签发：本班共 7 张证书")


def heading(keys: Keyboard, text: str) -> None:
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text(text)


def sign_in(keys: Keyboard, account: Account) -> None:
    keys.page.goto("/")
    keys.type("登录名", account.username)
    keys.type("密码", PASSWORD)
    keys.press("登录")
    heading(keys, f"{account.name}，您好")


def sign_out(keys: Keyboard) -> None:
    keys.press("退出登录")
    heading(keys, "工作人员登录")


def open_class(keys: Keyboard) -> None:
    keys.press("培训班")
    keys.press(COHORT)


def move(keys: Keyboard, act: str, state: str) -> None:
    keys.press(act)
    heading(keys, act)
    keys.press(act)
    heading(keys, f"{COHORT}：{state}")


def file_a_class(keys: Keyboard, ground: Ground) -> None:
    keys.press("培训班")
    keys.press("新建培训班")
    keys.choose("培训项目", COURSE)
    keys.type("班级名称（选填）", COHORT)
    keys.day("开班日期", ground.starts_on)
    keys.day("结业日期", ground.ends_on)
    keys.type("计划人数", "9")
    keys.type("培训地点（选填）", "文化路1号")
    keys.press("存为草稿")
    heading(keys, "课次，共 0 节")
    keys.press("按星期安排课次")
    heading(keys, "选择培训教师")
    keys.press("保存培训教师")
    heading(keys, "预算和资金")
    keys.type("授课（元）", "3600")
    keys.press("保存预算")
    heading(keys, "核对并提交")
    keys.press("提交审核")
    heading(keys, f"{COHORT}：待审核")


def load_the_roster(keys: Keyboard) -> None:
    """After the upload the list of errors comes first, and leads to each cell."""
    keys.press("名单")
    keys.pick_file("名单文件", "花名册.xlsx", trainees.roster())
    keys.press("上传并检查")
    heading(keys, "共 9 行：7 行可以载入，2 行需要改正")
    for trainee, cell, said in trainees.TO_CORRECT:
        keys.jump(f"{cell}：{said}", to=cell)
        keys.type(cell, trainee.citizen_id)
    keys.press("保存改正")
    heading(keys, "共 9 行：9 行可以载入")
    keys.press("载入 9 行")
    heading(keys, "共 9 行：9 行已载入")
    keys.press(f"返回{COHORT}")


def teach(keys: Keyboard) -> None:
    """Two sessions; one trainee is marked absent, all others present at a press."""
    keys.press("课程安排和考勤")
    heading(keys, "考勤，已登记 0 节，共 2 节")
    for part in (1, 2):
        keys.choose(f"{trainees.WANG.name} {_day(keys)} 第{part}节", "缺勤")
    keys.press("保存考勤")
    for part in (1, 2):
        keys.press(f"全部出勤：{_day(keys)} 第{part}节，只填空格子并保存")
    heading(keys, "考勤，已登记 2 节，共 2 节")
    keys.press("返回培训班")


def _day(keys: Keyboard) -> str:
    """The day of the two sessions, as their column says it: 11月2日."""
    return keys.page.locator("table#grid th:nth-child(2)").inner_text().split(" ")[0]


def enter_results(keys: Keyboard) -> None:
    keys.press("成绩")
    for trainee in trainees.CLASS:
        if trainee.score:
            keys.type(f"{trainee.name}的成绩", trainee.score)
    keys.press("保存成绩")
    heading(keys, "成绩，已登记 8 人，共 9 人")
    keys.press("去判定结果")
    keys.press("按此判定")
    keys.press("返回培训班")

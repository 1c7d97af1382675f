"""Somebody at a desk with a mouse, and the errands they run there, through pages only."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from registry.models import Account
from tests.journeys import pictures, trainees
from tests.journeys.ground import Ground
from tests.registry.factories import PASSWORD

COURSE, COHORT = "直播销售实务", "直播销售第1期"


@dataclass
class Desk:
    """A screen and who sits before it; `opened` and `filled` count the pages and the fields they met."""

    page: Page
    opened: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", lambda page: self.opened.append(page.url))

    def fill(self, label: str, text: str) -> None:
        self.filled.append(label)
        self._field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.filled.append(label)
        self._field(label).select_option(label=option)

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def reads(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def download(self, name: str) -> bytes:
        asked = self.page.get_by_role("link", name=name, exact=True)
        with self.page.expect_download() as waiting:
            asked.or_(self.page.get_by_role("button", name=name, exact=True)).first.click()
        return waiting.value.path().read_bytes()


def sign_in(desk: Desk, account: Account) -> None:
    desk.page.goto("/")
    desk.heading("工作人员登录")
    desk.fill("登录名", account.username)
    desk.fill("密码", PASSWORD)
    desk.press("登录")
    desk.heading(f"{account.name}，您好")


def file_a_class(desk: Desk, ground: Ground) -> None:
    """A course of 24 课时, a class of it, its filing from task to task, submitted late with a reason."""
    desk.follow("培训班")
    desk.follow("新建培训班")
    desk.follow("新建培训项目")
    desk.choose("技能", str(ground.skill))
    desk.fill("培训项目名称", COURSE)
    desk.fill("理论课时（选填）", "8")
    desk.fill("实操课时（选填）", "16")
    desk.press("登记培训项目")
    desk.reads(f"已登记培训项目：{COURSE}")
    desk.follow("培训班")
    desk.follow("新建培训班")
    desk.choose("培训项目", COURSE)
    desk.fill("班级名称（选填）", COHORT)
    desk.fill("开班日期", str(ground.starts_on))
    desk.fill("结业日期", str(ground.ends_on))
    desk.fill("计划人数", "9")
    desk.fill("培训地点（选填）", "文化路1号")
    desk.press("存为草稿")
    complete_the_filing(desk)
    desk.fill("为什么晚交（选填）", "补办备案")
    desk.press("提交审核")
    desk.heading(f"{COHORT}：待审核")


def complete_the_filing(desk: Desk) -> None:
    """Each task leads to the next: timetable, trainers, budget, then the check."""
    desk.heading("课次，共 0 节")
    desk.press("按星期安排课次")
    desk.heading("选择培训教师")
    desk.press("保存培训教师")
    desk.heading("预算和资金")
    desk.fill("授课（元）", "7200")
    desk.press("保存预算")
    desk.heading("核对并提交")


def approve(desk: Desk) -> None:
    """The approver reads the filing and what to look at, then approves."""
    desk.follow("批准开班")
    desk.heading(f"审核开班备案：{COHORT}")
    desk.press("批准开班")
    desk.heading(f"{COHORT}：已批准")


def move(desk: Desk, act: str, state: str) -> None:
    """The step on the class's page, its consequence, the class in its new state."""
    desk.follow(act)
    desk.heading(act)
    desk.press(act)
    desk.heading(f"{COHORT}：{state}")


def open_class(desk: Desk) -> None:
    desk.follow("培训班")
    desk.follow(COHORT)


def load_the_roster(desk: Desk) -> None:
    """Upload, read what is wrong, put two numbers right, load everybody."""
    desk.follow("名单")
    file = {
        "name": "花名册（定稿）2.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": trainees.roster(),
    }
    desk.page.get_by_label("名单文件").set_input_files(file)
    desk.filled.append("名单文件")
    desk.press("上传并检查")
    desk.heading("共 9 行：7 行可以载入，2 行需要改正")
    for _trainee, cell, said in trainees.TO_CORRECT:
        desk.reads(f"{cell}：{said}")
    pictures.take(desk.page, "roster", height=1250)
    for trainee, cell, _said in trainees.TO_CORRECT:
        desk.fill(cell, trainee.citizen_id)
    desk.press("保存改正")
    desk.heading("共 9 行：9 行可以载入")
    desk.press("载入 9 行")
    desk.heading("共 9 行：9 行已载入")
    desk.reads("已载入 9 名学员。")
    desk.follow(f"返回{COHORT}")


def teach(desk: Desk) -> None:
    """One trainee never comes, the others by one press for each session."""
    desk.follow("课程安排和考勤")
    desk.heading("考勤，已登记 0 节，共 6 节")
    away = desk.page.get_by_role("row", name=trainees.WANG.name)
    for cell in away.get_by_role("combobox").all():
        cell.select_option(label="缺勤")
    desk.press("保存考勤")
    desk.reads("已保存 6 处考勤")
    everybody = desk.page.get_by_role("button", name="全部出勤")
    for session in range(everybody.count()):
        everybody.nth(session).click()
        desk.reads(f"已保存 {len(trainees.CLASS) - 1} 处考勤")
    desk.heading("考勤，已登记 6 节，共 6 节")
    pictures.take(desk.page, "attendance", height=980)
    desk.follow("返回培训班")


def enter_results(desk: Desk) -> None:
    desk.follow("成绩")
    for trainee in trainees.CLASS:
        if trainee.score:
            desk.fill(f"{trainee.name}的成绩", trainee.score)
    desk.press("保存成绩")
    desk.heading("成绩，已登记 8 人，共 9 人")
    desk.follow("去判定结果")
    desk.heading("有 9 人等待判定")
    desk.press("按此判定")
    desk.reads("已判定：结业 7 人，未合格 2 人，中途退出 0 人")
    desk.follow("返回培训班")


def issue(desk: Desk) -> None:
    """Read what will be printed and for whom, then issue."""
    desk.follow("本班证书")
    desk.heading("签发证书：7 人可以发证")
    for fact in ("职业技能培训合格证书", COURSE, "秦州区启明职业培训学校"):
        desk.reads(fact)
    for trainee in trainees.CERTIFIED:
        desk.reads(trainee.name)
    pictures.take(desk.page, "issue", height=1560)
    desk.press("签发 7 张证书")
    desk.heading("已签发：本班共 7 张证书")


def withdraw(desk: Desk, name: str) -> None:
    """The approver takes one certificate out of force, and does not wait for the time to undo it."""
    open_class(desk)
    desk.follow("本班证书")
    desk.follow(name)
    ending = desk.page.get_by_role("region", name="撤销")
    ending.get_by_label("原因", exact=True).select_option(label="未达到发证条件")
    ending.get_by_role("button", name="撤销这张证书").click()
    desk.reads("在这之前可以撤回")
    desk.heading(f"有效：{name}的证书")
    do_not_wait(desk)
    desk.heading("已生效：撤销 1 张证书")


def correct(desk: Desk, field: str, text: str) -> None:
    """From a certificate's page: one field otherwise, old and new compared, and in effect at once."""
    desk.follow("更正这张证书")
    desk.fill(field, text)
    desk.press("核对更正的内容")
    desk.heading("请核对：将更正 1 处")
    desk.reads(text)
    desk.press("更正这张证书")
    desk.heading("等待生效：更正 1 张证书")
    desk.press("立即生效")
    desk.heading("已生效：更正 1 张证书")


def do_not_wait(desk: Desk) -> None:
    """From a certificate with a change waiting."""
    desk.follow("查看这项更改")
    desk.press("立即生效")

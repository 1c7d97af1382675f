"""A base comes to its plaque: the manager applies, the officer checks, the approver decides, the notice passes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from registry.models import NoticeItem, PublicNotice, TrainingBase
from registry.requests import today
from registry.rules.access import Role
from tests.journeys.desk import Desk, sign_in
from tests.registry.factories import a_base, a_federation, an_account

pytestmark = pytest.mark.browser


@pytest.fixture
def base(transactional_db: None) -> TrainingBase:
    a_federation("620502")
    return a_base("620502", name="秦州区残疾人职业培训基地", public_name="秦州区启明职业培训学校")


def at_desk(open_page, role: str, organisation) -> Desk:
    desk = Desk(open_page())
    sign_in(desk, an_account(role, organisation, username=f"{role}-1".replace("_", "-"), name="何晓梅"))
    return desk


def test_from_the_application_to_the_plaque_and_into_the_directory(base, open_page):
    county = a_federation("620502")
    manager = at_desk(open_page, Role.BASE_MANAGER, base)
    manager.follow("培训基地")
    manager.follow(base.name)
    manager.reads("现在没有有效的挂牌。")
    manager.follow("申报挂牌")
    for label, words in {
        "场地": "教学楼一层",
        "设备": "按摩床 40 张",
        "师资": "8 人",
        "无障碍条件": "坡道",
    }.items():
        manager.fill(f"{label}（选填）", words)
    manager.press("存为草稿")
    manager.heading(f"{base.name}的申报：草稿")
    manager.page.get_by_label("佐证材料").set_input_files(
        {"name": "消防验收.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 fire"}
    )
    manager.press("上传材料")
    manager.reads("消防验收.pdf")
    manager.follow("提交申报")
    manager.press("提交申报")
    manager.heading("待初审")

    officer = at_desk(open_page, Role.FEDERATION_OFFICER, county)
    officer.page.get_by_role("link", name="1 份基地申报等待初审").click()
    officer.follow("打分并报审批")
    for label in ("场地", "设备", "师资", "无障碍条件", "管理制度"):
        officer.fill(f"{label}（满分 100）", "90")
    officer.fill("初审意见", "条件具备")
    officer.press("打分并报审批")
    officer.heading("待审批")
    officer.reads("90.0 分")

    approver = at_desk(open_page, Role.APPROVER, county)
    approver.page.get_by_role("link", name="1 份基地申报等待审批").click()
    approver.follow("同意挂牌")
    approver.press("同意挂牌")
    approver.heading("通过审批")

    officer.page.reload()
    officer.follow("公示这份申报")
    officer.reads(base.public_name)
    officer.press("发布公示")
    officer.reads(base.public_name)
    approver.page.reload()
    approver.reads("正在公示")
    _let_the_notice_pass()

    approver.page.goto("/")
    approver.page.get_by_role("link", name="1 份基地申报公示期满").click()
    approver.reads("没有成立的异议，可以挂牌")
    approver.follow("挂牌")
    expect(approver.page.get_by_label("牌匾编号")).to_have_value(f"620502-{today().year}-001")
    approver.press("挂牌")
    approver.heading("已挂牌")

    anyone = Desk(open_page(width=360))
    anyone.page.goto("/directory/")
    anyone.heading("培训机构，共 1 家")
    anyone.reads(base.public_name)
    assert "残疾" not in anyone.page.inner_text("body")


def _let_the_notice_pass() -> None:
    """A fortnight goes by."""
    notice = PublicNotice.objects.get()
    assert NoticeItem.objects.count() == 1
    PublicNotice.objects.update(
        starts_on=notice.starts_on - timedelta(days=14), ends_on=today() - timedelta(days=1)
    )


def test_a_trainer_of_the_base_does_not_apply_and_another_base_finds_nothing(base, open_page):
    trainer = at_desk(open_page, Role.TRAINER, base)
    trainer.page.goto(f"/bases/{base.public_id}/")
    expect(trainer.page.get_by_role("link", name="申报挂牌")).to_have_count(0)
    assert trainer.page.goto(f"/bases/{base.public_id}/apply/").status == 403
    trainer.heading("没有权限")
    stranger = at_desk(open_page, Role.BASE_MANAGER, a_base("620503"))
    assert stranger.page.goto(f"/bases/{base.public_id}/apply/").status == 404
    stranger.heading("没有找到")

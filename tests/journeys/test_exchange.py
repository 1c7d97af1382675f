"""Data goes out and comes in: an officer exports with a reason and settles what a partner's list differs in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from registry.models import Export
from registry.rules.access import Role
from tests.browser.accessibility import assert_accessible
from tests.courses.comparison_factories import four_rows
from tests.courses.exchange_factories import sheets_of
from tests.journeys.desk import Desk
from tests.registry.factories import a_federation, a_region, an_account

pytestmark = pytest.mark.browser


@pytest.fixture
def partners_file(transactional_db, tmp_path):
    a_region("620502")
    _people, data = four_rows()
    path = tmp_path / "人社名单.xlsx"
    path.write_bytes(data)
    return path


def test_an_officer_exports_a_ledger_and_compares_a_list(partners_file, open_page):
    officer = an_account(Role.FEDERATION_OFFICER, a_federation("620502"))
    desk = Desk(open_page(account=officer))
    desk.page.goto(reverse("courses:exchange"))
    desk.follow("人员台账")
    desk.press("准备文件")
    desk.reads("请选择：用途")
    desk.choose("用途", "上级检查和报表")
    desk.fill("接收单位", "天水市残疾人联合会")
    desk.page.get_by_label("姓名", exact=True).check()
    desk.press("准备文件")
    desk.heading("人员台账已备好，共 2 行")
    assert_accessible(desk.page)
    data = desk.download("下载文件")
    [cover, *_rest] = sheets_of(data)
    assert cover == "导出说明"
    assert Export.objects.get().in_clear == ["姓名"]

    desk.page.goto(reverse("courses:exchange"))
    desk.follow("和人社、民政等部门的名单比对")
    desk.follow("上传对方的文件")
    desk.fill("对方单位", "秦州区人社局")
    desk.page.get_by_label("比对：哪些内容不一致").check()
    desk.page.get_by_label("对方的文件").set_input_files(partners_file)
    desk.press("上传，下一步选择栏目")
    desk.heading("秦州区人社局：选择栏目")
    desk.press("开始比对")
    desk.heading("2 处不一致待处理")
    assert_accessible(desk.page)
    for choice in desk.page.locator("main select").all():
        choice.select_option(label="采用对方的")
    desk.press("保存处理")
    desk.heading("没有待处理的不一致")
    desk.reads(officer.name)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.READ_ONLY])
def test_nobody_else_takes_data_out(partners_file, open_page, role):
    page = open_page(account=an_account(role, a_federation("620502")))
    for name, args in (("exchange", []), ("export-ledger", ["people"]), ("comparisons", [])):
        assert page.goto(reverse(f"courses:{name}", args=args)).status == 403
        expect(page.get_by_role("heading", level=1)).to_have_text("没有权限")

"""A lesson is put on the shelf by a base and found by anyone, its words first."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from registry.rules.access import Role
from tests.browser.accessibility import assert_accessible
from tests.courses.factories import a_skill
from tests.courses.resource_factories import MP4
from tests.journeys.desk import Desk
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.browser


def test_a_base_publishes_a_lesson_and_anyone_learns_from_it(transactional_db, open_page, tmp_path):
    a_skill()
    film = tmp_path / "第一课.mp4"
    film.write_bytes(MP4)
    keeper = Desk(open_page(account=an_account(Role.BASE_MANAGER, a_base())))
    keeper.page.goto(reverse("courses:resources"))
    keeper.follow("登记学习资源")
    keeper.fill("标题", "直播第一课")
    keeper.page.locator("[name=skill]").select_option("livestreaming")
    keeper.page.get_by_label("视频", exact=True).check()
    keeper.page.locator("input[type=file]").set_input_files(film)
    keeper.page.locator("[name=summary]").fill("学会打开直播。")
    keeper.page.locator("[name=is_public]").check()
    keeper.press("保存为草稿")
    keeper.reads("还没有文字版")
    keeper.page.locator("[name=text_alternative]").fill("第一步，打开手机。")
    keeper.press("保存")
    keeper.press("发布")
    keeper.reads("任何人都能看")

    reader = Desk(open_page(width=360))
    reader.page.goto(reverse("courses:library"))
    reader.heading("学习资源，共 1 份")
    reader.follow("直播第一课")
    reader.reads("第一步，打开手机。")
    assert_accessible(reader.page)
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("link", name="下载视频").click()
    assert waiting.value.path().read_bytes() == MP4


def test_a_trainer_does_not_keep_the_library(transactional_db, open_page):
    page = open_page(account=an_account(Role.TRAINER, a_base()))
    assert page.goto(reverse("courses:new-resource")).status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("没有权限")

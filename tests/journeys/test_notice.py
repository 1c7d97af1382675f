"""A class's certificates on public notice: published, objected to on a phone, answered, and read by the stranger."""

import re

import pytest
from playwright.sync_api import expect

from registry.models import Objection, PublicNotice
from registry.requests import today
from tests.browser.accessibility import assert_fits
from tests.certificates.factories import a_cohort_to_certify
from tests.courses.factories import a_course
from tests.journeys import desk
from tests.journeys.desk import Desk
from tests.registry.factories import a_person

pytestmark = pytest.mark.browser


def test_a_notice_is_published_objected_to_and_answered(ground, open_page):
    people = [a_person(n, name=name, base=ground.base) for n, name in ((1, "欧阳修文"), (2, "王芳"))]
    course = a_course(ground.base, skill="livestreaming", name="直播销售实务")
    cohort = a_cohort_to_certify(people, course=course)
    page_of_certificates = f"/courses/cohorts/{cohort.public_id}/certificates/"

    officer = Desk(open_page())
    desk.sign_in(officer, ground.officer)
    officer.page.goto(page_of_certificates)
    officer.follow("发布公示：拟发证书的学员")
    officer.heading("发布公示（证书），共 2 项")
    officer.reads("欧阳**")
    officer.press("发布公示")
    officer.heading("公示中：")
    notice = PublicNotice.objects.get()

    stranger = open_page(width=360, javascript=False)
    stranger.goto("/")
    stranger.get_by_role("link", name="公示", exact=True).first.click()
    stranger.get_by_role("link", name=notice.title).click()
    assert_fits(stranger)
    expect(stranger.get_by_role("main")).not_to_contain_text("修文")
    stranger.get_by_role("link", name=re.compile("提出异议.*第 1 项")).click()
    stranger.get_by_label("有什么问题").fill("第一位没有参加培训。")
    stranger.get_by_role("button", name="送出异议").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("已收到您的异议，正在核查")
    receipt = Objection.objects.get().receipt

    clerk = Desk(open_page())
    desk.sign_in(clerk, ground.clerk)
    clerk.page.goto(page_of_certificates)
    clerk.reads("公示期间有人提出异议")
    refused = clerk.page.goto(f"/notices/records/{notice.public_id}/")
    assert refused is not None
    assert refused.status == 404
    assert clerk.page.goto("/notices/objections/").status == 403
    assert clerk.page.goto(f"{page_of_certificates}notice").status == 403

    officer.page.goto(f"/notices/objections/{Objection.objects.get().public_id}/")
    officer.reads("这份公示是您发布的。对它的异议请由另一位同事答复。")
    approver = Desk(open_page())
    desk.sign_in(approver, ground.approver)
    approver.page.get_by_role("link", name=re.compile("1 条对公示的异议等待答复")).click()
    approver.reads("第一位没有参加培训。")
    approver.page.get_by_label(re.compile("异议不成立：")).check()
    approver.fill("答复", "已查考勤和现场照片，本人全程参加。")
    approver.press("送出答复")
    approver.heading("异议不成立")

    stranger.goto("/notices/")
    stranger.get_by_role("link", name="凭回执号查询").click()
    stranger.get_by_label("回执号").fill(f"{receipt[:4]} {receipt[4:8]} {receipt[8:]}")
    stranger.get_by_role("button", name="查询答复").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("异议不成立")
    expect(stranger.get_by_role("main")).to_contain_text("已查考勤和现场照片，本人全程参加。")
    assert_fits(stranger)
    assert notice.ends_on > today()

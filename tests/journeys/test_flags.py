"""An officer sees a flag, an approver finds out and decides, and the base that it is about learns nothing of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import ReviewFlag
from tests.courses.flag_factories import a_flag
from tests.journeys.desk import Desk
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.browser
QUESTION = "一天的课时过多"


def test_a_flag_is_seen_decided_and_kept_from_the_base(ground, open_page):
    flag = a_flag(ground.base)
    federation = a_federation("620500")
    address = reverse("courses:flag", args=[flag.public_id])

    officer = Desk(open_page(account=an_account("federation_officer", federation)))
    officer.page.goto("/")
    officer.follow("疑点核查")
    officer.heading("疑点（待核实），共 1 个")
    officer.page.get_by_role("link", name=QUESTION).click()
    officer.heading(f"待核实：{QUESTION}")
    officer.reads("最多的一天有 9 课时")
    expect(officer.page.get_by_role("button", name="记录核实结论")).to_have_count(0)

    approver = Desk(open_page(account=an_account("approver", federation), javascript=False))
    approver.page.goto("/")
    approver.page.get_by_role("link", name="1 个疑点等待核实").click()
    approver.heading(f"待核实：{QUESTION}")
    approver.press("记录核实结论")
    approver.reads("请填写：核实情况")
    approver.page.get_by_label("确认有问题：需要处理").check()
    approver.fill("核实情况", "现场核查，当天只上了四课时。")
    approver.press("记录核实结论")
    approver.heading(f"确认有问题：{QUESTION}")
    approver.reads("现场核查，当天只上了四课时。")
    approver.follow("退回或取消这个培训班")
    approver.heading(flag.cohort.name)

    clerk = open_page(account=ground.clerk)
    assert clerk.goto(address).status == 404
    assert clerk.goto(reverse("courses:flags")).status == 403
    clerk.goto(reverse("courses:cohort", args=[flag.cohort.public_id]))
    assert "疑点" not in clerk.inner_text("body")
    assert ReviewFlag.objects.get(pk=flag.pk).state == "confirmed"

"""A subsidy from the claim of a base to its payment, through four hands and a public notice; and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import SubsidyClaim
from registry.models import PublicNotice
from registry.requests import today
from tests.browser.accessibility import assert_accessible
from tests.courses.factories import a_completed_cohort
from tests.courses.subsidy_factories import a_scheme, other_funding_of
from tests.registry.factories import a_federation, an_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_base_claims_for_a_cohort_and_is_paid_after_check_approval_and_notice(open_page):
    city = a_federation("620500")
    a_scheme("training_fee")
    cohort = a_completed_cohort(people=3)
    paid_elsewhere = cohort.enrolments.all()[0].person
    other_funding_of(paid_elsewhere, skill=cohort.course.skill)

    page = open_page(account=an_account("base_manager", cohort.base))
    page.goto(reverse("courses:cohort", args=[cohort.public_id]))
    page.locator("main").get_by_role("link", name="补贴", exact=True).click()
    page.get_by_role("link", name="申领培训费补贴").click()
    assert "2 人符合条件，合计 3,000.00 元" in page.locator("main").inner_text()
    left_out = page.locator("#left-out").inner_text()
    assert paid_elsewhere.name in left_out
    assert "同一技能、同一等级的这项费用已经支付或申领" in left_out
    assert_accessible(page)
    page.get_by_role("button", name="为 2 人申领").click()
    assert "待审核" in page.locator("h1").inner_text()
    claim = SubsidyClaim.objects.get()
    address = reverse("courses:subsidy", args=[claim.public_id])

    page = open_page(account=an_account("federation_officer", city))
    page.goto(reverse("courses:subsidy-batch", args=["check"]))
    page.locator(f"#claim-{claim.public_id}").check()
    page.get_by_role("button", name="核对所选的申领").click()
    assert "2 人，合计 3,000.00 元" in page.locator("main").inner_text()
    page.get_by_role("button", name="审核通过").click()
    assert "1 份已办理" in page.locator("body").inner_text()

    page = open_page(account=an_account("approver", city))
    page.goto(address)
    page.get_by_role("link", name="批准", exact=True).click()
    page.get_by_role("button", name="批准", exact=True).click()
    assert "已批准" in page.locator("h1").inner_text()

    payer = an_account("federation_officer", city)
    page = open_page(account=payer)
    page.goto(reverse("courses:subsidy-notice"))
    assert "残疾" not in page.locator("form li").first.inner_text()
    page.get_by_role("button", name="发布公示").click()
    page.goto(address)
    assert "正在公示" in page.locator("main").inner_text()
    page.get_by_role("link", name="登记发放").click()
    page.get_by_label("支付凭证号").fill("记-18")
    page.get_by_role("button", name="登记发放").click()
    assert "公示期满" in page.locator("main").inner_text()  # too early: it runs on

    over = today() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=over - timedelta(days=9), ends_on=over)
    page.get_by_label("支付凭证号").fill("记-18")
    page.get_by_role("button", name="登记发放").click()
    assert "已发放" in page.locator("h1").inner_text()
    assert "记-18" in page.locator("main").inner_text()


def test_the_wrong_hand_is_refused_and_a_clash_says_where(open_page):
    city = a_federation("620500")
    a_scheme("training_fee")
    cohort = a_completed_cohort(people=1)
    officer = an_account("federation_officer", city)
    page = open_page(account=officer)
    page.goto(reverse("courses:cohort-subsidies", args=[cohort.public_id]) + "?kind=training_fee")
    page.get_by_role("button", name="为 1 人申领").click()
    claim = SubsidyClaim.objects.get()
    address = reverse("courses:subsidy", args=[claim.public_id])
    assert page.get_by_role("link", name="审核通过").count() == 0  # who claims does not check

    other_funding_of(claim.items.get().person, skill=cohort.course.skill)
    page = open_page(account=an_account("approver", city))
    page.goto(address)
    assert "天水市秦州区人力资源和社会保障局" in page.locator(".panel-bad").inner_text()
    answer = page.goto(reverse("courses:subsidy-step", args=[claim.public_id, "pay"]))
    assert answer.status == 403

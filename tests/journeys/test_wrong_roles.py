"""Who opens an address that is not for them reads so in words, and nothing of what is there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.actions import rosters
from courses.models import Cohort
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.certificates.factories import an_issued_certificate
from tests.courses.factories import a_cohort
from tests.journeys import desk, trainees
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(ground) -> dict[str, str]:
    """Pages of the main job, by what they are for."""
    enrolling = a_cohort(ground.base, state="enrolling")
    roster = rosters.upload(
        by=SYSTEM, on=today(), cohort=enrolling, file_name="花名册.xlsx", data=trainees.roster()
    )
    certificate = an_issued_certificate(base=ground.base)
    completed = certificate.enrolment.cohort
    return {
        "class": _of("courses:cohort", enrolling),
        "roster": _of("courses:roster", enrolling),
        "rows": reverse("courses:roster-import", args=[enrolling.public_id, roster.public_id]),
        "start": reverse("courses:move-cohort", args=[enrolling.public_id, "running"]),
        "attendance": _of("courses:attendance", enrolling),
        "results": _of("courses:results", completed),
        "issue": _of("certificates:cohort", completed),
        "sheets": _of("certificates:cohort-pdf", completed),
        "certificate": reverse("certificates:certificate", args=[certificate.public_id]),
        "county": reverse("goals:region", args=["620502"]),
    }


def _of(name: str, cohort: Cohort) -> str:
    return reverse(name, args=[cohort.public_id])


def test_a_clerk_of_another_base_finds_nothing(ground, addresses, open_page):
    page = open_page(account=ground.stranger)
    for address in addresses.values():
        assert page.goto(address).status == 404, address
        expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
        expect(page).to_have_title("没有找到 - 双技 TwoSkills")
        assert "直播" not in page.inner_text("main")


def test_a_trainer_teaches_and_neither_enrols_nor_issues(ground, addresses, open_page):
    page = open_page(account=ground.trainer)
    for place, address in addresses.items():
        status = page.goto(address).status
        if place in ("class", "attendance", "results"):
            assert status == 200, address
        else:
            assert status == 403, address
            expect(page.get_by_role("heading", level=1)).to_have_text("没有权限")
            assert "直播" not in page.inner_text("main")


def test_nobody_gets_further_than_the_sign_in_page_and_from_there_where_they_wanted(
    ground, addresses, open_page
):
    visitor = Desk(open_page())
    for address in addresses.values():
        visitor.page.goto(address)
        visitor.heading("工作人员登录")
        assert "直播" not in visitor.page.inner_text("main")
    visitor.page.goto(addresses["roster"])
    visitor.fill("登录名", ground.clerk.username)
    visitor.fill("密码", desk.PASSWORD)
    visitor.press("登录")
    visitor.heading("上传名单：")

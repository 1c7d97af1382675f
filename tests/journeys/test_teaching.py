"""Teaching and examination in the browser: a trainee checks in with the spoken code on a phone, an examiner records and
submits, a trainer of the base is refused."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import AssessmentResult, Attendance, Cohort, Exam
from courses.queries.exams import entries_of
from registry.requests import today
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.courses.exam_factories import a_cohort_to_examine, an_exam, an_examiner
from tests.courses.teaching_visits import a_class_today, last_four
from tests.journeys.desk import Desk
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.browser


@pytest.fixture
def to_examine(transactional_db: None) -> Cohort:
    return a_cohort_to_examine()


def test_a_trainee_checks_in_on_a_phone_with_the_code_that_was_said(transactional_db, open_page):
    cohort, window = a_class_today()
    trainer = Desk(open_page(account=an_account("trainer", cohort.base)))
    trainer.page.goto(reverse("courses:attendance", args=[cohort.public_id]))
    trainer.page.get_by_role("link", name="学员签到").click()
    trainer.heading("签到开放中，已到 0 人，共 3 人")
    trainer.reads(" ".join(window.code))
    assert_accessible(trainer.page)

    # A screen of 360 px, no JavaScript: what works here works in WeChat's browser and by ear.
    phone = open_page(width=360, javascript=False)
    phone.goto("/qd/")
    phone.get_by_label("签到码").fill(" ".join(window.code))
    phone.get_by_role("button", name="下一步").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("上课签到")
    phone.get_by_label("身份证号后四位").fill("9")
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_role("main")).to_contain_text("名单里没有找到")
    phone.get_by_label("身份证号后四位").fill(last_four(cohort))
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("签到成功")
    main = phone.get_by_role("main")
    expect(main).not_to_contain_text(cohort.enrolments.all()[0].person.name)
    assert_fits(phone)
    assert Attendance.objects.get().how == "check_in"

    trainer.follow("刷新名单")
    trainer.heading("签到开放中，已到 1 人，共 3 人")
    trainer.press("结束签到")
    trainer.heading("签到未开放，已到 1 人，共 3 人")
    assert phone.goto(reverse("check-in:who", args=[window.token])).status == 410


def test_an_examiner_records_and_submits_what_the_approver_arranged(to_examine, open_page):
    examiner = an_examiner()
    approver = Desk(open_page(account=an_account("approver", a_federation("620500"))))
    approver.page.goto(reverse("courses:cohort", args=[to_examine.public_id]))
    approver.page.get_by_role("main").get_by_role("link", name="考核", exact=True).click()
    approver.follow("安排考核（3 人）")
    approver.fill("考核日期", str(today()))
    approver.choose("考核内容", "实操")
    approver.press("安排考核")
    approver.heading("考核成绩，已登记 0 人，共 3 人")
    exam = Exam.objects.get()

    desk = Desk(open_page(account=examiner))
    desk.page.goto("/")
    desk.page.get_by_role("link", name="1 场考核等您登记或提交成绩").click()
    names = [entry.enrolment.person.name for entry in entries_of(exam)]
    for name, mark in zip(names, ("85", "59.55", "缺考"), strict=True):
        desk.fill(f"{name}的实操成绩", mark)
    desk.press("保存成绩")
    desk.heading("已保存 2 人，还有 1 处需要改正")
    assert_accessible(desk.page)
    desk.fill(f"{names[1]}的实操成绩", "59.5")
    desk.press("保存成绩")
    desk.heading("考核成绩，已登记 3 人，共 3 人")
    desk.follow("核对并提交")
    desk.reads("提交后成绩不能再改")
    desk.press("提交成绩")
    desk.heading("考核成绩已提交")
    assert sorted(AssessmentResult.objects.values_list("score", flat=True)) == [59.5, 85]

    approver.page.goto(reverse("courses:exams", args=[to_examine.public_id]))
    approver.follow("安排补考（2 人）")
    approver.heading("安排补考")


def test_a_trainer_of_the_base_reads_the_examination_and_is_refused_its_sheet(to_examine, open_page):
    exam = an_exam(to_examine)
    page = open_page(account=an_account("trainer", to_examine.base))
    assert page.goto(reverse("courses:exam", args=[exam.public_id])).status == 200
    expect(page.get_by_role("button", name="保存成绩")).to_have_count(0)
    for name in ("courses:exam-sheet", "courses:submit-exam"):
        assert page.goto(reverse(name, args=[exam.public_id])).status == 403
    page.goto(reverse("courses:results", args=[to_examine.public_id]))
    expect(page.get_by_role("main")).to_contain_text("实行考培分离")

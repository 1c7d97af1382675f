"""The main job: from a roster in Excel to a certificate checked on a phone and a county's figure that moves."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.certificates.faces.paper import rasterised, read_by_zbar, read_by_zxing
from tests.journeys import desk, phone, pictures, trainees
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_from_a_messy_roster_to_a_certificate_on_a_phone_and_a_figure_that_moves(ground, open_page):
    officer = Desk(open_page())
    desk.sign_in(officer, ground.officer)
    assert county_figures(officer) == {"people": 6, "two": 0, "one": 2, "none": 4}

    clerk, approver = Desk(open_page()), Desk(open_page())
    desk.sign_in(clerk, ground.clerk)
    desk.file_a_class(clerk, ground)
    desk.sign_in(approver, ground.approver)
    desk.open_class(approver)
    desk.approve(approver)
    desk.open_class(clerk)
    desk.move(clerk, "开始招生", "招生中")
    desk.load_the_roster(clerk)
    desk.move(clerk, "开始培训", "培训中")
    desk.teach(clerk)
    desk.move(clerk, "进入考核", "考核中")
    pictures.take(clerk.page, "cohort", height=960)
    desk.enter_results(clerk)
    desk.move(clerk, "结业", "已结业")
    desk.issue(clerk)
    print_all(clerk)
    address = print_one(clerk, trainees.MA)

    # Ma and Guli had one skill, Li and Zhou none; Chen, Sun and Xu came to the register after the period.
    assert county_figures(officer) == {"people": 6, "two": 2, "one": 2, "none": 2}
    city = Desk(open_page())
    desk.sign_in(city, ground.city_officer)
    drill_down(city)
    phone.reads_that_it_is_genuine(open_page, address)
    phone.reads_that_the_signature_is_right(open_page, address, trainees.MA)
    phone.reads_that_the_code_was_tampered_with(open_page, address)

    desk.withdraw(approver, trainees.MA.name)
    phone.reads_that_it_was_withdrawn(open_page, address)
    assert county_figures(officer) == {"people": 6, "two": 1, "one": 3, "none": 2}
    # What it takes of the clerk: pages, of them seven of the attendance grid; fields, of them eight scores.
    assert (len(clerk.opened), len(clerk.filled)) == (45, 25)


def county_figures(officer: Desk) -> dict[str, int]:
    """The figures of the county, from the sentence below its heading."""
    officer.follow("目标")
    officer.heading("秦州区：")
    sentence = officer.page.inner_text("p.lead")
    counts = re.search(
        r"纳入统计的 (\d+) 人中，(\d+) 人.*?另有 (\d+) 人只差一门，(\d+) 人一门都没有", sentence
    )
    return dict(zip(("people", "two", "one", "none"), map(int, counts.groups()), strict=True))


def drill_down(city: Desk) -> None:
    """From the city's figure to that of the county, and to the people behind it, names covered."""
    city.follow("目标")
    city.heading("天水市：28.5% 的有需求人员已掌握两门以上技能")
    pictures.take(city.page, "goals", height=1330)
    city.follow("秦州区")
    city.heading("秦州区：33.3% 的有需求人员已掌握两门以上技能")
    city.follow("已掌握两门以上的人员")
    city.heading("共 2 人")
    for row, covered in enumerate(("马**", "阿依**·***"), 1):
        expect(city.page.get_by_role("row").nth(row)).to_contain_text(covered)
    assert trainees.MA.name not in city.page.inner_text("body")


def print_all(clerk: Desk) -> None:
    """One sheet for each certificate; every code is read alike by two readers."""
    pdf = clerk.download("下载 PDF 打印全部 7 张有效证书")
    sheets = len(PdfReader(io.BytesIO(pdf)).pages)
    assert sheets == len(trainees.CERTIFIED) == 7
    read = {read_on_paper(pdf, sheet) for sheet in range(1, sheets + 1)}
    assert len(read) == sheets


def print_one(clerk: Desk, holder: trainees.Trainee) -> str:
    """One holder's sheet; the address in its code."""
    clerk.follow(holder.name)
    clerk.heading(f"有效：{holder.name}的证书")
    pdf = clerk.download("下载 PDF（打印用）")
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert holder.name in text
    pictures.keep(rasterised(pdf, 100), "certificate")
    return read_on_paper(pdf)


def read_on_paper(pdf: bytes, sheet: int = 1) -> str:
    paper = rasterised(pdf, 300, sheet)
    address = read_by_zxing(paper).text
    assert address == read_by_zbar(paper)
    assert re.fullmatch(r"HTTP://LOCALHOST:\d+/C/[0-9A-Z]{12}#\d+", address)
    return address

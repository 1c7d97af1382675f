"""Pages of reports and bulletins: written, handed in, returned, accepted; compared and issued; as files."""

import io
import re
from datetime import date

import docx
import pypdf
import pytest
from django.urls import reverse

from goals.actions import reports
from goals.models import Bulletin, Report
from registry.rules.access import SYSTEM
from tests.goals.factories import a_member
from tests.goals.report_factories import (
    a_bulletin,
    a_month,
    a_report,
    accepted,
    returned,
    submitted,
    the_plans,
)
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plans():
    the_plans("620502", "620503")


def county():
    return signed_in("federation_officer", a_federation("620502"))


def city(role="approver"):
    return signed_in(role, a_federation("620500"))


def at(name, *args):
    return reverse(f"goals:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_a_county_writes_its_report_in_sittings_and_hands_it_in():
    officer = county()
    begun = officer.post(at("new-report", "TS-07", 2024, "620502"))
    report = Report.objects.get()
    assert begun["Location"] == at("report", report.public_id)
    assert "还有 4 部分没有写" in text(officer.get(begun["Location"]))
    page = officer.get(at("report-section", report.public_id, "implementation"))
    was = re.search(r'name="was" value="(\w+)"', page.content.decode())[1]
    saved = officer.post(
        at("report-section", report.public_id, "implementation"),
        {"implementation": "开班 3 期", "was": was, "next": "1"},
    )
    assert saved["Location"] == at("report-section", report.public_id, "results")
    refused = officer.post(at("submit-report", report.public_id))
    assert refused.status_code == 422
    assert "还有 3 部分没有写，不能报送" in text(refused)
    for name in ("results", "experience", "problems"):
        officer.post(at("report-section", report.public_id, name), {name: f"写好的{name}"})
    assert officer.post(at("submit-report", report.public_id)).status_code == 302
    assert "待审核" in text(officer.get(at("report", report.public_id)))
    assert officer.get(at("report-section", report.public_id, "results")).status_code == 409


def test_nothing_written_is_lost_when_two_colleagues_save_one_section():
    report, officer = a_report(), county()
    url = at("report-section", report.public_id, "results")
    was = re.search(r'name="was" value="(\w+)"', officer.get(url).content.decode())[1]
    reports.write(by=SYSTEM, report=report, section="results", text="同事写的成效")
    refused = officer.post(url, {"results": "我写的成效", "was": was})
    assert refused.status_code == 422
    assert "同事写的成效" in text(refused)
    assert "我写的成效" in refused.content.decode()
    again = re.search(r'name="was" value="(\w+)"', refused.content.decode())[1]
    assert officer.post(url, {"results": "合并的成效", "was": again}).status_code == 302
    report.refresh_from_db()
    assert report.results == "合并的成效"


def test_the_city_reads_it_whole_returns_it_and_accepts_the_second_version():
    report, approver = submitted(), city()
    page = approver.get(at("decide-report", report.public_id))
    assert "本部分：results" in text(page)
    assert approver.post(at("decide-report", report.public_id), {"decision": "return"}).status_code == 422
    approver.post(at("decide-report", report.public_id), {"decision": "return", "reason": "缺少数字"})
    assert "缺少数字" in text(county().get(at("report", report.public_id)))
    submitted(Report.objects.get())
    approver.post(at("decide-report", report.public_id), {"decision": "accept"})
    shown = text(approver.get(at("report", report.public_id)))
    assert "已接收" in shown
    assert "缺少数字" in shown, "the first version keeps its reason"


def test_the_board_names_who_is_late_and_a_county_sees_its_own_row_only():
    submitted(region="620502", year=2022, on=date(2022, 12, 20))
    submitted(region="620503", year=2022, on=date(2023, 1, 9))
    shown = text(city().get(at("reports")))
    assert "报告报送情况：按时报送 1 份，逾期报送 1 份" in shown
    assert "麦积区" in shown
    own = text(county().get(at("reports")))
    assert "麦积区" not in own
    assert "您要报送的" in own


def test_the_end_of_a_month_is_chosen_on_the_page():
    a_month("620502", date(2024, 5, 31), two=3, members=8)
    report, officer = a_report(), county()
    officer.post(at("report-date", report.public_id), {"month_end": "2024-05-31"})
    assert "37.5%" in text(officer.get(at("submit-report", report.public_id)))


def test_a_version_as_pdf_and_docx_names_plan_number_region_date_and_definitions():
    a_member()
    report = returned(submitted())
    reports.write(by=SYSTEM, report=report, section="results", text="第二版的成效")
    submitted(report)
    reader = signed_in("read_only", a_federation("620500"))
    made = reader.get(at("report-file", report.public_id, "pdf"))
    words = "".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages).split()
    )
    for said in ("天政办发〔2022〕78号", "秦州区", "2024年6月3日", "第1版", "一、落实情况", "内部"):
        assert said in words
    first = reader.get(at("report-file", report.public_id, "docx") + "?version=1")
    paragraphs = [one.text for one in docx.Document(io.BytesIO(first.content)).paragraphs]
    assert "本部分：results" in paragraphs
    assert "内部" in paragraphs[0], "one person is in its figures"
    assert made["Cache-Control"] == "no-store"
    assert reader.get(at("report-file", report.public_id, "odt")).status_code == 404
    assert reader.get(at("report-file", report.public_id, "pdf") + "?version=9").status_code == 404


def test_where_a_report_was_sent_is_noted_with_its_number():
    report = accepted(submitted(region="120000", target="TJ-07"))
    officer = signed_in("federation_officer", a_federation("120000"))
    assert "国务院残疾人工作委员会办公室" in text(officer.get(at("send-report", report.public_id)))
    officer.post(
        at("send-report", report.public_id), {"sent_on": "2024-06-03", "sent_number": "津残工委〔2024〕9号"}
    )
    assert "津残工委〔2024〕9号" in text(officer.get(at("report", report.public_id)))


def test_a_bulletin_is_drafted_by_an_officer_issued_by_an_approver_and_read_by_the_counties():
    a_member(1, "620503")
    officer = city("federation_officer")
    assert "起草天水市 2022–2024 年的通报" in text(officer.get(at("bulletins")))
    url = at("new-bulletin", a_bulletin().plan.public_id, "620500")
    asked = {
        "title": "二季度通报",
        "period": "2022-2024",
        "items": ["two_skill_coverage"],
        "line": "full",
        "request": "请加快进度。",
    }
    assert officer.post(url, asked | {"items": []}).status_code == 422
    officer.post(url, asked)
    bulletin = Bulletin.objects.get(title="二季度通报")
    assert county().get(at("bulletin", bulletin.public_id)).status_code == 404
    city().post(at("issue-bulletin", bulletin.public_id), {"number": "天残联发〔2024〕12号"})
    shown = county().get(at("bulletin", bulletin.public_id))
    assert "麦积区低于对照线" in text(shown)
    made = county().get(at("bulletin-file", bulletin.public_id, "docx"))
    file = docx.Document(io.BytesIO(made.content))
    assert [cell.text for cell in file.tables[0].rows[1].cells] == ["麦积区", "1", "0", "0.0%", "1"]
    assert officer.get(at("edit-bulletin", bulletin.public_id)).status_code == 409

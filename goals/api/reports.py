"""Reports on plans: who owes what, what was handed in with its frozen figures, and the steps."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from goals.actions import report_decisions, reports
from goals.models import Report, ReportFiling
from goals.queries import report_status
from goals.queries import reports as queries
from goals.rules.reports import Status
from goals.views import papers
from goals.views.reports import require_figures, seen
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.queries.lookup import one
from registry.requests import ActorRequest, today

router = Router(tags=["reports"])

Text = Annotated[str, Field(max_length=6_000)]
Year = Annotated[int, Field(ge=2000, le=2199)]


class DutyOut(Schema):
    """`report` is empty while nothing was begun, or what was begun is not yours to see."""

    target: str
    metric: str
    region_code: str
    region_name: str
    year: int
    due_on: date | None
    status: Status
    handed_in_on: date | None
    report: str


class ReportOut(Schema):
    """`handed_in_on` is the day that is compared with `due_on`."""

    id: str
    plan: str
    target: str
    kind: str
    region_code: str
    year: int
    state: str
    state_since: date
    due_on: date | None
    handed_in_on: date | None
    sent_number: str

    @staticmethod
    def resolve_id(report: Report) -> str:
        return str(report.public_id)

    @staticmethod
    def resolve_plan(report: Report) -> str:
        return str(report.target.plan.public_id)

    @staticmethod
    def resolve_target(report: Report) -> str:
        return report.target.code

    @staticmethod
    def resolve_region_code(report: Report) -> str:
        return report.region.code

    @staticmethod
    def resolve_due_on(report: Report) -> date | None:
        return report.deadline


class ReportsOut(PageOut):
    items: list[ReportOut]


class FilingOut(Schema):
    """One version: words and figures as they were handed in. Rates and shares are texts of per cent."""

    number: int
    as_of: date
    submitted_on: date
    submitted_by: str
    sections: dict[str, str]
    figures: dict[str, Any]
    is_accepted: bool | None
    decided_on: date | None
    decided_by: str
    reason: str


class WholeReportOut(Schema):
    report: ReportOut
    filings: list[FilingOut]


class StartIn(Schema):
    target: Annotated[str, Field(max_length=24)]
    region_code: Annotated[str, Field(max_length=12)]
    year: Year


class SectionIn(Schema):
    text: Text


class SubmitIn(Schema):
    """The end of a month whose kept figures are frozen; without it those of the day."""

    month_end: Day | None = None


class DecisionIn(Schema):
    """A return needs its reason."""

    is_accepted: bool
    reason: Annotated[str, Field(max_length=1_000)] = ""


@router.get("/plans/{plan_id}/reports", response=list[DutyOut], operation_id="get_report_status")
def get_report_status(request: ActorRequest, plan_id: str) -> Any:
    """What the units in your reach owe on a plan, by target, region and year."""
    paths = require_figures(request.actor)
    held = next((found for found in queries.plans_near(paths) if found.public_id == plan_id), None)
    if held is None:
        raise NotFound(what="plan")
    own = set(paths)
    board = report_status.of_plan(held, on=today(), paths=paths)
    return [_duty(duty, own) for duties in board.values() for duty in duties]


@router.get("/reports", response=ReportsOut, operation_id="list_reports")
def list_reports(
    request: ActorRequest, year: Year | None = None, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
) -> Any:
    """The reports that you may read, of one year or all, the latest first."""
    require_figures(request.actor)
    rows = Report.objects.visible_to(request.actor)
    rows = rows if year is None else rows.filter(year=year)
    return paged(queries.whole(rows).order_by("-year", "target__code", "region__code"), page)


@router.post("/reports", response=ReportOut, operation_id="start_report")
def start_report(request: ActorRequest, asked: StartIn) -> Any:
    """Begin a report that your own unit owes."""
    require_figures(request.actor)
    target = one(report_status.report_targets(), code=asked.target)
    region = queries.unit(asked.region_code)
    return reports.start(by=request.actor, on=today(), target=target, region=region, year=asked.year)


@router.get("/reports/{report_id}", response=WholeReportOut, operation_id="get_report")
def get_report(request: ActorRequest, report_id: str) -> Any:
    """A report with every version that was handed in."""
    report = seen(request, report_id)
    return {"report": report, "filings": list(report.filings.all())}


@router.put(
    "/reports/{report_id}/sections/{section}", response=ReportOut, operation_id="write_report_section"
)
def write_report_section(request: ActorRequest, report_id: str, section: str, asked: SectionIn) -> Any:
    report = seen(request, report_id)
    reports.write(by=request.actor, report=report, section=section, text=asked.text)
    return seen(request, report_id)


@router.post("/reports/{report_id}/submit", response=FilingOut, operation_id="submit_report")
def submit_report(request: ActorRequest, report_id: str, asked: SubmitIn) -> ReportFiling:
    """Hand it in: its figures are frozen."""
    report = seen(request, report_id)
    return reports.submit_as_of(by=request.actor, on=today(), report=report, month_end=asked.month_end)


@router.post("/reports/{report_id}/decision", response=FilingOut, operation_id="decide_report")
def decide_report(request: ActorRequest, report_id: str, asked: DecisionIn) -> ReportFiling:
    report = seen(request, report_id)
    if asked.is_accepted:
        return report_decisions.accept(by=request.actor, on=today(), report=report)
    return report_decisions.give_back(by=request.actor, on=today(), report=report, reason=asked.reason)


@router.get("/reports/{report_id}/file/{kind}", operation_id="download_report")
def download_report(request: ActorRequest, report_id: str, kind: str, version: str = "") -> HttpResponse:
    """A version as `pdf` or `docx`; the last without `version`."""
    return papers.answer(papers.of_filing(queries.filing(seen(request, report_id), version)), kind)


def _duty(duty: report_status.Duty, own: set[str]) -> dict[str, Any]:
    report = duty.report
    is_seen = report is not None and (report.filed_on is not None or duty.region.path in own)
    return {
        "target": duty.target.code,
        "metric": duty.target.metric,
        "region_code": duty.region.code,
        "region_name": duty.region.name,
        "year": duty.year,
        "due_on": duty.due_on,
        "status": duty.status,
        "handed_in_on": report.handed_in_on if report else None,
        "report": report.public_id if report and is_seen else "",
    }

"""Three years of reports to Tianshui: filed, late, returned, missing, one to decide; and a bulletin of Panjin."""

from datetime import date, timedelta

from django.db.models import F

from goals.actions import allocations, bulletins, report_decisions, reports, snapshots
from goals.models import Allocation, Plan, PlanPeriod, Report, Target
from goals.models.bulletins import Line
from registry.models import Account, Region
from registry.queries.actors import actor_for
from registry.requests import today
from registry.rules.access import Actor, Grant, Role

CITY, PANJIN = "620500", "211100"
COUNTY, LATE, MISSING, RETURNED = "620502", "620524", "620525", "620521"
WRITERS = ("马建国", "刘文英", "王建设", "李秀兰", "张永强", "赵志军", "马晓梅")
SECTIONS = {
    "implementation": "按方案组织残疾人职业技能培训和就业服务，对就业年龄段未就业残疾人逐户核对信息。",
    "results": "培训、取证和就业情况见附后的数据；掌握两门以上技能的人数逐年增加。",
    "experience": "送教上门、错时开班；与本地用人单位先谈岗位，再定培训内容。",
    "problems": "边远乡镇报名少，手语翻译不足。下一步增加流动教学点，培训手语志愿者。",
}


def go_on() -> int:
    """Write them all; how many reports there are. The figures must have been counted."""
    target = Target.objects.select_related("plan__region", "plan__period").get(code="TS-07")
    counties = list(Region.objects.in_force(today()).filter(parent__code=CITY, is_statutory=True))
    decides = _account("approver")
    _keep_novembers(target.plan)
    for year in (2022, 2023, 2024):
        for number, county in enumerate(counties):
            if (year, county.code) != (2024, MISSING):
                _report(target, county, year, number, decides)
    _bulletin()
    return Report.objects.count()


def _keep_novembers(plan: Plan) -> None:
    """The figures at the end of each November, which the reports freeze."""
    period = plan.period
    years = range(period.first_year, period.last_year + 1)
    single = PlanPeriod.objects.filter(first_year__in=years, last_year=F("first_year"))
    wanted = {period: [date(year, 11, 30) for year in years]}
    wanted |= {one: [date(one.first_year, 11, 30)] for one in single}
    snapshots.reconstruct_several(wanted, on=today(), within=plan.region)


def _report(target: Target, county: Region, year: int, number: int, decides: Actor) -> None:
    writes = _account("county") if county.code == COUNTY else _officer(WRITERS[number], county.path)
    on = date(year + 1, 1, 12) if (year, county.code) == (2023, LATE) else date(year, 12, 10 + number)
    report = reports.start(by=writes, on=on - timedelta(days=7), target=target, region=county, year=year)
    for section, text in SECTIONS.items():
        reports.write(by=writes, report=report, section=section, text=f"{county.name}{text}")
    reports.submit_as_of(by=writes, on=on, report=report, month_end=date(year, 11, 30))
    decided_on = on + timedelta(days=6)
    if (year, county.code) == (2022, RETURNED):
        report_decisions.give_back(
            by=decides, on=decided_on, report=report, reason="“存在问题”请写明下一步的时间安排。"
        )
        text = f"{county.name}{SECTIONS['problems']}2023年6月底前完成。"
        reports.write(by=writes, report=report, section="problems", text=text)
        reports.submit(by=writes, on=decided_on + timedelta(days=2), report=report)
    if (year, county.code) != (2024, COUNTY):
        report_decisions.accept(by=decides, on=decided_on + timedelta(days=3), report=report)


def _bulletin() -> None:
    """Panjin's counties by the people trained and by the two-skills goal: one issued, one still a draft."""
    target = Target.objects.select_related("plan__region", "plan__period").get(code="PJ-02")
    plan: Plan = target.plan
    writes, decides = _account("panjin"), _officer("高志远", plan.region.path, Role.APPROVER)
    counties = list(Region.objects.in_force(today()).filter(parent=plan.region, is_statutory=True))
    if not Allocation.objects.filter(target=target, region__in=counties).exists() and target.value:
        share = target.value // len(counties)
        given = {county.code: share for county in counties}
        allocations.split(by=writes, on=today(), target=target, region=plan.region, values=given)
    for title in ("全市残疾人培训任务完成情况通报", "全市残疾人就业和培训工作进展情况通报"):
        drafted = bulletins.draft(
            by=writes,
            on=today(),
            plan=plan,
            region=plan.region,
            period=plan.period,
            title=title,
            items=["PJ-02", "two_skill_coverage"],
            line=Line.AVERAGE,
            opening="现将各县（区）落实三年行动方案的情况通报如下。",
            request="低于全市平均的县（区）请在一个月内说明原因和措施。",
        )
        if title.startswith("全市残疾人培训"):
            number = f"盘残联发〔{today().year}〕21号"
            bulletins.issue(by=decides, on=today(), bulletin=drafted, number=number)


def _account(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username), on=today())


def _officer(name: str, path: str, role: Role = Role.FEDERATION_OFFICER) -> Actor:
    """Somebody of a federation that has no account in the demo."""
    return Actor(account_id=None, name=name, grants=(Grant(role=role, region_path=path),))

"""The demo's plan for 2025–2027, as its city officer enters it: targets, a split among the counties, reported figures.

The plan is invented and says so in its title; the seeded ones get some figures that only people can report.
"""

from datetime import date, timedelta
from decimal import Decimal

from courses.actions import employment
from courses.rules.employment import NewSpell
from goals.actions import allocations, plan_edits, reported_figures, targets
from goals.actions.plan_edits import PlanText
from goals.actions.targets import NewTarget
from goals.models import Target
from registry.models import Account, Person, Region
from registry.models.people import PersonKind
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor

CITY = "620500"
ENTERED, SPLIT, REPORTED = date(2025, 3, 10), date(2025, 4, 1), date(2026, 10, 15)

TEXT = PlanText(
    title="天水市促进残疾人就业三年行动方案（2025—2027年）（演示）",
    first_year=2025,
    last_year=2027,
    document_number="演示〔2025〕1号",
    issuer="天水市人民政府办公室（演示）",
    issued_on=date(2025, 3, 3),
)


def _asked(metric: str, value: Decimal | None, quote: str, **others: object) -> NewTarget:
    given: dict[str, object] = {"operator": ">=", "period_kind": "cumulative", "unit": "人"} | others
    return NewTarget(metric=metric, value=value, quote=quote, first_year=2025, last_year=2027, **given)  # type: ignore[arg-type]


TARGETS = (
    _asked("new_employment", Decimal(36), "2025—2027年全市新增残疾人就业36人。"),
    _asked("trained_persons", Decimal(120), "三年培训残疾人120人。"),
    _asked(
        "two_skill_coverage", Decimal("0.6"), "到2027年，60%的有需求残疾人掌握2门以上就业技能。", unit="ratio"
    ),
    _asked(
        "reported",
        Decimal(2),
        "各县区每年至少举办2次残疾人就业专场招聘会。",
        metric_name="残疾人就业专场招聘会",
        unit="次",
        per="county",
        period_kind="annual",
    ),
    _asked(
        "county_annual_report",
        None,
        "各县区每年11月30日前报送落实情况。",
        operator="by",
        due_on=date(2025, 11, 30),
        per="county",
        period_kind="annual",
    ),
)
SHARES = {
    "new_employment": dict(
        zip(("620502", "620503", "620521", "620522", "620523", "620524"), (6, 8, 6, 5, 3, 3), strict=True)
    ),
    "trained_persons": dict(zip(("620502", "620503", "620521", "620525"), (40, 35, 30, 25), strict=True)),
}
FAIRS = {"620502": (3, 2), "620503": (2, 2), "620521": (2, 1), "620522": (1, 0)}


def go_on() -> None:
    """Before anybody is registered, so that the new years need no counting of their own."""
    city = Region.objects.get(code=CITY)
    officer = actor_for(Account.objects.get(username="city"), on=ENTERED)
    plan = plan_edits.draft(by=officer, on=ENTERED, region=city, text=TEXT)
    made = {target.metric: targets.add(by=officer, plan=plan, target=target) for target in TARGETS}
    plan_edits.put_in_force(by=officer, on=ENTERED, plan=plan)
    for metric, shares in SHARES.items():
        values = {code: Decimal(value) for code, value in shares.items()}
        allocations.split(by=officer, on=SPLIT, target=made[metric], region=city, values=values)
    for code, fairs in FAIRS.items():
        for year, number in zip((2025, 2026), fairs, strict=True):
            _report(officer, made["reported"].code, code, number, "县区招聘会台账（演示）", year)
    _report(officer, "TS-14", CITY, 1, "市残联核查通报（演示）")
    _report(SYSTEM, "JX-08", "000000", Decimal("0.72"), "全国就业统计公报（演示）", 2023)
    _undone(officer)


def find_work() -> None:
    """Some of the city's people start work in the plan's years, so that its counties stand differently."""
    people = Person.objects.filter(
        region__path__contains=f"/{CITY}/", kind=PersonKind.DISABLED, employment_spells=None
    ).select_related("region")
    for number, person in enumerate(people.order_by("pk")[:480:16]):
        started_on = date(2025, 2, 10) + timedelta(days=number * 20)
        job = NewSpell(
            form="flexible",
            employer_name="天水城乡物业服务有限公司（演示）",
            post="保洁员",
            started_on=started_on,
        )
        employment.record(by=SYSTEM, on=REPORTED, person=person, spell=job)


def _report(
    by: Actor, code: str, region: str, value: int | Decimal, source: str, year: int | None = None
) -> None:
    reported_figures.report(
        by=by,
        on=REPORTED,
        target=Target.objects.select_related("plan__region").get(code=code),
        region=Region.objects.get(code=region),
        value=Decimal(value),
        as_of=REPORTED,
        source=source,
        year=year,
    )


def _undone(by: Actor) -> None:
    """A slip of the pen that was noticed."""
    target = Target.objects.select_related("plan__region").get(code="TS-14")
    slip = reported_figures.report(
        by=by,
        on=REPORTED,
        target=target,
        region=target.plan.region,
        value=Decimal(10),
        as_of=REPORTED,
        source="市残联核查通报（演示）",
    )
    reported_figures.undo(by=by, on=REPORTED, figure=slip, reason="多写了一个零")

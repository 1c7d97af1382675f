"""Who is helped before others in the demo's county: plans for some, services of this year, families, new graduates."""

from datetime import date, timedelta

from courses.actions import service_plans, service_records
from courses.queries import service_plans as plan_queries
from courses.queries import services_due
from courses.rules.service_plans import REVIEW_AFTER
from goals.demo.citizens import check_digit
from registry.actions import hardship, people, standing
from registry.models import Person, Region
from registry.rules.access import SYSTEM

COUNTY = "620502"
_AIMS = (
    ("graduate", "毕业后一年内进入文职岗位", "3 月前完成办公软件培训\n推荐 3 个岗位，陪同面试"),
    ("hardship", "年底前有稳定的居家收入", "学习电商客服\n申请电脑和读屏软件"),
    ("general", "在县里的按摩店就业", "参加保健按摩培训\n培训后到店实习"),
)
_MONITORED = ("marginal_household", "unstable_household", "sudden_household")


def go_on(on: date) -> None:
    """As of the day: what the counsellor of one county has done this year, and what waits."""
    county = Region.objects.get(code=COUNTY)
    waiting = list(
        services_due.due(SYSTEM, kind="verification", on=on, region=county).filter(residence="rural")[:60]
    )
    for number, person in enumerate(waiting[:12]):
        kind = _MONITORED[number % 3]
        hardship.record(by=SYSTEM, on=on, person=person, kind=kind, since=date(2024, 3, 1))
        _wants_work(person, on=on)
    _graduate(waiting[20:26], on=on)
    _serve(waiting, on=on)
    _plan(list(plan_queries.without_plan(SYSTEM, on=on, region=county)[:9]), on=on)
    for number, person in enumerate(waiting[:3]):
        _family(person, county, number, on=on)


def _wants_work(person: Person, *, on: date) -> None:
    standing.record_need(
        by=SYSTEM, on=on, person=person, training_need=True, employment_need=True, employable=True
    )


def _graduate(some: list[Person], *, on: date) -> None:
    last_summer = date(on.year - (on < date(on.year, 7, 1)), 6, 30)
    for person in some:
        service_records.record_graduation(
            by=SYSTEM,
            on=on,
            person=person,
            graduated_on=last_summer,
            level="junior_college",
            school="天水职业技术学院",
        )


def _serve(some: list[Person], *, on: date) -> None:
    """A round by phone for half of them; of “131” everything for one, a part for others."""
    day = max(date(on.year, 1, 1), on - timedelta(days=20))
    rounds = (
        ("verification", some[::2], "电话核对，无变化"),
        ("guidance", some[:8], "就业服务中心职业指导"),
        ("employment_service", some[:4], "参加区里的专场招聘会"),
    )
    for kind, people_, summary in rounds:
        service_records.record_many(by=SYSTEM, on=on, people=people_, kind=kind, day=day, summary=summary)
    for ago in range(3):
        offered = max(date(on.year, 1, 1), on - timedelta(days=ago))
        service_records.record_many(
            by=SYSTEM, on=on, people=some[:3], kind="vacancy", day=offered, summary="区里的岗位单"
        )
    for person in some[:1]:
        service_records.record(
            by=SYSTEM, on=on, person=person, kind="referral", day=on, summary="市里的电商客服班"
        )


def _plan(some: list[Person], *, on: date) -> None:
    """A third was opened lately, a third was reviewed, a third waits to be."""
    for number, person in enumerate(some):
        kind, aim, steps = _AIMS[number % 3]
        opened_on = on - REVIEW_AFTER - timedelta(days=20)
        plan = service_plans.open_plan(
            by=SYSTEM, on=on, person=person, kind=kind, aim=aim, steps=steps, opened_on=opened_on
        )
        if number % 3 == 1:
            service_plans.review(
                by=SYSTEM,
                on=on,
                plan=plan,
                reviewed_on=on - timedelta(days=9),
                finding="已报名培训，家里支持。",
                aim=aim,
                steps=steps,
            )
    if some:
        first = some[0].service_plans.get()
        service_plans.close(by=SYSTEM, on=on, plan=first, closed_on=on, reason="achieved")


def _family(person: Person, county: Region, number: int, *, on: date) -> None:
    """One more of the family, who would work too."""
    body = f"{COUNTY}19880214{901 + number * 2}"
    member = people.register(
        by=SYSTEM,
        on=on,
        region=county,
        name=person.name[0] + ("建国", "秀兰", "海霞")[number],
        citizen_id=body + check_digit(body),
        kind="household_member",
        residence="rural",
        household_of=person,
    )
    standing.record_employment(
        by=SYSTEM, on=on, person=member, status="unemployed", since=date(on.year - 1, 1, 1)
    )
    _wants_work(member, on=on)

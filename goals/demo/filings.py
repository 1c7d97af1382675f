"""Cohorts of the demo's clerk that are still being filed, in every state; a package, and vouchers of each kind."""

from datetime import date, timedelta
from decimal import Decimal

from courses.actions import abilities, cohorts, courses, enrolments, filings, packages, vouchers
from courses.models import Cohort, Skill, Voucher
from goals.demo.accounts import ACCOUNTS
from registry.models import Account, Federation, Person
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor

CITY = "620500"
FORTNIGHT = timedelta(days=14)


def go_on(on: date) -> None:
    """Next runs of the clerk's last cohort, each a step further; `on` is the day of loading, so that vouchers are good."""
    clerk, approver = _account("base", on), _account("approver", on)
    last = Cohort.objects.filter(base__name=ACCOUNTS[0].organisation).latest("starts_on")
    _describe(last)

    def next_run(weeks: int, **changes: object) -> Cohort:
        starts_on = on + timedelta(weeks=weeks)
        made = filings.copy(by=clerk, on=on, cohort=last, starts_on=starts_on)
        return cohorts.edit(by=clerk, on=on, cohort=made, **changes) if changes else made

    def move(cohort: Cohort, *states: str, by: Actor = clerk) -> Cohort:
        for state in states:
            cohorts.move_to(by=by, on=on, cohort=cohort, state=state)
        return cohort

    next_run(5)  # a draft
    move(next_run(4), "submitted")
    move(move(next_run(3), "submitted"), "approved", by=approver)
    back = move(next_run(2), "submitted")
    reasons = {"budget": "食宿费请附标准", "timetable": "第一周请避开农忙"}
    cohorts.move_to(
        by=approver,
        on=on,
        cohort=back,
        state="returned",
        reason="请在开班前三天再次提交",
        task_reasons=reasons,
    )
    cohorts.move_to(by=clerk, on=on, cohort=next_run(6), state="cancelled", reason="报名人数不足")
    four = next_run(
        7,
        procurement_mode="four_order",
        programme_model="training_employment_operation",
        placement_employer="天水某健康服务公司",
        ordering_employer="天水某健康服务公司",
        trainee_choice="就业需求登记时选定",
        payer="天水市人民政府",
    )
    move(move(four, "submitted"), "approved", by=approver)
    single = next_run(
        1,
        organisation_mode="one_to_one",
        procurement_mode="home_based",
        venue_kind="home",
        venue="",
        planned_trainees=1,
    )
    person = Person.objects.filter(base_registrations__base=last.base).earliest("pk")
    enrolments.enrol(by=clerk, on=on, cohort=single, people=[person])
    move(move(single, "submitted"), "approved", by=approver)
    move(single, "enrolling")
    _assess(person, on)
    _vouchers(last, single, person, clerk, on)


def _account(username: str, on: date) -> Actor:
    return actor_for(Account.objects.get(username=username), on=on)


def _describe(cohort: Cohort) -> None:
    """What a course may say of itself."""
    courses.edit(
        by=SYSTEM,
        on=cohort.starts_on,
        course=cohort.course,
        developer="天水市某职业技术学院",
        standard="保健按摩师国家职业技能标准",
        is_flagship=True,
        access_provisions=["braille", "screen_reader", "companion"],
        target_categories=["visual"],
        yearly_hours=20,
    )


def _assess(person: Person, on: date) -> None:
    abilities.record(
        by=SYSTEM,
        on=on,
        person=person,
        assessed_on=on - FORTNIGHT,
        assessor="天水市就业服务中心",
        conclusion="触觉灵敏，适合手法操作",
        suited_skills=list(Skill.objects.filter(code="health-massage")),
    )


def _vouchers(last: Cohort, single: Cohort, person: Person, clerk: Actor, on: date) -> None:
    """Open, used, cancelled and expired ones, all for one package."""
    city = Federation.objects.select_related("region").get(region__code=CITY)
    package = packages.create(
        by=SYSTEM,
        on=on,
        federation=city,
        name="按摩就业培训包",
        courses=list(last.base.courses.select_related("base__region")),
        hours=last.course.total_hours,
        document="职业培训包目录（2024 年）",
    )
    known = Person.objects.filter(region__path__startswith=city.region.path).select_related("region")
    others = list(known.exclude(pk=person.pk).order_by("pk")[:12])

    def issue(people: list[Person], day: date) -> list[Voucher]:
        return vouchers.issue(
            by=SYSTEM,
            on=day,
            federation=city,
            people=people,
            value=Decimal("1200"),
            expires_on=day + timedelta(days=180),
            package=package,
        )

    issue(others[:3], on - timedelta(days=400))
    [mine, first, *_rest] = issue([person, *others[3:]], on)
    vouchers.redeem(by=clerk, on=on, cohort=single, numbers=[mine.number])
    vouchers.cancel(by=SYSTEM, on=on, voucher=first, reason="本人已就业，不再需要")

"""What others say in the demo: public notices with an objection, evaluations by trainees, an inspection with calls."""

from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet

from courses.actions import evaluations, reviews
from courses.models import Cohort, SpotCall
from courses.rules.evaluations import REVIEW_CRITERIA
from goals.demo.accounts import ACCOUNTS
from registry.actions import notices, objections
from registry.models import Account, Federation, TrainingBase
from registry.queries.actors import actor_for
from registry.requests import today
from registry.rules.access import ANONYMOUS, SYSTEM, Actor
from registry.rules.notices import Item

CITY = "620500"
SPRING = date(2024, 3, 1)
COMMENTS = ("", "", "老师很有耐心。", "希望多一些动手练习。", "教材有语音版就更好了。", "")


def speak(random: Random) -> None:
    """Notices that run and that ended, evaluations that are open and closed."""
    city = Federation.objects.get(region__code=CITY)
    _put_on_notice(city)
    base = TrainingBase.objects.get(name=ACCOUNTS[0].organisation)
    held = Cohort.objects.filter(base=base).order_by("starts_on")
    _evaluate(random, held.filter(state__in=("completed", "closed")))
    for cohort in Cohort.objects.filter(state="running").order_by("pk")[:1]:
        evaluations.open_evaluation(
            by=SYSTEM, on=today(), cohort=cohort, closes_on=today() + timedelta(days=10)
        )


def _put_on_notice(city: Federation) -> None:
    """One that ended in spring with an objection that was answered, and one that anyone may object to now."""
    bases = list(TrainingBase.objects.filter(region__path__startswith=city.region.path).order_by("pk")[:4])
    ended = notices.publish(
        by=_actor("city"),
        on=SPRING,
        federation=city,
        kind="accreditation",
        title="2024年第一批拟认定培训机构名单",
        intro="经实地考察和评审，拟认定下列机构。有不同意见的，请在公示期内提出。",
        items=[Item(base, base.public_name, "拟认定为培训基地，有效期三年") for base in bases],
    )
    objection = objections.make(
        by=ANONYMOUS,
        on=SPRING + timedelta(days=2),
        notice=ended,
        item=ended.items.get(position=1),
        text="听说这家学校没有无障碍卫生间。",
    )
    objections.answer(
        by=_actor("approver"),
        on=SPRING + timedelta(days=5),
        objection=objection,
        is_upheld=False,
        answer="已到现场核查：一楼有无障碍卫生间，门宽和扶手符合要求。",
    )
    cohorts = Cohort.objects.filter(region__path__startswith=city.region.path)
    running = notices.publish(
        by=_actor("city"),
        on=today(),
        federation=city,
        kind="project",
        title="拟补助的职业技能培训班名单",
        intro="下列培训班已经备案，拟给予补助。有不同意见的，请在公示期内提出。",
        items=[
            Item(cohort, cohort.name, cohort.base.public_name)
            for cohort in cohorts.select_related("base").order_by("-starts_on", "pk")[:6]
        ],
    )
    objections.make(
        by=ANONYMOUS,
        on=today(),
        notice=running,
        item=running.items.get(position=2),
        text="这个班的培训地点写错了。",
    )


def _evaluate(random: Random, cohorts: QuerySet[Cohort]) -> None:
    """Most of a class answered each time; the first class was inspected, and one of those drawn has been called."""
    for number, cohort in enumerate(cohorts):
        on = cohort.ends_on
        evaluation = evaluations.open_evaluation(
            by=SYSTEM, on=on, cohort=cohort, closes_on=on + timedelta(days=14)
        )
        codes = evaluations.print_slips(by=SYSTEM, on=on, evaluation=evaluation)
        for code in codes[: len(codes) * 3 // 4]:
            marks = {
                question["key"]: random.choice((5, 5, 4, 4, 4, 3, 2)) for question in evaluation.questions
            }
            comment = random.choice(COMMENTS)
            evaluations.answer(by=ANONYMOUS, on=on, code=code, marks=marks, comment=comment)
        if number == 0:
            _inspect(random, cohort, on)


def _inspect(random: Random, cohort: Cohort, on: date) -> None:
    review = reviews.record(
        by=SYSTEM,
        on=on,
        cohort=cohort,
        kind="inspection",
        reviewed_on=on,
        reviewer="马建国",
        marks={key: random.choice((4, 5)) for key in REVIEW_CRITERIA["inspection"]},
        findings="到课人数与考勤一致，教具充足。建议增加语音教材。",
    )
    first = SpotCall.objects.filter(review=review).earliest("pk")
    reviews.record_call(
        by=SYSTEM, on=on, call=first, result="confirmed", note="上了全部课程，学会了基本手法。"
    )


def _actor(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username), on=today())

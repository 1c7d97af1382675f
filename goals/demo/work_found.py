"""What becomes of the demo's people after the training: work found and lost, questions asked, services done."""

from datetime import date, timedelta
from random import Random

from courses.actions import abilities, counsellors, employment, follow_ups, service_records
from courses.models import Cohort, EmploymentSpell, Enrolment, FollowUp
from courses.models.enrolments import Outcome
from courses.rules.employment import NewSpell
from goals.demo.accounts import ACCOUNTS
from registry.models import Account, Person
from registry.models.standing import Employment
from registry.rules.access import SYSTEM

LATER = date(2024, 10, 8)
COUNTY = "620502"
FOUND_WORK, LEFT_AGAIN = 0.42, 0.2
ANSWERED = 60
_JOBS = (
    ("concentrated", "", "福利印刷有限公司", "装订工", "fixed_term", "base"),
    ("quota", "", "惠民超市有限公司", "理货员", "fixed_term", "job_fair"),
    ("public_welfare", "", "街道办事处", "保洁员", "fixed_term", "federation"),
    ("massage", "", "康盲按摩店", "按摩师", "labour_service", "base"),
    ("home_based", "", "", "手工编织", "none", "base"),
    ("farming", "", "", "种植", "", "self"),
    ("self_employed", "", "", "小吃店", "", "self"),
    ("new_form", "livestreaming", "", "主播", "none", "order"),
    ("new_form", "cloud_service", "云上客服有限公司", "客服", "part_time", "order"),
)


def go_on() -> None:
    """Work for some trainees of every class, a counsellor for one county, answers to some of what is due."""
    random = Random(20241008)  # noqa: S311  # invented lives, not secrets
    for cohort in Cohort.objects.filter(state="completed").select_related("region").order_by("pk"):
        _place(random, cohort)
    people = list(Person.objects.filter(region__code=COUNTY).select_related("region").order_by("pk"))
    account = Account.objects.get(username=next(one.username for one in ACCOUNTS if one.role == "counsellor"))
    counsellors.assign(by=SYSTEM, on=LATER - timedelta(days=200), people=people, counsellor=account)
    _serve(people)
    follow_ups.make_due(on=LATER)
    _ask(random)


def _place(random: Random, cohort: Cohort) -> None:
    """Who completed and had no work: some find it within months, some of them leave it again."""
    completed = Enrolment.objects.filter(cohort=cohort, outcome=Outcome.COMPLETED).exclude(
        employment=Employment.EMPLOYED
    )
    # Who trains on is not placed yet: later they enrol as unemployed.
    completed = completed.exclude(person__enrolments__cohort__starts_on__gt=cohort.starts_on)
    spells = {}
    for enrolment in completed:
        if random.random() < FOUND_WORK:
            form, new_form, employer, post, contract, found = random.choice(_JOBS)
            started_on = cohort.ends_on + timedelta(days=random.randrange(3, 170))
            left = random.random() < LEFT_AGAIN
            spells[enrolment.pk] = NewSpell(
                form=form,
                new_form=new_form,
                employer_name=employer,
                post=post,
                contract=contract,
                found_through=found,
                started_on=started_on,
                ended_on=started_on + timedelta(days=random.randrange(20, 200)) if left else None,
                end_reason="resigned" if left else "",
            )
    on = max(LATER, cohort.ends_on + timedelta(days=400))
    employment.record_cohort(by=SYSTEM, on=on, cohort=cohort, spells=spells)


def _ask(random: Random) -> None:
    """Some of one county's questions, the oldest first; each answer closes all that is due to the person."""
    asked: set[int] = set()
    rows = FollowUp.objects.filter(person__region__code=COUNTY).select_related("person").order_by("due_on")
    for question in rows:
        if len(asked) == ANSWERED:
            break
        if question.person_id in asked:
            continue
        asked.add(question.person_id)
        works = EmploymentSpell.objects.in_force(LATER).filter(person=question.person_id).exists()
        answer = "employed" if works else "unemployed"
        follow_ups.record(
            by=SYSTEM,
            on=LATER,
            follow_up=question,
            contacted_on=LATER - timedelta(days=random.randrange(30)),
            channel="phone",
            result=answer if random.random() < 0.85 else "unreachable",
        )


def _serve(people: list[Person]) -> None:
    """A round of verification in one county, and a few of everything else."""
    service_records.record_many(
        by=SYSTEM, on=LATER, people=people[::2], kind="verification", day=date(2024, 3, 20)
    )
    for number, person in enumerate(people[:8]):
        abilities.record(
            by=SYSTEM,
            on=LATER,
            person=person,
            assessed_on=date(2024, 4, 9),
            assessor="区残疾人就业服务中心",
            conclusion="可以独立上班，宜坐姿作业；需要读屏软件。",
        )
        service_records.record(
            by=SYSTEM,
            on=LATER,
            person=person,
            kind="referral",
            day=date(2024, 4, 9),
            summary="市里的电商客服班",
        )
        service_records.record_graduation(
            by=SYSTEM,
            on=LATER,
            person=person,
            graduated_on=date(2023 - number % 2, 6, 30),
            level="junior_college",
            school="天水职业技术学院",
        )

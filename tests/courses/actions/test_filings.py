"""What a filing must hold, how it goes back and comes in again, its budget, its masters, and the next run."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from courses.actions import cohorts, filings, sessions
from courses.actions.filings import NewLine
from courses.errors import CohortFrozen, FilingIncomplete, NotInCohort, ReasonMissing
from courses.models import Cohort, CohortMove
from courses.queries.filings import budget_of, judged
from courses.rules.filings import Status, Task
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, bring_to, enrolled, sessions_of
from tests.courses.filing_factories import BUDGET, a_filing
from tests.registry.factories import a_federation, a_uscc, an_actor

pytestmark = pytest.mark.django_db


def status_of(cohort: Cohort, task: Task) -> Status:
    return next(one.status for one in judged(Cohort.objects.get(pk=cohort.pk)) if one.task is task)


def test_a_base_cannot_submit_what_is_not_complete(today: date) -> None:
    cohort = a_cohort()
    with pytest.raises(FilingIncomplete) as refusal:
        cohorts.move_to(by=an_actor("base_manager", cohort.base), on=today, cohort=cohort, state="submitted")
    assert refusal.value.facts["missing"] == [
        "filing_no_planned_trainees",
        "filing_no_venue",
        "filing_no_timetable",
        "filing_no_trainer",
        "filing_no_budget",
    ]
    assert Cohort.objects.get(pk=cohort.pk).state == "draft"


def test_a_complete_filing_goes_in_and_its_moves_are_kept_with_who_when_and_why(today: date) -> None:
    cohort = a_filing()
    clerk, approver = an_actor("base_manager", cohort.base), an_actor("approver", a_federation("620500"))
    cohorts.move_to(by=clerk, on=today, cohort=cohort, state="submitted", reason="晚交因换场地")
    cohorts.move_to(
        by=approver, on=today, cohort=cohort, state="returned", task_reasons={"budget": "场地费没有列"}
    )
    told = [(move.before, move.after, move.reason, move.task_reasons) for move in cohort.moves.all()]
    assert told == [
        ("draft", "submitted", "晚交因换场地", {}),
        ("submitted", "returned", "", {"budget": "场地费没有列"}),
    ]
    assert [move.actor_id for move in cohort.moves.all()] == [clerk.account_id, approver.account_id]


def test_what_the_approver_wants_mended_is_answered_when_its_task_is_saved(today: date) -> None:
    cohort = a_filing()
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="submitted")
    reasons = {
        "budget": "场地费没有列",
        "particulars": "地点写到楼层",
        "timetable": "周末不上课",
        "roster": "名单不全",
    }
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="returned", task_reasons=reasons)
    assert {status_of(cohort, Task(task)) for task in reasons} == {Status.MEND}
    filings.set_budget(by=SYSTEM, on=today, cohort=cohort, lines=BUDGET)
    cohorts.edit(by=SYSTEM, on=today, cohort=cohort, venue="文化路1号3楼")
    enrolled(cohort)
    assert Cohort.objects.get(pk=cohort.pk).to_mend == {"timetable": "周末不上课"}
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="submitted")
    assert Cohort.objects.get(pk=cohort.pk).to_mend == {}


@pytest.mark.parametrize("reasons", [{}, {"budget": "  "}])
def test_a_return_says_why_for_the_whole_or_for_a_task(today: date, reasons: dict[str, str]) -> None:
    cohort = a_cohort(state="submitted")
    with pytest.raises(ReasonMissing):
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="returned", task_reasons=reasons)


@pytest.mark.parametrize(("state", "task"), [("approved", "budget"), ("returned", "nothing")])
def test_only_a_return_speaks_of_tasks_and_only_of_those_there_are(
    today: date, state: str, task: str
) -> None:
    cohort = a_cohort(state="submitted")
    with pytest.raises(InvalidInput):
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state=state, task_reasons={task: "改"})
    assert Cohort.objects.get(pk=cohort.pk).state == "submitted"


def test_a_budget_is_set_as_a_whole_and_adds_up(today: date) -> None:
    cohort = a_filing()
    more = [*BUDGET, NewLine("insurance", Decimal("900"), "fiscal")]
    filings.set_budget(by=SYSTEM, on=today, cohort=cohort, lines=more)
    budget = budget_of(Cohort.objects.get(pk=cohort.pk))
    assert budget.total == Decimal("16500.50")
    assert budget.per_trainee == Decimal("550.02")
    assert dict(budget.by_source) == {"残疾人就业保障金": Decimal("15600.50"), "财政专项资金": Decimal("900")}
    assert AuditEvent.objects.filter(verb="cohort.budgeted").first().facts["before"] == "15600.50"


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1E+20", "NaN", "Infinity"])
def test_an_amount_that_is_no_money_is_refused(today: date, amount: str) -> None:
    line = NewLine("venue", Decimal(amount), "fiscal")
    with pytest.raises(InvalidInput) as refusal:
        filings.set_budget(by=SYSTEM, on=today, cohort=a_cohort(), lines=[line])
    assert refusal.value.facts["fields"] == {"amount-venue": "money_invalid"}


def test_an_item_is_charged_to_one_source_once(today: date) -> None:
    twice = [NewLine("venue", Decimal("5"), source) for source in ("fiscal", "social")]
    with pytest.raises(InvalidInput):
        filings.set_budget(by=SYSTEM, on=today, cohort=a_cohort(), lines=twice)


def test_the_budget_of_a_filing_under_review_stands_still(today: date) -> None:
    cohort = a_cohort(state="submitted")
    with pytest.raises(CohortFrozen):
        filings.set_budget(by=SYSTEM, on=today, cohort=cohort, lines=BUDGET)
    with pytest.raises(NotPermitted):
        filings.set_budget(by=an_actor("approver"), on=today, cohort=cohort, lines=BUDGET)


def test_every_apprentice_of_a_class_has_a_master_before_it_goes_in(today: date) -> None:
    cohort = a_filing(organisation_mode="apprenticeship")
    first, second = enrolled(cohort, 2)
    clerk = an_actor("base_manager", cohort.base)
    filings.set_masters(by=clerk, on=today, cohort=cohort, masters={first.pk: "赵师傅"})
    with pytest.raises(FilingIncomplete) as refusal:
        cohorts.move_to(by=clerk, on=today, cohort=cohort, state="submitted")
    assert refusal.value.facts["missing"] == ["filing_without_master"]
    changed = filings.set_masters(
        by=clerk, on=today, cohort=cohort, masters={first.pk: "赵师傅", second.pk: "赵师傅"}
    )
    assert changed == 1
    assert cohorts.move_to(by=clerk, on=today, cohort=cohort, state="submitted").state == "submitted"


def test_masters_are_for_trainees_of_the_cohort(today: date) -> None:
    [stranger] = enrolled(a_cohort())
    with pytest.raises(NotInCohort):
        filings.set_masters(by=SYSTEM, on=today, cohort=a_cohort(), masters={stranger.pk: "赵师傅"})


def test_a_cohort_ordered_by_four_says_who_ordered_chose_and_paid(today: date) -> None:
    cohort = a_filing(procurement_mode="four_order")
    assert status_of(cohort, Task.ORDERS) is Status.MISSING
    cohorts.edit(
        by=SYSTEM,
        on=today,
        cohort=cohort,
        ordering_employer="天水某电子商务公司",
        ordering_uscc=a_uscc(7, kind="91"),
        trainee_choice="就业需求登记时选定",
        payer="秦州区残联",
    )
    assert status_of(cohort, Task.ORDERS) is Status.DONE


def test_a_company_has_a_right_code_or_none(today: date) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_cohort(placement_employer="天水某公司", placement_uscc="91620502MA000000")
    assert refusal.value.facts["fields"] == {"placement_uscc": "uscc_length"}


def test_a_cohort_without_a_name_is_called_by_year_course_and_number() -> None:
    first = a_cohort(name="")
    second = a_cohort(course=first.course, name="")
    assert first.name == f"{first.starts_on.year}年{first.course.name}第1期"
    assert second.name == f"{first.starts_on.year}年{first.course.name}第2期"


def test_the_next_run_takes_everything_along_and_shifts_the_timetable(today: date) -> None:
    cohort = a_filing(name="2024年直播销售第9期", venue_kind="employer", programme_model="")
    starts_on = cohort.starts_on + timedelta(days=28)
    made = filings.copy(
        by=an_actor("base_manager", cohort.base), on=today, cohort=cohort, starts_on=starts_on
    )
    assert (made.name, made.state) == ("2024年直播销售第10期", "draft")
    assert made.ends_on - made.starts_on == cohort.ends_on - cohort.starts_on
    assert made.venue_kind == "employer"
    shift = timedelta(days=28)
    before = [(session.on + shift, session.part, session.hours) for session in cohort.sessions.all()]
    assert [(session.on, session.part, session.hours) for session in made.sessions.all()] == before
    assert budget_of(made).total == budget_of(cohort).total
    assert list(made.trainers.all()) == list(cohort.trainers.all())
    assert made.enrolments.count() == 0
    assert cohorts.move_to(by=SYSTEM, on=today, cohort=made, state="submitted").state == "submitted"


def test_who_joins_late_keeps_the_reason(today: date) -> None:
    cohort = a_cohort(state="running")
    [late] = enrolled(cohort)
    assert late.joined_late_reason == "补录"
    early = cohort.enrolments.exclude(pk=late.pk).get()
    assert early.joined_late_reason == ""


def test_a_cohort_of_one_at_home_needs_no_address(today: date) -> None:
    cohort = a_filing(organisation_mode="one_to_one", procurement_mode="home_based", venue_kind="home")
    cohorts.edit(by=SYSTEM, on=today, cohort=cohort, venue="", planned_trainees=1)
    clerk = an_actor("base_manager", cohort.base)
    assert cohorts.move_to(by=clerk, on=today, cohort=cohort, state="submitted").state == "submitted"


def test_every_move_of_a_life_is_kept() -> None:
    cohort = bring_to(a_cohort(), "running")
    kept = CohortMove.objects.filter(cohort=cohort).values_list("after", flat=True)
    assert list(kept) == ["submitted", "approved", "enrolling", "running"]


def test_a_session_taken_out_answers_a_remark_on_the_timetable(today: date) -> None:
    cohort = a_cohort()
    sessions_of(cohort)
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="submitted")
    cohorts.move_to(
        by=SYSTEM, on=today, cohort=cohort, state="returned", task_reasons={"timetable": "国庆不上课"}
    )
    sessions.remove_session(by=SYSTEM, on=today, session=cohort.sessions.first())
    assert Cohort.objects.get(pk=cohort.pk).to_mend == {}

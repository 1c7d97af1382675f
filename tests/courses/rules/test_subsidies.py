from datetime import date
from decimal import Decimal

import pytest

from courses.rules.subsidies import Facts, Terms, judge, months_between, problems

TODAY = date(2024, 6, 3)


@pytest.mark.parametrize(("basis", "expected"), [("head", "50.00"), ("day", "500.00"), ("hour", "2000.00")])
def test_a_rate_is_paid_by_head_by_day_or_by_hour(basis, expected):
    assert Terms(basis, Decimal("50")).amount(days=10, hours=40, cases=()) == Decimal(expected)


def test_a_cap_limits_one_persons_sum():
    assert Terms("day", Decimal("50"), cap=Decimal("300")).amount(days=10, hours=0, cases=()) == 300


def test_shares_of_all_cases_that_apply_multiply_and_are_rounded_half_up_to_the_fen():
    terms = Terms("head", Decimal("333.33"), shares={"blended": 70, "unemployed": 60})
    assert terms.amount(days=0, hours=0, cases={"blended", "unemployed"}) == Decimal("140.00")
    assert terms.amount(days=0, hours=0, cases={"blended"}) == Decimal("233.33")
    assert terms.amount(days=0, hours=0, cases={"offline", "employed"}) == Decimal("333.33")
    assert Terms("head", Decimal("0.05"), shares={"online": 50}).amount(
        days=0, hours=0, cases={"online"}
    ) == Decimal("0.03")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 6, 3), TODAY, 12),
        (date(2023, 6, 4), TODAY, 11),
        (date(2024, 1, 31), date(2024, 2, 29), 0),
        (date(2024, 1, 31), date(2024, 3, 1), 1),
    ],
)
def test_months_count_when_they_are_whole(start, end, months):
    assert months_between(start, end) == months


@pytest.mark.parametrize(
    ("condition", "asked", "good", "bad"),
    [
        ("completed", True, Facts(TODAY, completed=True), Facts(TODAY)),
        ("attendance_at_least", 80, Facts(TODAY, attendance_percent=80), Facts(TODAY, attendance_percent=79)),
        (
            "certificate_families",
            ["qualification"],
            Facts(TODAY, families=frozenset({"qualification"})),
            Facts(TODAY, families=frozenset({"completion"})),
        ),
        ("first_certificate", True, Facts(TODAY), Facts(TODAY, has_earlier_certificate=True)),
        (
            "months_in_business",
            12,
            Facts(TODAY, business_since=date(2023, 6, 3)),
            Facts(TODAY, business_since=date(2023, 6, 4)),
        ),
        ("first_business", True, Facts(TODAY), Facts(TODAY, has_earlier_business=True)),
    ],
)
def test_each_condition_is_met_or_not(condition, asked, good, bad):
    assert [one.met for one in judge({condition: asked}, good)] == [True]
    [finding] = judge({condition: asked}, bad)
    assert (finding.condition, finding.met, finding.asked) == (condition, False, asked)


def test_what_a_scheme_does_not_ask_is_not_judged():
    assert judge({"completed": False, "once_in_life": True}, Facts(TODAY)) == []


def test_a_certificate_of_completion_never_qualifies_for_the_appraisal_subsidy():
    assert problems("appraisal", {}) == {"certificate_families": "scheme_families_missing"}
    listed = {"certificate_families": ["qualification", "completion"]}
    assert problems("appraisal", listed) == {"certificate_families": "scheme_completion_listed"}
    assert problems("training_fee", listed) == {}


def test_conditions_of_another_name_or_type_are_refused():
    wrong = {"colour": True, "months_in_business": True, "attendance_at_least": 0, "completed": 1}
    assert set(problems("startup", wrong)) == set(wrong)

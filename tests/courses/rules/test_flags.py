"""Each check with an innocent case, a guilty one, and what lies on the threshold."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.flags import (
    OF_TRAINEES,
    Check,
    CohortFacts,
    SessionFacts,
    Sign,
    TraineeFacts,
    signs,
)

START, END = date(2024, 3, 1), date(2024, 3, 28)
COHORT = CohortFacts(START, END)


def found(cohort: CohortFacts) -> dict[Check, Sign]:
    return {sign.check: sign for sign in signs(cohort)}


def of_one(**facts) -> dict[Check, Sign]:
    """The signs of an otherwise innocent cohort with one such trainee."""
    return found(replace(COHORT, trainees=[TraineeFacts(7, **facts)]))


def class_of(count: int, **facts) -> list[TraineeFacts]:
    return [TraineeFacts(number, **facts) for number in range(count)]


def days(count: int, **facts) -> list[SessionFacts]:
    given = {"hours": 4, "is_recorded": True} | facts
    return [SessionFacts(START + timedelta(days=day), **given) for day in range(count)]


def test_an_innocent_cohort_shows_nothing():
    trainees = [TraineeFacts(number, score=Decimal(60 + number), phone=f"{number}") for number in range(9)]
    cohort = replace(COHORT, is_over=True, course_hours=20, trainees=trainees, sessions=days(5))
    assert not found(cohort)


def test_who_is_out_of_working_age_is_asked_about_unless_the_class_admits_any_age():
    sign = of_one(age=62, in_working_age=False)[Check.OUT_OF_WORKING_AGE]
    assert sign == Sign(Check.OUT_OF_WORKING_AGE, 7, {"age": 62, "starts_on": "2024-03-01"})
    old = [TraineeFacts(7, age=62, in_working_age=False)]
    assert not found(replace(COHORT, any_age=True, trainees=old))
    assert not of_one(age=59)


def test_who_still_went_to_school_is_asked_about():
    assert Check.STUDENT_AT_START in of_one(is_student=True)


def test_who_worked_on_the_first_day_is_asked_about_when_the_roster_said_otherwise():
    assert Check.EMPLOYED_AT_START in of_one(employed=True)
    assert not of_one(employed=True, said_unemployed=False)
    working = [TraineeFacts(7, employed=True)]
    assert not found(replace(COHORT, for_the_unemployed=False, trainees=working))


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (date(2024, 2, 1), START, True),
        (date(2024, 2, 1), START - timedelta(days=1), False),
        (START, END, True),
        (END, date(2024, 4, 30), True),
        (END + timedelta(days=1), date(2024, 4, 30), False),
    ],
)
def test_two_classes_meet_when_they_share_a_day(first, last, meets):
    assert (Check.TWO_COHORTS_AT_ONCE in of_one(earlier=[("earlier00001", first, last)])) is meets


def test_the_third_class_of_a_year_is_asked_about():
    assert not of_one(nth_this_year=2)
    assert of_one(nth_this_year=3)[Check.MANY_COHORTS_A_YEAR].evidence == {"count": 3, "year": 2024}


def test_a_certificate_before_the_last_session_is_too_early():
    last = days(5)[-1].on
    for issued_on, early in ((last - timedelta(days=1), True), (last, False), (None, False)):
        cohort = replace(COHORT, trainees=[TraineeFacts(7, certified_on=issued_on)], sessions=days(5))
        assert (Check.CERTIFICATE_TOO_EARLY in found(cohort)) is early
    assert Check.CERTIFICATE_TOO_EARLY in of_one(certified_on=END - timedelta(days=1))


def test_a_trainer_or_a_room_in_two_sessions_at_once_is_asked_about():
    clashing = [*days(2, trainer_clashes=["other0000002"]), *days(1, room_clashes=["other0000001"])]
    signs_of_it = found(replace(COHORT, sessions=clashing))
    assert signs_of_it[Check.TRAINER_TWICE].evidence == {
        "days": ["2024-03-01", "2024-03-02"],
        "cohorts": ["other0000002"],
    }
    assert signs_of_it[Check.ROOM_TWICE].evidence["cohorts"] == ["other0000001"]


def test_a_day_longer_than_the_local_standard_is_asked_about_and_its_sessions_add_up():
    at_the_limit = [SessionFacts(START, 4), SessionFacts(START, 4)]
    assert not found(replace(COHORT, sessions=at_the_limit))
    too_long = [*at_the_limit, SessionFacts(START, 1)]
    assert found(replace(COHORT, sessions=too_long))[Check.LONG_DAYS].evidence == {
        "days": ["2024-03-01"],
        "most": 9,
        "limit": 8,
    }
    assert not found(replace(COHORT, hours_per_day=9, sessions=too_long))


def test_hours_are_cut_when_a_cohort_is_over_and_fewer_were_held_than_planned():
    held = replace(COHORT, is_over=True, course_hours=24, sessions=days(5))
    assert found(held)[Check.HOURS_CUT].evidence == {"held": 20, "planned": 24}
    assert not found(replace(held, course_hours=20))
    assert not found(replace(held, is_over=False))


def test_a_make_up_and_a_session_without_attendance_add_no_hours():
    sessions = [*days(4), *days(1, is_make_up=True), *days(1, is_recorded=False)]
    cohort = replace(COHORT, is_over=True, course_hours=20, sessions=sessions)
    assert found(cohort)[Check.HOURS_CUT].evidence["held"] == 16


def test_attendance_in_which_nobody_was_ever_missing_is_asked_about_from_five_on():
    full = replace(COHORT, trainees=class_of(5), sessions=days(5, all_there=True))
    assert Check.NOBODY_EVER_MISSED in found(full)
    assert not found(replace(full, trainees=class_of(4)))
    assert not found(replace(full, sessions=days(4, all_there=True)))
    assert not found(replace(full, sessions=[*days(4, all_there=True), *days(1)]))


def test_one_more_full_session_is_no_other_evidence_but_twice_as_many_are():
    def evidence(count: int) -> dict:
        cohort = replace(COHORT, trainees=class_of(5), sessions=days(count, all_there=True))
        return found(cohort)[Check.NOBODY_EVER_MISSED].evidence

    assert evidence(5) == evidence(9) != evidence(10) == evidence(19) != evidence(20)


def test_attendance_written_more_than_a_week_after_the_session_is_late():
    week = [SessionFacts(START, 4, is_recorded=True, recorded_on=START + timedelta(days=7))]
    assert not found(replace(COHORT, sessions=week))
    more = [SessionFacts(START, 4, is_recorded=True, recorded_on=START + timedelta(days=8))]
    assert found(replace(COHORT, sessions=more))[Check.RECORDED_LATE].evidence["days"] == ["2024-03-01"]
    unknown = [SessionFacts(START, 4, is_recorded=True)]
    assert not found(replace(COHORT, sessions=unknown))


def test_equal_scores_are_asked_about_from_five_on():
    equal = class_of(5, score=Decimal("88.0"))
    assert Check.ALL_SCORES_EQUAL in found(replace(COHORT, trainees=equal))
    assert not found(replace(COHORT, trainees=equal[:4]))
    assert not found(replace(COHORT, trainees=[*equal, TraineeFacts(9, score=Decimal(87))]))


def test_three_trainees_with_one_phone_are_asked_about_and_a_couple_is_not():
    assert not found(replace(COHORT, trainees=class_of(2, phone="13900000000")))
    assert found(replace(COHORT, trainees=class_of(3, phone="13900000000")))[Check.SHARED_PHONE].evidence == {
        "trainees": 3,
        "phones": 1,
    }
    assert not found(replace(COHORT, trainees=class_of(9)))


def test_jobs_at_one_employer_are_asked_about_when_nobody_has_a_contract():
    placed = class_of(5, placed=True, employer="某某公司")
    check = Check.ONE_EMPLOYER_NO_CONTRACT
    assert check in found(replace(COHORT, trainees=placed))
    assert not found(replace(COHORT, trainees=placed[:4]))
    assert not found(replace(COHORT, trainees=[*placed, TraineeFacts(9, placed=True, employer="另一家")]))
    assert not found(replace(COHORT, trainees=[*placed, TraineeFacts(9, placed=True)]))
    signed = TraineeFacts(9, placed=True, employer="某某公司", has_contract=True)
    assert not found(replace(COHORT, trainees=[*placed, signed]))


def test_a_base_where_everybody_always_passes_is_asked_about_after_five_classes():
    check = Check.EVERYBODY_ALWAYS_PASSES
    assert found(replace(COHORT, passed_lately=[(9, 9)] * 5))[check].evidence == {
        "cohorts": 5,
        "trainees": 45,
    }
    assert not found(replace(COHORT, passed_lately=[(9, 9)] * 4))
    assert not found(replace(COHORT, passed_lately=[*[(9, 9)] * 5, (9, 8)]))
    assert not found(replace(COHORT, passed_lately=[(0, 0)] * 9))


def test_a_base_where_everybody_is_always_satisfied_is_asked_about_after_five_classes():
    check = Check.ALWAYS_FULLY_SATISFIED
    assert check in found(replace(COHORT, satisfied_lately=[Decimal(100)] * 5))
    assert not found(replace(COHORT, satisfied_lately=[Decimal(100)] * 4))
    assert not found(replace(COHORT, satisfied_lately=[*[Decimal(100)] * 5, Decimal("99.9")]))


def test_a_base_without_a_plaque_a_wrong_code_and_a_charge_are_asked_about():
    assert Check.NOT_ACCREDITED_AT_START in found(replace(COHORT, is_accredited=False))
    assert found(replace(COHORT, uscc_wrong=["base"]))[Check.USCC_INVALID].evidence == {"whose": ["base"]}
    assert found(replace(COHORT, charge=Decimal("0.01")))[Check.CHARGED].evidence == {"amount": "0.01"}


DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
CODES = st.lists(st.text("abc123", min_size=1, max_size=12), max_size=3)
MONEY = st.decimals(0, 10**9, places=2)
TRAINEES = st.builds(
    TraineeFacts,
    enrolment=st.integers(1, 10**9),
    age=st.integers(0, 120),
    phone=st.sampled_from(["", "1", "2"]),
    score=st.none() | st.decimals(0, 100, places=1),
    earlier=st.lists(st.tuples(st.just("a"), DAYS, DAYS), max_size=3),
    nth_this_year=st.integers(1, 9),
    employer=st.sampled_from(["", "甲", "乙"]),
    certified_on=st.none() | DAYS,
)
SESSIONS = st.builds(
    SessionFacts,
    on=DAYS,
    hours=st.integers(1, 12),
    recorded_on=st.none() | DAYS,
    trainer_clashes=CODES,
    room_clashes=CODES,
)
COHORTS = st.builds(
    CohortFacts,
    starts_on=DAYS,
    ends_on=DAYS,
    course_hours=st.integers(0, 3000),
    hours_per_day=st.integers(1, 24),
    uscc_wrong=st.lists(st.sampled_from(["base", "employer"]), max_size=3),
    charge=MONEY,
    trainees=st.lists(TRAINEES, max_size=12, unique_by=lambda one: one.enrolment),
    sessions=st.lists(SESSIONS, max_size=12),
    passed_lately=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
    satisfied_lately=st.lists(st.decimals(0, 100, places=1), max_size=12),
)


@given(COHORTS)
def test_no_records_make_the_checks_fail_and_each_sign_can_be_kept_and_shown_once(cohort):
    enrolments = {trainee.enrolment for trainee in cohort.trainees}
    seen = set()
    for sign in signs(cohort):
        assert json.loads(json.dumps(sign.evidence)) == sign.evidence
        assert (sign.enrolment in enrolments) is (sign.check in OF_TRAINEES)
        assert (sign.check, sign.enrolment) not in seen
        seen.add((sign.check, sign.enrolment))

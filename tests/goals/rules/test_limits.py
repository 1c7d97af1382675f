"""Where a measure begins, at the limit itself: what random registries seldom meet."""

from datetime import date, timedelta

import pytest

from courses.rules.rates import Terms
from goals.rules.facts import Card as DisabilityCard
from goals.rules.facts import Facts, Hard, Need, Proof, Relative, Span, Status, Work
from goals.rules.tallies import counted
from registry.rules.citizen_ids import Sex

YEAR = Span(date(2024, 1, 1), date(2024, 12, 31), date(2024, 6, 3))
TERMS = Terms(180, 6)
MARCH = date(2024, 3, 1)


def measures(*, sex: Sex = Sex.MALE, birth_date: date = date(1985, 3, 15), **known: object) -> dict[str, int]:
    found = counted(Facts(sex=sex, birth_date=birth_date, **known), YEAR, TERMS)  # type: ignore[arg-type]
    return dict(found.counts) if found else {}


def job(pk: int, form: str = "flexible", on: date = MARCH, through: str = "", recorded: int = 0) -> Work:
    return Work(pk, on, None, form=form, found_through=through, recorded_on=on + timedelta(days=recorded))


@pytest.mark.parametrize(("terms", "over"), [(2, 0), (3, 1)])
def test_two_terms_of_public_welfare_are_allowed(terms: int, over: int) -> None:
    jobs = [job(n, "public_welfare", date(2015 + n, 1, 1)) for n in range(terms)]
    assert measures(jobs=jobs).get("public_welfare_terms_over", 0) == over


@pytest.mark.parametrize(("skills", "employed"), [(1, 0), (2, 1)])
def test_employed_of_those_with_two_skills(skills: int, employed: int) -> None:
    found = measures(
        needs=[Need(MARCH, training_need=True, employable=True)],
        statuses=[Status(date(2023, 1, 1), False), Status(date(2024, 5, 1), True)],
        proofs=[Proof(n, "crafts", MARCH) for n in range(skills)],
    )
    assert (found["members"], found.get("two_employed", 0)) == (1, employed)


@pytest.mark.parametrize(("told", "enough"), [(2, 0), (3, 1)])
def test_three_vacancies_are_enough(told: int, enough: int) -> None:
    found = measures(hardships=[Hard("sudden_household", MARCH, None)], services=[("vacancy", MARCH)] * told)
    assert (found["due_131"], found.get("vacancies_told", 0)) == (1, enough)


@pytest.mark.parametrize(("days", "late"), [(30, 0), (31, 1)])
def test_a_job_is_late_after_thirty_days(days: int, late: int) -> None:
    assert measures(jobs=[job(1, recorded=days)]).get("jobs_late", 0) == late


@pytest.mark.parametrize(("grade", "placed"), [(1, 1), (2, 1), (3, 0)])
def test_household_members_of_the_severely_disabled_count_where_bases_placed_them(
    grade: int, placed: int
) -> None:
    head = Relative(is_rural=True, cards=[DisabilityCard(MARCH, "visual", grade)])
    found = measures(
        is_disabled=False, is_household_member=True, jobs=[job(1, through="base")], relatives=[head]
    )
    assert found.get("rural_base_placed", 0) == placed


def test_the_eve_of_the_first_day_decides_who_is_newly_employed() -> None:
    assert measures(jobs=[job(1)])["newly_employed"] == 1
    before = Work(2, date(2023, 1, 1), MARCH)
    assert "newly_employed" in measures(jobs=[before, job(1, on=MARCH + timedelta(days=1))])
    assert "newly_employed" not in measures(jobs=[before, job(1)]), "the old job employed on the eve"

"""就业转化率 and 稳定率: single cases, and random lives against a reference that walks day by day."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.rules.employment import add_months
from courses.rules.rates import Completion, Job, Rates, Terms, rates

TERMS = Terms(window_days=180, months=6)
START = date(2023, 1, 10)
LATER = date(2024, 6, 3)


def of_one(*jobs: Job, at_start: str = "unemployed", on: date = LATER, **answers: bool) -> Rates:
    """The figures of one person who completed a class on START."""
    told = {int(name[1:]): answer for name, answer in answers.items()}
    everybody, groups = rates([Completion("A", 7, at_start, START)], {7: jobs}, told, TERMS, on=on)
    assert groups.get("A", Rates()) == everybody
    return everybody


def test_work_on_the_last_day_of_the_window_counts_and_a_day_later_does_not() -> None:
    last = START + timedelta(days=180)
    assert of_one(Job(1, last, None)).converted == 1
    assert of_one(Job(1, last + timedelta(days=1), None)).converted == 0


def test_a_window_that_is_open_is_counted_apart_even_with_work() -> None:
    found = of_one(Job(1, START, None), on=START + timedelta(days=179))
    assert (found.closed, found.converted, found.waiting) == (0, 0, 1)
    assert of_one(on=START + timedelta(days=180)).closed == 1


def test_who_was_employed_at_the_start_is_in_no_figure() -> None:
    assert of_one(Job(1, START, None), at_start="employed") == Rates()


def test_who_nobody_asked_at_the_start_is_counted_apart() -> None:
    assert of_one(Job(1, START, None), at_start="") == Rates(unknown_start=1)


def test_work_that_was_over_before_the_completion_does_not_count() -> None:
    assert of_one(Job(1, START - timedelta(days=30), START)).converted == 0
    assert of_one(Job(1, START - timedelta(days=30), START + timedelta(days=1))).converted == 1


def test_the_answer_of_the_follow_up_decides_about_retention() -> None:
    job = Job(1, START, None)
    assert of_one(job, j1=True).retained == 1
    assert of_one(job, j1=False).left == 1


def test_without_an_answer_nobody_knows_and_it_is_neither() -> None:
    found = of_one(Job(1, START, None))
    assert (found.unknown, found.known, found.looked_at) == (1, 0, 1)


def test_a_job_known_to_be_over_is_left_unless_another_goes_on() -> None:
    over = Job(1, START, START + timedelta(days=60))
    assert of_one(over).left == 1
    assert of_one(over, Job(2, START + timedelta(days=70), None)).retained == 1


def test_before_the_months_are_over_it_is_too_early() -> None:
    found = of_one(Job(1, START + timedelta(days=170), None), on=START + timedelta(days=181))
    assert (found.converted, found.early, found.unknown) == (1, 1, 0)


def test_a_person_of_two_classes_counts_once_in_all_and_once_in_each() -> None:
    two = [Completion("A", 7, "unemployed", START), Completion("B", 7, "unemployed", START)]
    everybody, groups = rates(two, {7: [Job(1, START, None)]}, {}, TERMS, on=LATER)
    assert (everybody.closed, everybody.converted) == (1, 1)
    assert [groups[name].converted for name in "AB"] == [1, 1]


# The reference: slow and plain. It looks at every day of a window, and asks each question afresh.


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def at_work(job: Job, day: date) -> bool:
    return job.started_on <= day and not (job.ended_on is not None and job.ended_on <= day)


def reference(
    completions: list[Completion],
    jobs: dict[int, list[Job]],
    answers: dict[int, bool],
    terms: Terms,
    on: date,
) -> Rates:
    figures = dict.fromkeys(Rates.__slots__, 0)
    for person in {one.person for one in completions}:
        own = [one for one in completions if one.person == person and one.at_start != "employed"]
        asked = [one for one in own if one.at_start == "unemployed"]
        ends = {id(one): one.on + timedelta(days=terms.window_days) for one in asked}
        closed = [one for one in asked if ends[id(one)] <= on]
        figures["unknown_start"] += any(one.at_start == "" for one in own)
        figures["waiting"] += any(ends[id(one)] > on for one in asked)
        figures["closed"] += bool(closed)
        found = [
            job
            for one in closed
            for job in jobs.get(person, [])
            if any(at_work(job, day) for day in days(one.on, ends[id(one)]))
        ]
        if not found:
            continue
        figures["converted"] += 1
        first = sorted(found, key=lambda job: (job.started_on, job.pk))[0]
        day = add_months(first.started_on, terms.months)
        if day > on:
            figures["early"] += 1
        elif first.pk in answers:
            figures["retained" if answers[first.pk] else "left"] += 1
        elif at_work(first, day):
            figures["unknown"] += 1
        else:
            others = [job for job in jobs[person] if at_work(job, day)]
            figures["retained" if others else "left"] += 1
    return Rates(**figures)


A_DAY = st.dates(date(2023, 1, 1), date(2024, 12, 31))
GROUPS = "ABC"


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Completion], dict[int, list[Job]], dict[int, bool]]:
    completions = draw(
        st.lists(
            st.builds(
                Completion,
                st.sampled_from(GROUPS),
                st.integers(1, 4),
                st.sampled_from(["unemployed", "unemployed", "employed", ""]),
                A_DAY,
            ),
            max_size=8,
        )
    )
    jobs: dict[int, list[Job]] = {}
    for pk in range(1, draw(st.integers(0, 8)) + 1):
        started_on = draw(A_DAY)
        length = draw(st.none() | st.integers(1, 400))
        ended_on = None if length is None else started_on + timedelta(days=length)
        jobs.setdefault(draw(st.integers(1, 4)), []).append(Job(pk, started_on, ended_on))
    answers = draw(st.dictionaries(st.integers(1, 8), st.booleans(), max_size=4))
    return completions, jobs, answers


@settings(max_examples=300, deadline=None)
@given(lives(), st.integers(1, 250), st.integers(1, 14), st.dates(date(2023, 1, 1), date(2026, 6, 1)))
def test_random_lives_are_counted_as_the_reference_counts_them(
    life: tuple[list[Completion], dict[int, list[Job]], dict[int, bool]], window: int, months: int, on: date
) -> None:
    completions, jobs, answers = life
    terms = Terms(window, months)
    everybody, groups = rates(completions, jobs, answers, terms, on=on)
    assert everybody == reference(completions, jobs, answers, terms, on)
    for group in GROUPS:
        own = [one for one in completions if one.group == group]
        assert groups.get(group, Rates()) == reference(own, jobs, answers, terms, on)

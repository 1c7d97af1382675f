"""The same figures from the raw rows by plain SQL, as one would count them without tallies; and a recount of a sample."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from benchmarks.clock import once
from goals.actions.figures import lock, recount_people, same
from goals.models import FigureTotal, PlanPeriod, Tally
from goals.queries.figures import disagreements
from registry.models import Person

Found = dict[str, tuple[int, ...]]
"""Numbers by the code of the county."""

SAMPLE = 2_000

# Days on which the conditions of the goal may begin to hold, and who is of working age and unemployed on them.
DAYS = """
WITH moments AS (
    SELECT id AS person_id, {first} AS day FROM registry_person
    UNION SELECT person_id, registered_on FROM registry_needregistration WHERE registered_on BETWEEN {first} AND {until}
    UNION SELECT person_id, since FROM registry_employmentstatus WHERE since BETWEEN {first} AND {until}
    UNION SELECT id, {sixteen} FROM registry_person WHERE {sixteen} BETWEEN {first} AND {until}
), free AS (
    SELECT person.id, person.region_id, moments.day,
        (SELECT {need} FROM registry_needregistration need
         WHERE need.person_id = person.id AND need.registered_on <= moments.day
         ORDER BY need.registered_on DESC LIMIT 1) AS needs
    FROM moments
    JOIN registry_person person ON person.id = moments.person_id
    JOIN registry_region region ON region.id = person.region_id
    WHERE person.kind = 'disabled' AND region.path LIKE %(path)s
        AND person.birth_date <= {born_16}
        AND person.birth_date > CASE WHEN person.sex = 'male' THEN {born_60} ELSE {born_55} END
        AND (SELECT held.status FROM registry_employmentstatus held
             WHERE held.person_id = person.id AND held.since <= moments.day
             ORDER BY held.since DESC LIMIT 1) = 'unemployed'
), chosen AS (SELECT DISTINCT id, region_id FROM free WHERE needs)
"""

GOAL = """
, proofs AS (
    SELECT person_id, skill_id FROM certificates_certificate
    WHERE status = 'issued' AND coalesce(first_issued_on, issued_on) <= %(on)s
    UNION ALL
    SELECT person_id, skill_id FROM certificates_externalcertificate
    WHERE verified_on <= %(on)s AND cancelled_on IS NULL AND issued_on <= %(on)s
        AND (valid_until IS NULL OR valid_until >= %(on)s)
), held AS (
    SELECT chosen.id, chosen.region_id, count(DISTINCT proofs.skill_id) AS skills
    FROM chosen LEFT JOIN proofs ON proofs.person_id = chosen.id
    GROUP BY chosen.id, chosen.region_id
)
SELECT region.code, count(*), sum(CASE WHEN skills = 1 THEN 1 ELSE 0 END), sum(CASE WHEN skills >= 2 THEN 1 ELSE 0 END)
FROM held JOIN registry_region region ON region.id = held.region_id
GROUP BY region.code
"""

TRAINED = """
SELECT region.code, count(DISTINCT enrolment.person_id), count(*)
FROM courses_enrolment enrolment
JOIN courses_cohort cohort ON cohort.id = enrolment.cohort_id
JOIN registry_person person ON person.id = enrolment.person_id
JOIN registry_region region ON region.id = person.region_id
WHERE enrolment.outcome = 'completed' AND enrolment.outcome_on <= %(on)s AND person.kind = 'disabled'
    AND cohort.starts_on BETWEEN {first} AND {until} AND region.path LIKE %(path)s
GROUP BY region.code
"""

EMPLOYED = """
SELECT region.code, count(DISTINCT spell.person_id)
FROM courses_employmentspell spell
JOIN registry_person person ON person.id = spell.person_id
JOIN registry_region region ON region.id = person.region_id
WHERE spell.undone_on IS NULL AND spell.started_on BETWEEN {first} AND {until} AND person.kind = 'disabled'
    AND region.path LIKE %(path)s
    AND NOT EXISTS (
        SELECT 1 FROM courses_employmentspell other
        WHERE other.person_id = spell.person_id AND other.undone_on IS NULL AND other.started_on < spell.started_on
            AND (other.ended_on IS NULL OR other.ended_on >= spell.started_on))
    AND coalesce((SELECT held.status FROM registry_employmentstatus held
                  WHERE held.person_id = spell.person_id AND held.since < spell.started_on
                  ORDER BY held.since DESC LIMIT 1), '') <> 'employed'
GROUP BY region.code
"""

FOUR_ONES = """
SELECT region.code, count(*), sum(CASE WHEN
    EXISTS (SELECT 1 FROM courses_servicerecord done WHERE done.person_id = chosen.id
            AND done.kind = 'verification' AND done."on" BETWEEN {first} AND {until})
    AND EXISTS (SELECT 1 FROM courses_servicerecord done WHERE done.person_id = chosen.id
            AND done.kind = 'employment_service' AND done."on" BETWEEN {first} AND {until})
    AND EXISTS (SELECT 1 FROM courses_abilityassessment done WHERE done.person_id = chosen.id
            AND done.assessed_on BETWEEN {first} AND {until})
    AND EXISTS (SELECT 1 FROM registry_needregistration done WHERE done.person_id = chosen.id
            AND done.registered_on BETWEEN {first} AND {until})
    THEN 1 ELSE 0 END)
FROM chosen JOIN registry_region region ON region.id = chosen.region_id
GROUP BY region.code
"""

NAIVE: dict[str, tuple[str, tuple[str, ...]]] = {
    "two_skill_coverage": (
        DAYS.replace("{need}", "training_need AND employable") + GOAL,
        ("members", "one", "two"),
    ),
    "trained_persons, trained_enrolments": (TRAINED, ("trained", "completed")),
    "new_employment": (EMPLOYED, ("newly_employed",)),
    "four_ones_coverage": (
        DAYS.replace("{need}", "employment_need") + FOUR_ONES,
        ("due_services", "four_ones"),
    ),
}
"""What counts an indicator from the raw rows, and the measures that are kept of it."""


def naive(indicator: str, period: PlanPeriod, path: str, *, on: date) -> Found:
    """The numbers of every county under the path, from the raw rows."""
    until = min(period.last_day, on)
    if connection.vendor == "postgresql":
        words = {
            "sixteen": "(birth_date + interval '16 years')::date",
            **{f"born_{age}": f"moments.day - interval '{age} years'" for age in (16, 55, 60)},
        }
        words |= {"first": f"date '{period.first_day}'", "until": f"date '{until}'"}
    else:
        words = {
            "sixteen": "date(birth_date, '+16 years')",
            **{f"born_{age}": f"date(moments.day, '-{age} years')" for age in (16, 55, 60)},
        }
        words |= {"first": f"'{period.first_day}'", "until": f"'{until}'"}
    statement = NAIVE[indicator][0]
    for word, value in words.items():
        statement = statement.replace("{" + word + "}", value)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET work_mem = '256MB'")
        cursor.execute(statement, {"path": path + "%", "on": on})
        return {row[0]: tuple(int(number) for number in row[1:]) for row in cursor.fetchall()}


def kept(indicator: str, period: PlanPeriod, path: str) -> Found:
    rows = FigureTotal.objects.filter(
        period=period, cell="", region__path__startswith=path, region__level="county"
    )
    found = {
        code: tuple(counts.get(name, 0) for name in NAIVE[indicator][1])
        for code, counts in rows.values_list("region__code", "counts")
    }
    return {code: numbers for code, numbers in found.items() if any(numbers)}


def check(province: str, *, on: date) -> dict[str, float]:
    """Whether all that is kept is right; how long plain SQL took for each indicator, in seconds."""
    period = PlanPeriod.objects.get(first_year=2022, last_year=2024)
    taken: dict[str, float] = {}
    for indicator in NAIVE:
        found, taken[indicator] = _timed(
            lambda indicator=indicator: naive(indicator, period, province, on=on)
        )
        right = kept(indicator, period, province)
        found = {code: numbers for code, numbers in found.items() if any(numbers)}
        wrong = {code: (found.get(code), right.get(code)) for code in found.keys() | right.keys()}
        wrong = {code: pair for code, pair in wrong.items() if pair[0] != pair[1]}
        assert not wrong, (indicator, len(wrong), sorted(wrong.items())[:3])
        print(f"{indicator}: {len(right)} counties agree with plain SQL, which took {taken[indicator]:.1f} s")
    once(f"recount of {SAMPLE:,} people drawn at random, as kept", lambda: _sample(on))
    differ = once(
        "sums of all regions and cells, from the tallies", lambda: disagreements(PlanPeriod.objects.all())
    )
    assert not differ, list(differ.items())[:2]
    return taken


def _timed(act: Callable[[], Found]) -> tuple[Found, float]:
    import time

    started = time.perf_counter()
    return act(), time.perf_counter() - started


@transaction.atomic
def _sample(on: date) -> None:
    periods = list(PlanPeriod.objects.all())
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    dice = random.Random(7)
    before, after = recount_people(lock([dice.randrange(1, last + 1) for _ in range(SAMPLE)]), periods, on=on)
    wrong = [key for key in before.keys() | after.keys() if not same(before.get(key), after.get(key))]
    assert not wrong, [(key, before.get(key) and before[key].__dict__, after.get(key) and after[key].__dict__)
                       for key in wrong[:1]]  # fmt: skip


def size() -> str:
    """What was loaded."""
    counts = Counter({"people": Person.objects.count(), "tallies": Tally.objects.count()})
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())

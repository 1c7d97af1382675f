"""Random registries: rows of a few people with everything that figures count, written as they may have come about.

Rows are written without actions: what an action refuses today, a load from an older system may have left. How people
come to such rows by actions, tests/goals/actions/test_counts_are_exact.py tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from certificates.models import Certificate, ExternalCertificate
from certificates.models.external import Family
from courses.models import (
    AbilityAssessment,
    Cohort,
    EmploymentSpell,
    Enrolment,
    FollowUp,
    Graduation,
    ServicePlan,
    ServiceRecord,
    Skill,
)
from courses.models.employment import EmploymentForm
from courses.models.service_records import ServiceKind
from registry.models import (
    DisabilityCertificate,
    EmploymentStatus,
    Evidence,
    HardshipStatus,
    NeedRegistration,
    Person,
    Region,
)
from registry.models.standing import DisabilityCategory
from registry.rules.hardship import Hardship
from tests.courses.factories import a_course, a_skill
from tests.goals.factories import a_signing_key
from tests.registry.factories import a_base, a_region

Row = dict[str, Any]

REGIONS = ["620502", "620599", "620500", "211102", "120101"]
"""A county, a 经开区, people whom the prefecture manages itself, another province, a district straight under its city."""

PERIODS = [(2024, 2025), (2023, 2023), (2024, 2024), (2025, 2025)]
EDGES = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
DAYS_OF_COUNTING = [
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 6, 3),
    date(2025, 1, 1),
    date(2025, 4, 7),
]
BIRTHS = [
    date(1985, 3, 15),
    date(2008, 2, 29),
    date(2008, 6, 4),
    date(1964, 1, 1),
    date(1964, 2, 29),
    date(1969, 6, 3),
    date(1970, 1, 1),
    date(1965, 1, 1),
    date(2012, 5, 1),
    date(1999, 12, 31),
]
# Start, end, and whether it was cancelled: across New Year, long ago, still to come.
COHORTS = [
    (date(2023, 12, 20), date(2024, 1, 20), False),
    (date(2024, 1, 1), date(2024, 1, 10), False),
    (date(2024, 2, 20), date(2024, 3, 10), True),
    (date(2024, 3, 1), date(2024, 5, 1), False),
    (date(2024, 12, 31), date(2025, 1, 31), False),
    (date(2025, 2, 1), date(2025, 2, 28), False),
]
SKILLS = ["livestreaming", "embroidery", "paper-cutting"]

DAY = st.one_of(
    st.sampled_from(EDGES),
    st.integers(0, 700).map(lambda n: date(2023, 6, 1) + timedelta(days=n)),
)
LATER = st.one_of(st.sampled_from([0, 1, 29, 30, 31, 179, 180, 181, 184]), st.integers(0, 400))


def _after(day: date, n: int) -> date:
    return day + timedelta(days=n)


def _rows(most: int, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=most)


_HARDSHIPS = st.sampled_from(sorted(Hardship))

PERSON = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["disabled", "disabled", "disabled", "household_member", "work_injury"]),
        "sex": st.sampled_from(["male", "female"]),
        "birth_date": st.sampled_from(BIRTHS),
        "region": st.sampled_from(REGIONS),
        "residence": st.sampled_from(["", "urban", "rural", "rural"]),
        "described": st.sampled_from(
            [("13800000000", "primary", "汉族"), ("", "primary", "汉族"), ("1", "", "汉族")]
        ),
        "head": st.one_of(st.none(), st.integers(0, 5)),
        "cards": _rows(
            2, day=DAY, category=st.sampled_from(sorted(DisabilityCategory)), grade=st.integers(1, 4)
        ),
        "needs": _rows(
            3,
            day=DAY,
            training=st.sampled_from([True, True, False]),
            work=st.booleans(),
            fit=st.sampled_from([True, True, False]),
        ),
        "statuses": _rows(3, day=DAY, status=st.sampled_from(["unemployed", "unemployed", "employed"])),
        "hardships": _rows(2, kind=_HARDSHIPS, day=DAY, over=st.one_of(st.none(), LATER)),
        "enrolments": _rows(
            3,
            cohort=st.integers(0, len(COHORTS) - 1),
            employment=st.sampled_from(["", "employed", "unemployed", "unemployed"]),
            outcome=st.sampled_from(["pending", "completed", "completed", "completed", "failed", "withdrew"]),
            after=LATER,
            certificate=st.sampled_from(["", "issued", "issued", "suspended", "withdrawn", "replaced"]),
            issued=st.integers(0, 60),
        ),
        "externals": _rows(
            2,
            skill=st.integers(0, len(SKILLS) - 1),
            family=st.sampled_from(sorted(Family)),
            day=DAY,
            valid=st.one_of(st.none(), LATER),
            verified=st.one_of(st.none(), st.integers(0, 90), st.integers(0, 9)),
            cancelled=st.sampled_from([False, False, False, True]),
        ),
        "spells": _rows(
            4,
            form=st.sampled_from(["public_welfare", *sorted(EmploymentForm)]),
            through=st.sampled_from(["", "base", "base", "self"]),
            day=DAY,
            length=st.one_of(st.none(), st.none(), LATER.map(lambda n: n + 1)),
            recorded=st.integers(0, 60),
            undone=st.sampled_from([False, False, False, True]),
            shown=st.booleans(),
            asked=st.sampled_from([(), (6,), (3, 6), (12,)]),
            answer=st.sampled_from(["", "employed", "unemployed", "unreachable"]),
        ),
        "services": _rows(5, kind=st.sampled_from(sorted(ServiceKind)), day=DAY),
        "assessments": st.lists(DAY, max_size=1),
        "graduations": st.lists(DAY, max_size=2, unique=True),
        "plans": st.lists(DAY, max_size=1),
    }
)

REGISTRY = st.lists(PERSON, min_size=1, max_size=6)


@dataclass(frozen=True)
class Ground:
    """What all of the people share."""

    cohorts: Sequence[Cohort]
    skills: Sequence[Skill]
    regions: dict[str, Region]


def a_ground() -> Ground:
    """Three bases in three places, whose cohorts teach three skills of several categories."""
    regions = {code: a_region(code) for code in REGIONS if code != "620599"}
    city = regions["620500"]
    regions["620599"] = Region.objects.create(
        code="620599",
        name="天水经济技术开发区",
        level="county",
        parent=city,
        path=f"{city.path}620599/",
        is_statutory=False,
    )
    courses = []
    for place, skill in zip(["620502", "211102", "120101"], SKILLS, strict=True):
        base = a_base(place)
        courses += [a_course(base, skill=skill), a_course(base, skill="livestreaming")]
    cohorts = Cohort.objects.bulk_create(
        Cohort(
            base=course.base,
            course=course,
            region=course.base.region,
            name=f"第{n}期",
            starts_on=starts_on,
            ends_on=ends_on,
            state="cancelled" if cancelled else "running",
        )
        for n, (course, (starts_on, ends_on, cancelled)) in enumerate(zip(courses, COHORTS, strict=True))
    )
    return Ground(cohorts, [a_skill(code) for code in SKILLS], regions)


def written(people: Sequence[Row], ground: Ground) -> list[Person]:
    """The rows of these people."""
    rows = Person.objects.bulk_create(_person(n, one, ground) for n, one in enumerate(people))
    disabled = [row for row in rows if row.kind == "disabled"]
    for row, one in zip(rows, people, strict=True):
        if one["head"] is not None and row.kind == "household_member" and disabled:
            row.household_of = disabled[one["head"] % len(disabled)]
    Person.objects.bulk_update(rows, ["household_of"])
    for row, one in zip(rows, people, strict=True):
        _standing(row, one)
        _training(row, one, ground)
        _work(row, one)
        _help(row, one)
    return rows


def _person(n: int, one: Row, ground: Ground) -> Person:
    phone, education, ethnicity = one["described"]
    return Person(
        name="—",
        citizen_id=str(n),
        citizen_id_index=bytes([n]),
        birth_date=one["birth_date"],
        sex=one["sex"],
        kind=one["kind"],
        region=ground.regions[one["region"]],
        residence=one["residence"],
        phone=phone,
        education=education,
        ethnicity=ethnicity,
        registered_on=date(2022, 1, 1),
    )


def _once(rows: Sequence[Row], name: str = "day") -> list[Row]:
    """The last of those that share a day: the tables hold one a day."""
    return list({row[name]: row for row in rows}.values())


def _standing(row: Person, one: Row) -> None:
    DisabilityCertificate.objects.bulk_create(
        DisabilityCertificate(
            person=row,
            number="—",
            number_index=bytes([n]),
            category=card["category"],
            grade=card["grade"],
            recorded_on=card["day"],
        )
        for n, card in enumerate(one["cards"])
    )
    NeedRegistration.objects.bulk_create(
        NeedRegistration(
            person=row,
            registered_on=need["day"],
            training_need=need["training"],
            employment_need=need["work"],
            employable=need["fit"],
        )
        for need in _once(one["needs"])
    )
    EmploymentStatus.objects.bulk_create(
        EmploymentStatus(person=row, since=status["day"], status=status["status"])
        for status in _once(one["statuses"])
    )
    HardshipStatus.objects.bulk_create(
        HardshipStatus(
            person=row,
            kind=held["kind"],
            since=held["day"],
            ended_on=None if held["over"] is None else _after(held["day"], held["over"]),
            recorded_on=held["day"],
            recorded_by="—",
        )
        for held in _once(one["hardships"], "kind")
    )


def _training(row: Person, one: Row, ground: Ground) -> None:
    enrolled = _once(one["enrolments"], "cohort")
    cohorts = [ground.cohorts[each["cohort"]] for each in enrolled]
    ends = [_after(cohort.starts_on, each["after"]) for cohort, each in zip(cohorts, enrolled, strict=True)]
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort,
            person=row,
            enrolled_on=cohort.starts_on,
            employment=each["employment"],
            outcome=each["outcome"],
            outcome_rule="" if each["outcome"] == "pending" else "passed",
            outcome_on=None if each["outcome"] == "pending" else ended,
        )
        for cohort, each, ended in zip(cohorts, enrolled, ends, strict=True)
    )
    for enrolment, each, ended in zip(enrolments, enrolled, ends, strict=True):
        if each["outcome"] != "completed" or not each["certificate"]:
            continue
        issued = _after(ended, each["issued"])
        held = _certificate(enrolment, each["certificate"], issued, None)
        if each["certificate"] == "replaced":
            _certificate(enrolment, "issued", _after(issued, 20), held)
    ExternalCertificate.objects.bulk_create(
        ExternalCertificate(
            person=row,
            skill=ground.skills[each["skill"]],
            family=each["family"],
            number=f"{row.pk}-{n}",
            issuer="—",
            issued_on=each["day"],
            valid_until=None if each["valid"] is None else _after(each["day"], each["valid"]),
            recorded_on=each["day"],
            recorded_by="—",
            **(
                {}
                if each["verified"] is None
                else {
                    "verified_on": _after(each["day"], each["verified"]),
                    "verified_by": "—",
                    "verified_how": "—",
                }
            ),
            cancelled_on=each["day"] if each["cancelled"] else None,
        )
        for n, each in enumerate(one["externals"])
    )


def _certificate(
    enrolment: Enrolment, status: str, issued: date, replaces: Certificate | None
) -> Certificate:
    number = 10 * enrolment.pk + (replaces is not None)
    return Certificate.objects.create(
        number=f"T{number:08d}",
        code=f"T{number:011d}",
        enrolment=enrolment,
        person_id=enrolment.person_id,
        skill_id=enrolment.cohort.course.skill_id,
        base_id=enrolment.cohort.base_id,
        hours=20,
        starts_on=enrolment.cohort.starts_on,
        ends_on=enrolment.cohort.ends_on,
        issued_on=issued,
        first_issued_on=replaces.issued_on if replaces else None,
        replaces=replaces,
        status=status,
        status_since=issued,
        status_index=number,
        signing_key=a_signing_key(),
        fragment="1",
    )


def _work(row: Person, one: Row) -> None:
    spells = EmploymentSpell.objects.bulk_create(
        EmploymentSpell(
            person=row,
            form=each["form"],
            new_form="other" if each["form"] == "new_form" else "",
            found_through=each["through"],
            started_on=each["day"],
            ended_on=None if each["length"] is None else _after(each["day"], each["length"]),
            end_reason="" if each["length"] is None else "other",
            recorded_on=_after(each["day"], each["recorded"]),
            recorded_by="—",
            undone_on=each["day"] if each["undone"] else None,
            undone_reason="—" if each["undone"] else "",
        )
        for each in one["spells"]
    )
    for spell, each in zip(spells, one["spells"], strict=True):
        for months in each["asked"]:
            due_on = _after(spell.started_on, 30 * months)
            FollowUp.objects.create(
                person=row,
                spell=spell,
                months=months,
                due_on=due_on,
                done_on=_after(due_on, 3) if each["answer"] else None,
                result=each["answer"],
            )
    Evidence.objects.bulk_create(
        Evidence(
            subject_type="courses.employmentspell",
            subject_id=spell.pk,
            region_id=row.region_id,
            name="—",
            media_type="application/pdf",
            size=1,
            sha256="0",
            data=b"1",
            added_on=spell.recorded_on,
            added_by="—",
        )
        for spell, each in zip(spells, one["spells"], strict=True)
        if each["shown"]
    )


def _help(row: Person, one: Row) -> None:
    ServiceRecord.objects.bulk_create(
        ServiceRecord(person=row, kind=each["kind"], on=each["day"], recorded_by="—")
        for each in one["services"]
    )
    AbilityAssessment.objects.bulk_create(
        AbilityAssessment(person=row, assessed_on=day, assessor="—") for day in one["assessments"]
    )
    Graduation.objects.bulk_create(
        Graduation(person=row, graduated_on=day, level="bachelor", recorded_on=day)
        for day in one["graduations"]
    )
    ServicePlan.objects.bulk_create(
        ServicePlan(person=row, kind="general", aim="—", opened_on=day, recorded_by="—")
        for day in one["plans"]
    )

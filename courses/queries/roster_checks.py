"""What the rules and the record say of the rows of a roster: which may be loaded, which not, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from courses.models import Cohort
from courses.models.rosters import RowState
from courses.queries.rosters import on_record, regions_for
from courses.rules import roster_records, rosters
from courses.rules.roster_places import Places, county_of
from courses.rules.roster_problems import Problem, ProblemCode, Severity
from courses.rules.roster_records import OnRecord
from courses.rules.rosters import RosterRow
from registry.models.fields import blind_index
from registry.queries.people import CITIZEN_ID_COLUMN, DISABILITY_NUMBER_COLUMN


@dataclass(frozen=True, slots=True)
class Source:
    """A row as it stands in a workbook or in an import."""

    sheet: str
    number: int
    cells: Mapping[str, Any] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row. `row` is None unless it may be loaded; `enrolment_id` is set when it is."""

    state: RowState
    problems: list[dict[str, Any]]
    row: RosterRow | None = field(default=None, repr=False)
    region_code: str = ""
    enrolment_id: int | None = None


def check(sources: Iterable[Source], *, cohort: Cohort, on: date) -> list[Verdict]:
    """One verdict per row, in order, against the record as it is now; the number of queries is fixed."""
    codes, near = regions_for(cohort)
    checked = rosters.check_rows(sources, starts_on=cohort.starts_on, on=on, known_regions=codes)
    rows = [one.row for one in checked if one.row is not None]
    indexes = [_person_index(row.citizen_id.value) for row in rows]
    known = on_record(indexes, cohort=cohort, on=on)
    return [_verdict(one.row, one.problems, known, near, cohort) for one in checked]


def _verdict(
    row: RosterRow | None,
    found: Sequence[Problem],
    known: Mapping[bytes, OnRecord],
    near: Places,
    cohort: Cohort,
) -> Verdict:
    if row is None:
        return Verdict(RowState.BAD, as_json(found))
    problems = list(found)
    region_code = county_of(row.address, near) or ""
    person = known.get(_person_index(row.citizen_id.value))
    if person is not None:
        number = row.disability_number
        index = blind_index(DISABILITY_NUMBER_COLUMN, number.value) if number else None
        problems += roster_records.problems(row, person, number_index=index)
    elif not region_code:
        facts = {"region": cohort.base.region.name}
        problems.append(Problem("address", ProblemCode.REGION_FROM_BASE, facts))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Verdict(RowState.BAD, as_json(problems))
    if person is not None and person.enrolment_id is not None:
        return Verdict(RowState.LOADED, as_json(problems), enrolment_id=person.enrolment_id)
    return Verdict(RowState.READY, as_json(problems), row=row, region_code=region_code)


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as they are kept: codes and facts, nothing personal."""
    return [
        {
            "field": problem.field,
            "code": problem.code.value,
            "severity": problem.severity.value,
            "facts": dict(problem.facts),
        }
        for problem in problems
    ]


def _person_index(citizen_id: str) -> bytes:
    return blind_index(CITIZEN_ID_COLUMN, citizen_id)

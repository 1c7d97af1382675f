"""A roster row held against what is on record of the person: which of it a base is told, and how."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from courses.rules.roster_problems import Problem, ProblemCode
from courses.rules.rosters import RosterRow
from registry.rules import names


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is known of a person who stands on a roster, whoever manages them.

    `overlap` holds the dates of another class at the same time, `certificate_index` the blind index of the
    残疾人证 last recorded.
    """

    person_id: int
    name: str = field(repr=False)
    kind: str
    enrolment_id: int | None = None
    overlap: tuple[date, date] | None = None
    has_skill: bool = False
    certificate_index: bytes | None = field(default=None, repr=False)
    certificate_cancelled: bool = False
    certificate_expired: bool = False


def problems(row: RosterRow, known: OnRecord, *, number_index: bytes | None) -> Iterator[Problem]:
    """What the record says against the row. A name on record is compared and never told, and nothing is said
    of somebody whose name is another.

    `number_index` is the blind index of the 残疾人证 number on the row.
    """
    if not names.same_name(row.name, known.name):
        yield Problem("name", ProblemCode.NAME_DIFFERS)
        return
    if known.enrolment_id is not None:
        yield Problem("", ProblemCode.ALREADY_ENROLLED)
        return
    if row.person_kind != known.kind:
        yield Problem("person_kind", ProblemCode.PERSON_KIND_DIFFERS)
    if known.overlap is not None:
        starts_on, ends_on = known.overlap
        facts = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
        yield Problem("", ProblemCode.ENROLLED_ELSEWHERE, facts)
    if known.has_skill:
        yield Problem("", ProblemCode.SKILL_ALREADY_HELD)
    if number_index is not None and known.certificate_index not in (None, number_index):
        # Re-issued or re-assessed since: what the record says of the old one no longer counts.
        yield Problem("disability_number", ProblemCode.CERTIFICATE_CHANGED)
    elif known.certificate_cancelled:
        yield Problem("disability_number", ProblemCode.CERTIFICATE_CANCELLED)
    elif known.certificate_expired:
        yield Problem("disability_number", ProblemCode.CERTIFICATE_EXPIRED)

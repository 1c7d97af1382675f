"""Writes of rosters: upload a workbook, correct its bad cells, load its good rows. No good row is lost."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from courses.actions import enrolments, roster_rows
from courses.actions.cohorts import locked
from courses.errors import EnrolmentClosed
from courses.models import Cohort, RosterImport, RosterImportRow
from courses.models.rosters import RowState
from courses.queries import rosters as queries
from courses.rules.cohorts import OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from courses.rules.roster_choices import EDUCATION, PersonKind
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.rules.roster_sources import SOURCE, source_of
from courses.rules.rosters import RosterRow
from courses.workbooks import reading, tables
from courses.workbooks.tables import Extract, TableRow
from registry.actions import audit, hardship, people, standing
from registry.errors import NotFound
from registry.facts import told_once
from registry.models import Person
from registry.rules.access import Actor, Permission, require
from registry.rules.people import NewPerson, NewStanding

# Rows registered and enrolled at a time: what is held in memory, and how long each statement grows.
_CHUNK = 500
_EDUCATION_LABELS = {level: label for label, level in EDUCATION.items()}
_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")


def upload(*, by: Actor, on: date, cohort: Cohort, file_name: str, data: bytes) -> RosterImport:
    """Read a workbook and keep every row of it with what is wrong; nothing is enrolled yet.

    The same file again leads to the same import and changes nothing. A file of bad rows that we sent out is
    taken as corrections of the import it came from. The workbook is read before the database is locked.
    Raises WorkbookError for a file that cannot be used, EnrolmentClosed when the roster is frozen,
    NotPermitted.
    """
    _require(by, cohort)
    digest = hashlib.sha256(data).hexdigest()
    if held := RosterImport.objects.filter(cohort=cohort, digest=digest).first():
        return held
    extract = tables.extract(reading.read(data, file_name), (SOURCE, *ROSTER_COLUMNS))
    with transaction.atomic():
        cohort = locked(cohort)
        _require(by, cohort)
        if held := RosterImport.objects.filter(cohort=cohort, digest=digest).first():
            return held
        if cohort.state not in OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT:
            raise EnrolmentClosed(state=cohort.state)
        rows = list(extract.rows)
        if sent_out := _sent_out(rows, cohort):
            return _merge(by=by, on=on, cohort=cohort, roster=sent_out, rows=rows)
        roster = RosterImport.objects.create(
            cohort=cohort,
            file_name=_LONG_NUMBER.sub("…", file_name)[-120:],
            digest=digest,
            uploaded_by=by.name,
            notices=_notices(extract),
        )
        roster_rows.keep(roster, rows, on=on)
        _audit("roster.uploaded", roster, by=by)
        return roster


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    roster: RosterImport,
    corrections: Mapping[int, Mapping[str, str]],
    leave_out: Collection[int] = (),
) -> RosterImport:
    """Change cells of rows (by primary key) and check the roster again; rows in `leave_out` are not loaded.

    A left-out row that is named in `corrections`, even with no cell, comes back. Loaded rows stay as they
    are.
    Raises NotFound for a row of another roster, InvalidInput for a field that no roster has, NotPermitted.
    """
    cohort = locked(roster.cohort)
    _require(by, cohort)
    rows = list(roster.rows.all())
    strange = (set(corrections) | set(leave_out)) - {row.pk for row in rows}
    if strange:
        raise NotFound(what="rosterimportrow", count=len(strange))
    roster_rows.correct(rows, corrections, leave_out, cohort=cohort, on=on)
    _audit("roster.corrected", roster, by=by, rows=len(corrections), left_out=len(leave_out))
    return roster


@transaction.atomic
def load(*, by: Actor, on: date, roster: RosterImport, late_reason: str = "") -> dict[str, int]:
    """Register and enrol everyone whose row is ready, all or nothing; rows by state, and `loaded_now`.

    Every row is checked anew first: what changed since the upload stops its row, not the others. A second
    load of the same roster, at once or later, finds nothing to do.
    Raises EnrolmentClosed, LateReasonMissing when the class is running, NotPermitted.
    """
    cohort = locked(roster.cohort)
    _require(by, cohort)
    rows = list(roster.rows.all())
    verdicts = roster_rows.correct(rows, {}, (), cohort=cohort, on=on)
    ready = [
        _Ready(row, verdict.row, verdict.region_code)
        for row, verdict in zip(rows, verdicts, strict=True)
        if verdict is not None and verdict.row is not None
    ]
    # Family members last, so that the relative on the same roster is already registered.
    for is_member in (False, True):
        chosen = [one for one in ready if (one.row.person_kind is PersonKind.HOUSEHOLD_MEMBER) is is_member]
        for start in range(0, len(chosen), _CHUNK):
            chunk = chosen[start : start + _CHUNK]
            with told_once():
                _load_chunk(chunk, by=by, on=on, cohort=cohort, late_reason=late_reason)
    if ready:
        _audit("roster.loaded", roster, by=by, loaded_now=len(ready))
    return {**queries.counts(roster), "loaded_now": len(ready)}


def _require(by: Actor, cohort: Cohort) -> None:
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])


def _sent_out(rows: Sequence[TableRow], cohort: Cohort) -> RosterImport | None:
    """The import whose bad rows these are: all of them say so, and it has all of them."""
    sources = [source_of(row.cells) for row in rows]
    if not sources or None in sources or len({source.roster for source in sources if source}) > 1:
        return None
    roster = RosterImport.objects.filter(cohort=cohort, public_id=sources[0].roster).first()  # type: ignore[union-attr]
    if roster is None:
        return None
    held = set(roster.rows.values_list("sheet", "row_number"))
    return roster if all((one.sheet, one.row_number) in held for one in sources if one) else None


def _merge(
    *, by: Actor, on: date, cohort: Cohort, roster: RosterImport, rows: Sequence[TableRow]
) -> RosterImport:
    held = list(roster.rows.all())
    by_place = {(row.sheet, row.row_number): row.pk for row in held}
    corrections: dict[int, dict[str, object]] = {}
    for row in rows:
        source = source_of(row.cells)
        if source is not None:
            place = by_place[source.sheet, source.row_number]
            corrections[place] = {key: value for key, value in row.cells.items() if key in roster_rows.FIELDS}
    roster_rows.correct(held, corrections, (), cohort=cohort, on=on)
    _audit("roster.corrected", roster, by=by, rows=len(corrections), left_out=0)
    return roster


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that is about to be loaded."""

    kept: RosterImportRow = field(repr=False)
    row: RosterRow = field(repr=False)
    region_code: str


def _load_chunk(chunk: Sequence[_Ready], *, by: Actor, on: date, cohort: Cohort, late_reason: str) -> None:
    relatives = queries.person_ids(
        one.row.relative_number.citizen_id.value for one in chunk if one.row.relative_number
    )
    asked = [_new_person(one, relatives) for one in chunk]
    registered = people.register_many(by=by, on=on, base=cohort.base, people=asked)
    standings = [_new_standing(one.row, person) for one, person in zip(chunk, registered, strict=True)]
    standing.record_many(by=by, on=on, base=cohort.base, standings=standings)
    kinds = {person.pk: one.row.hardship for one, person in zip(chunk, registered, strict=True)}
    hardship.record_many(by=by, on=on, base=cohort.base, kinds=kinds)
    # After employment was recorded: the enrolment keeps what holds on the day.
    enrolled = enrolments.enrol(by=by, on=on, cohort=cohort, people=registered, late_reason=late_reason)
    for one, enrolment in zip(chunk, enrolled, strict=True):
        one.kept.state, one.kept.enrolment = RowState.LOADED, enrolment
    roster_rows.save(one.kept for one in chunk)


def _new_person(ready: _Ready, relatives: Mapping[str, int]) -> NewPerson:
    """`relatives` are primary keys by citizen ID; some were registered from this roster a moment ago."""
    row = ready.row
    relative = row.relative_number.citizen_id.value if row.relative_number else ""
    return NewPerson(
        name=row.name,
        citizen_id=row.citizen_id.value,
        region_code=ready.region_code,
        kind=row.person_kind.value,
        disability_number=row.disability_number.value if row.disability_number else "",
        residence=row.residence.value if row.residence else "",
        ethnicity=row.ethnicity,
        education=_EDUCATION_LABELS[row.education] if row.education else "",
        phone=row.phone,
        access_needs=tuple(need.value for need in row.access_needs),
        household_of_id=relatives.get(relative),
    )


def _new_standing(row: RosterRow, person: Person) -> NewStanding:
    employment = row.employment.value if row.employment else ""
    return NewStanding(person.pk, employment=employment, training_need=row.training_need)


def _notices(extract: Extract) -> list[dict[str, Any]]:
    """What was left out of the file, and which columns were not understood; labels lose long numbers."""
    notices: list[dict[str, Any]] = []
    if extract.ignored_sheets:
        notices.append({"code": "sheets_ignored", "facts": {"sheets": _labels(extract.ignored_sheets)}})
    for table in extract.tables:
        if table.header.unknown:
            facts = {"sheet": table.sheet, "columns": _labels(table.header.unknown)}
            notices.append({"code": "columns_unknown", "facts": facts})
        if table.header.doubled:
            facts = {"sheet": table.sheet, "columns": _labels(table.header.doubled)}
            notices.append({"code": "columns_doubled", "facts": facts})
        reasons = Counter(skipped.reason.value for skipped in table.skipped)
        for reason, count in reasons.items():
            rows = [skipped.number for skipped in table.skipped if skipped.reason == reason][:20]
            about = {"sheet": table.sheet, "rows": rows, "count": count}
            notices.append({"code": f"rows_skipped_{reason}", "facts": about})
    return notices


def _labels(labels: Iterable[str]) -> list[str]:
    return [_LONG_NUMBER.sub("…", label)[:30] for label in labels][:20]


def _audit(verb: str, roster: RosterImport, *, by: Actor, **facts: int) -> None:
    audit.record(
        verb,
        roster,
        by=by,
        region_path=roster.cohort.region.path,
        cohort=roster.cohort.public_id,
        **facts,
        **{f"rows_{state}": count for state, count in queries.counts(roster).items()},
    )

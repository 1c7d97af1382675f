"""Rosters: what is on record of the people on one, where their addresses lie, and what its pages show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.models import Cohort, Enrolment, RosterImport
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.models.rosters import RowState
from courses.rules.roster_places import Places, Unit, places
from courses.rules.roster_records import OnRecord
from registry.models import DisabilityCertificate, Person, Region
from registry.models.fields import blind_index
from registry.queries.people import CITIZEN_ID_COLUMN

# A class that was never filed, or will not be held, keeps nobody from another.
_NOT_HELD = (CohortState.DRAFT, CohortState.RETURNED, CohortState.CANCELLED)
_AT_ONCE = 5000
"""Parameters of one IN list, well under the 32,766 of SQLite and the 65,535 of PostgreSQL."""


def regions_for(cohort: Cohort) -> tuple[frozenset[str], Places]:
    """Every region code ever in force, and the places that addresses on this roster may name; one query."""
    units = [
        Unit(code, name, level, path, is_retired=valid_to is not None, successor=successor or "")
        for code, name, level, path, valid_to, successor in Region.objects.order_by().values_list(
            "code", "name", "level", "path", "valid_to", "successor__code"
        )
    ]
    return frozenset(unit.code for unit in units), places(units, base_path=cohort.region.path)


def on_record(indexes: Iterable[bytes], *, cohort: Cohort, on: date) -> dict[bytes, OnRecord]:
    """What is known of people by the blind indexes of their citizen IDs: three queries for 5,000 people."""
    found: dict[bytes, OnRecord] = {}
    wanted = list(dict.fromkeys(indexes))
    for start in range(0, len(wanted), _AT_ONCE):
        people = list(
            Person.objects.filter(citizen_id_index__in=wanted[start : start + _AT_ONCE])
            .order_by()
            .values_list("pk", "citizen_id_index", "name", "kind")
        )
        person_ids = [pk for pk, *_rest in people]
        enrolments = _enrolments(person_ids, cohort) if people else {}
        certificates = _certificates(person_ids, on) if people else {}
        for pk, index, name, kind in people:
            about = {**enrolments.get(pk, {}), **certificates.get(pk, {})}
            found[bytes(index)] = OnRecord(person_id=pk, name=name, kind=kind, **about)
    return found


def _enrolments(person_ids: list[int], cohort: Cohort) -> dict[int, dict[str, Any]]:
    """Of each person: enrolment in this cohort, a class at the same time, whether the skill was reached."""
    found: dict[int, dict[str, Any]] = {}
    rows = (
        Enrolment.objects.filter(person_id__in=person_ids)
        .filter(
            Q(cohort=cohort)
            | Q(cohort__starts_on__lte=cohort.ends_on, cohort__ends_on__gte=cohort.starts_on)
            | Q(outcome=Outcome.COMPLETED, cohort__course__skill_id=cohort.course.skill_id)
        )
        .order_by("pk")
        .values_list(
            "pk",
            "person_id",
            "cohort_id",
            "outcome",
            "cohort__state",
            "cohort__starts_on",
            "cohort__ends_on",
            "cohort__course__skill_id",
        )
    )
    for pk, person_id, cohort_id, outcome, state, starts_on, ends_on, skill_id in rows:
        about = found.setdefault(person_id, {})
        if cohort_id == cohort.pk:
            about["enrolment_id"] = pk
            continue
        if outcome == Outcome.COMPLETED and skill_id == cohort.course.skill_id:
            about["has_skill"] = True
        meets = starts_on <= cohort.ends_on and ends_on >= cohort.starts_on
        if meets and outcome != Outcome.WITHDREW and state not in _NOT_HELD:
            about["overlap"] = (starts_on, ends_on)
    return found


def _certificates(person_ids: list[int], on: date) -> dict[int, dict[str, Any]]:
    """Of each person: the 残疾人证 last recorded by the day, and whether it still holds."""
    rows = (
        DisabilityCertificate.objects.filter(person_id__in=person_ids, recorded_on__lte=on)
        .order_by("recorded_on", "pk")
        .values_list("person_id", "number_index", "valid_until", "cancelled_on")
    )
    return {
        person_id: {
            "certificate_index": bytes(index),
            "certificate_expired": valid_until is not None and valid_until < on,
            "certificate_cancelled": cancelled_on is not None and cancelled_on <= on,
        }
        for person_id, index, valid_until, cancelled_on in rows
    }


def imports(cohort: Cohort) -> QuerySet[RosterImport]:
    """The uploads of a cohort, newest first, each with its counts of rows by state."""
    counts: dict[str, Any] = {state.value: Count("rows", filter=Q(rows__state=state)) for state in RowState}
    return cohort.roster_imports.annotate(**counts).order_by("-uploaded_at", "-pk")


def counts(roster: RosterImport) -> dict[str, int]:
    """Rows by state, 0 where there are none, and `total`."""
    held = dict(roster.rows.order_by().values_list("state").annotate(rows=Count("pk")))
    return {state.value: held.get(state.value, 0) for state in RowState} | {"total": sum(held.values())}


def person_ids(citizen_ids: Iterable[str]) -> dict[str, int]:
    """The primary keys of registered people by citizen ID; unknown numbers are left out."""
    by_index = {blind_index(CITIZEN_ID_COLUMN, number): number for number in citizen_ids}
    if not by_index:
        return {}
    found = Person.objects.filter(citizen_id_index__in=list(by_index)).values_list("citizen_id_index", "pk")
    return {by_index[bytes(index)]: pk for index, pk in found}

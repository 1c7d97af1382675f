"""The raw rows of one person after the other."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from certificates.models import Certificate, ExternalCertificate
from courses.models import (
    AbilityAssessment,
    EmploymentSpell,
    Enrolment,
    FollowUp,
    Graduation,
    ServicePlan,
    ServiceRecord,
)
from registry.models import (
    DisabilityCertificate,
    EmploymentStatus,
    Evidence,
    HardshipStatus,
    NeedRegistration,
    Person,
)

Row = dict[str, Any]


@dataclass
class Life:
    """A person's own row, and all rows about them in the order in which they were written."""

    person: Row
    cards: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    statuses: list[Row] = field(default_factory=list)
    hardships: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)
    certificates: list[Row] = field(default_factory=list)
    externals: list[Row] = field(default_factory=list)
    spells: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    services: list[Row] = field(default_factory=list)
    assessments: list[Row] = field(default_factory=list)
    graduations: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)


def lives() -> dict[int, Life]:
    """Everybody, by the row's id."""
    fields = (
        "id", "kind", "sex", "birth_date", "region__path", "residence", "household_of_id", "phone", "education", "ethnicity",
    )  # fmt: skip
    everybody = {row["id"]: Life(row) for row in Person.objects.values(*fields)}
    found = {
        "cards": _of(DisabilityCertificate, "category", "grade", "recorded_on"),
        "needs": _of(NeedRegistration, "training_need", "employment_need", "employable", "registered_on"),
        "statuses": _of(EmploymentStatus, "status", "since"),
        "hardships": _of(HardshipStatus, "kind", "since", "ended_on"),
        "enrolments": _of(
            Enrolment,
            "outcome",
            "outcome_on",
            "employment",
            "cohort__starts_on",
            "cohort__ends_on",
            "cohort__state",
            "cohort__base_id",
            "cohort__course__skill__category__code",
        ),
        "certificates": _of(
            Certificate,
            "enrolment_id",
            "skill_id",
            "skill__category__code",
            "base_id",
            "status",
            "issued_on",
            "first_issued_on",
        ),
        "externals": _of(
            ExternalCertificate,
            "skill_id",
            "skill__category__code",
            "family",
            "issued_on",
            "valid_until",
            "verified_on",
            "cancelled_on",
        ),
        "spells": _of(
            EmploymentSpell, "form", "found_through", "started_on", "ended_on", "recorded_on", "undone_on"
        ),
        "follow_ups": _of(FollowUp, "spell_id", "months", "done_on", "result"),
        "services": _of(ServiceRecord, "kind", "on"),
        "assessments": _of(AbilityAssessment, "assessed_on"),
        "graduations": _of(Graduation, "graduated_on"),
        "plans": _of(ServicePlan, "opened_on"),
    }
    for name, rows in found.items():
        for person, own in rows.items():
            setattr(everybody[person], name, own)
    about_jobs = Evidence.objects.filter(subject_type="courses.employmentspell")
    shown = set(about_jobs.values_list("subject_id", flat=True))
    for life in everybody.values():
        life.spells = [row | {"shown": row["id"] in shown} for row in life.spells if not row["undone_on"]]
    return everybody


def _of(model: type[Model], *fields: str) -> dict[int, list[Row]]:
    rows = defaultdict(list)
    for row in model._default_manager.order_by("pk").values("id", "person_id", *fields):
        rows[row["person_id"]].append(row)
    return rows

"""Reads what is recorded of people into values that the rules count from; as many queries for one as for thousands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from certificates.models import Certificate, ExternalCertificate
from courses.models import AbilityAssessment, EmploymentSpell, Enrolment, FollowUp, Graduation, ServiceRecord
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.models.follow_ups import FollowUpResult
from courses.models.service_plans import ServicePlan
from courses.rules.rates import Terms
from goals.rules.facts import Card, External, Facts, Hard, Need, Proof, Relative, Status, Training, Work
from goals.rules.graduates import TRACKED_MONTHS
from registry.models import (
    DisabilityCertificate,
    EmploymentStatus,
    Evidence,
    HardshipStatus,
    NeedRegistration,
    Person,
)
from registry.models.people import PersonKind, Residence
from registry.models.standing import Employment
from registry.rules.citizen_ids import Sex

FIELDS = ("region_id", "birth_date", "sex", "kind", "household_of_id", "residence", "ethnicity", "education")
"""What is read of a person; the phone, which is sealed, only as being there or not."""

HAS_PHONE = "has_phone"

Rows = dict[int, list[Any]]


def of_people(people: Collection[Person], terms: Terms) -> dict[int, Facts]:
    """The facts of these people, all that are recorded: which count on a day, the rules decide."""
    ids = [person.pk for person in people]
    relatives = _relatives(people)
    everybody = [*ids, *{pk for found in relatives.values() for pk in found}]
    statuses = _statuses(everybody)
    jobs, answers = _jobs(everybody, terms)
    certified = _certified(ids)
    proofs, externals = _externals(ids, certified)
    trainings = _trainings(ids, {enrolment: proof.issued_on for enrolment, _person, proof in certified})
    needs = _rows(
        NeedRegistration,
        ids,
        "registered_on",
        "registered_on",
        "training_need",
        "employable",
        "employment_need",
    )
    cards = _rows(DisabilityCertificate, ids, "recorded_on", "recorded_on", "category", "grade")
    hardships = _rows(HardshipStatus, ids, "since", "kind", "since", "ended_on")
    services = _rows(ServiceRecord, ids, "on", "kind", "on")
    assessed = _rows(AbilityAssessment, ids, "assessed_on", "assessed_on")
    graduated = _rows(Graduation, ids, "graduated_on", "graduated_on")
    planned = _rows(ServicePlan, ids, "opened_on", "opened_on")
    home = _households(relatives, statuses, jobs)
    return {
        person.pk: Facts(
            sex=Sex(person.sex),
            birth_date=person.birth_date,
            is_disabled=person.kind == PersonKind.DISABLED,
            is_household_member=person.kind == PersonKind.HOUSEHOLD_MEMBER,
            residence=person.residence,
            is_described=bool(getattr(person, HAS_PHONE) and person.education and person.ethnicity),
            needs=[Need(*row) for row in needs[person.pk]],
            statuses=statuses[person.pk],
            cards=[Card(*row) for row in cards[person.pk]],
            hardships=[Hard(*row) for row in hardships[person.pk]],
            proofs=proofs[person.pk],
            externals=externals[person.pk],
            trainings=trainings[person.pk],
            jobs=jobs[person.pk],
            answers=answers[person.pk],
            services=[(kind, day) for kind, day in services[person.pk]],
            assessed_on=[day for (day,) in assessed[person.pk]],
            graduated_on=[day for (day,) in graduated[person.pk]],
            planned_on=[day for (day,) in planned[person.pk]],
            relatives=home[person.pk],
        )
        for person in people
    }


def _rows(model: type[Model], ids: Sequence[int], order: str, *fields: str) -> Rows:
    """Rows of a model by person, in the order of a field."""
    found: Rows = defaultdict(list)
    rows: QuerySet[Any, Any] = model._default_manager.filter(person_id__in=ids).order_by(order, "pk")
    for person_id, *row in rows.values_list("person_id", *fields):
        found[person_id].append(row)
    return found


def _statuses(ids: Sequence[int]) -> Rows:
    rows = _rows(EmploymentStatus, ids, "since", "since", "status")
    held: Rows = defaultdict(list)
    for person_id, own in rows.items():
        held[person_id] = [Status(since, status == Employment.EMPLOYED) for since, status in own]
    return held


def _jobs(ids: Sequence[int], terms: Terms) -> tuple[Rows, dict[int, dict[int, tuple[date, bool]]]]:
    """Standing jobs by person, and what the follow-up after the months of retention found of each."""
    rows = list(
        EmploymentSpell.objects.standing()
        .filter(person_id__in=ids)
        .order_by("started_on", "pk")
        .values_list(
            "person_id", "pk", "started_on", "ended_on", "contract", "form", "found_through", "recorded_on"
        )
    )
    jobs: Rows = defaultdict(list)
    answers: dict[int, dict[int, tuple[date, bool]]] = defaultdict(dict)
    if not rows:
        return jobs, answers
    spells = [row[1] for row in rows]
    shown = set(
        Evidence.objects.filter(
            subject_type=EmploymentSpell._meta.label_lower, subject_id__in=spells
        ).values_list("subject_id", flat=True)
    )
    told: dict[int, tuple[date, bool]] = {}
    asked: dict[int, date] = {}
    done = FollowUp.objects.filter(
        spell_id__in=spells, months__in={terms.months, TRACKED_MONTHS}, done_on__isnull=False
    )
    for spell, months, day, result in done.values_list("spell_id", "months", "done_on", "result"):
        if day and months == TRACKED_MONTHS:
            asked[spell] = day
        if day and months == terms.months and result in (FollowUpResult.EMPLOYED, FollowUpResult.UNEMPLOYED):
            told[spell] = day, result == FollowUpResult.EMPLOYED
    for person_id, pk, started_on, ended_on, contract, form, found_through, recorded_on in rows:
        jobs[person_id].append(
            Work(
                pk=pk,
                started_on=started_on,
                ended_on=ended_on,
                contract=contract,
                form=form,
                found_through=found_through,
                recorded_on=recorded_on,
                is_shown=pk in shown,
                six_months_on=asked.get(pk),
            )
        )
        if pk in told:
            answers[person_id][pk] = told[pk]
    return jobs, answers


def _certified(ids: Sequence[int]) -> list[tuple[int, int, Proof]]:
    """Certificates of ours that are issued now: (enrolment, person, proof)."""
    rows = Certificate.objects.in_force().filter(person_id__in=ids).order_by("pk")
    return [
        (enrolment, person_id, Proof(skill, category, first or issued, base))
        for enrolment, person_id, skill, category, first, issued, base in rows.values_list(
            "enrolment_id",
            "person_id",
            "skill_id",
            "skill__category__code",
            "first_issued_on",
            "issued_on",
            "base_id",
        )
    ]


def _externals(ids: Sequence[int], ours: Iterable[tuple[int, int, Proof]]) -> tuple[Rows, Rows]:
    """All proofs by person, ours first; and the external certificates that were not cancelled."""
    proofs: Rows = defaultdict(list)
    externals: Rows = defaultdict(list)
    for _enrolment, person_id, proof in ours:
        proofs[person_id].append(proof)
    rows = ExternalCertificate.objects.filter(person_id__in=ids, cancelled_on__isnull=True).order_by("pk")
    for person_id, skill, category, family, issued, verified, until in rows.values_list(
        "person_id", "skill_id", "skill__category__code", "family", "issued_on", "verified_on", "valid_until"
    ):
        externals[person_id].append(External(issued, verified))
        if verified is not None:
            proofs[person_id].append(
                Proof(
                    skill,
                    category,
                    issued,
                    family=family,
                    verified_on=verified,
                    valid_until=until or date.max,
                )
            )
    return proofs, externals


def _trainings(ids: Sequence[int], certified: Mapping[int, date]) -> Rows:
    trainings: Rows = defaultdict(list)
    rows = Enrolment.objects.filter(person_id__in=ids).order_by("cohort__starts_on", "pk")
    for (
        pk,
        person_id,
        category,
        base,
        starts_on,
        ends_on,
        state,
        outcome,
        outcome_on,
        at_start,
    ) in rows.values_list(
        "pk",
        "person_id",
        "cohort__course__skill__category__code",
        "cohort__base_id",
        "cohort__starts_on",
        "cohort__ends_on",
        "cohort__state",
        "outcome",
        "outcome_on",
        "employment",
    ):
        trainings[person_id].append(
            Training(
                category=category,
                base=base,
                starts_on=starts_on,
                ends_on=ends_on,
                is_cancelled=state == CohortState.CANCELLED,
                is_completed=outcome == Outcome.COMPLETED,
                outcome_on=outcome_on,
                at_start=at_start,
                certified_since=certified.get(pk),
            )
        )
    return trainings


def _relatives(people: Collection[Person]) -> dict[int, list[int]]:
    """Whose facts a person's household brings in: a member's disabled person, a disabled person's members."""
    found: dict[int, list[int]] = defaultdict(list)
    for person in people:
        if person.household_of_id:
            found[person.pk].append(person.household_of_id)
    rows = Person.objects.filter(household_of__in=[person.pk for person in people]).order_by("pk")
    for member, head in rows.values_list("pk", "household_of_id"):
        found[head].append(member)
    return found


def _households(relatives: Mapping[int, list[int]], statuses: Rows, jobs: Rows) -> dict[int, list[Relative]]:
    ids = sorted({pk for found in relatives.values() for pk in found})
    home: dict[int, list[Relative]] = defaultdict(list)
    if not ids:
        return home
    rural = set(Person.objects.filter(pk__in=ids, residence=Residence.RURAL).values_list("pk", flat=True))
    cards = _rows(DisabilityCertificate, ids, "recorded_on", "recorded_on", "category", "grade")
    known = {
        pk: Relative(statuses[pk], jobs[pk], is_rural=pk in rural, cards=[Card(*row) for row in cards[pk]])
        for pk in ids
    }
    for person_id, found in relatives.items():
        home[person_id] = [known[pk] for pk in found]
    return home


def with_facts(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people as `of_people` wants them: nothing sealed is read, only whether there is a phone."""
    return people.only(*FIELDS).annotate(**{HAS_PHONE: GreaterThan(Length("phone"), 0)})

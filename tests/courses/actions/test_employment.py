"""Recording, ending, undoing and correcting jobs, and what becomes of the employment status."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import employment
from courses.errors import NotInCohort, SpellChanged, SpellOverlaps
from courses.models import EmploymentSpell
from registry.actions import standing
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, EmploymentStatus, Evidence, Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import A_MONTH_AGO, a_job, a_spell
from tests.courses.factories import a_cohort, a_completed_cohort, enrolled
from tests.registry.factories import a_base, a_federation, a_person, a_uscc, an_actor

pytestmark = pytest.mark.django_db


def statuses(person: Person) -> dict[date, str]:
    return dict(EmploymentStatus.objects.filter(person=person).values_list("since", "status"))


def end(spell: EmploymentSpell, on: date = TODAY, reason: str = "resigned") -> EmploymentSpell:
    return employment.end(by=SYSTEM, on=TODAY, spell=spell, ended_on=on, reason=reason)


def test_a_job_makes_the_person_employed_from_its_first_day() -> None:
    spell = a_spell()
    assert statuses(spell.person) == {A_MONTH_AGO: "employed"}
    assert AuditEvent.objects.filter(verb="employment.recorded").count() == 1


def test_the_end_of_a_job_makes_the_person_unemployed() -> None:
    spell = end(a_spell())
    assert statuses(spell.person) == {A_MONTH_AGO: "employed", TODAY: "unemployed"}


def test_the_end_of_one_of_two_jobs_leaves_the_person_employed() -> None:
    first = a_spell()
    a_spell(first.person, TODAY - timedelta(days=10), contract="part_time")
    end(first)
    assert "unemployed" not in statuses(first.person).values()


def test_a_change_of_job_on_one_day_leaves_no_gap() -> None:
    first = a_spell(ended_on=TODAY, end_reason="changed_job")
    a_spell(first.person, TODAY, employer_name="另一家工厂")
    assert statuses(first.person) == {A_MONTH_AGO: "employed", TODAY: "employed"}


def test_the_same_job_twice_is_one_row() -> None:
    person = a_person()
    first = employment.record(by=SYSTEM, on=TODAY, person=person, spell=a_job())
    assert employment.record(by=SYSTEM, on=TODAY, person=person, spell=a_job()) == first
    assert AuditEvent.objects.filter(verb="employment.recorded").count() == 1


def test_two_full_jobs_at_once_are_asked_about() -> None:
    person = a_spell().person
    other = a_job(TODAY, employer_name="另一家工厂")
    with pytest.raises(SpellOverlaps):
        employment.record(by=SYSTEM, on=TODAY, person=person, spell=other)
    assert employment.record(by=SYSTEM, on=TODAY, person=person, spell=other, beside_another=True).pk


def test_a_part_time_job_beside_another_is_taken() -> None:
    person = a_spell().person
    other = a_job(TODAY, employer_name="另一家工厂", contract="part_time")
    assert employment.record(by=SYSTEM, on=TODAY, person=person, spell=other).pk


def test_an_undone_job_leaves_the_status_as_it_was_before() -> None:
    person = a_person()
    before = A_MONTH_AGO - timedelta(days=100)
    standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="unemployed", since=before)
    spell = a_spell(person)
    employment.undo(by=SYSTEM, on=TODAY, spell=spell, reason="登记错了人")
    spell.refresh_from_db()
    assert spell.undone_on == TODAY
    assert statuses(person) == {before: "unemployed", A_MONTH_AGO: "unemployed"}
    with pytest.raises(SpellChanged):
        employment.undo(by=SYSTEM, on=TODAY, spell=spell, reason="再来一次")


def test_an_undone_job_of_whom_nothing_was_known_leaves_nothing() -> None:
    spell = a_spell()
    employment.undo(by=SYSTEM, on=TODAY, spell=spell, reason="登记错了人")
    assert statuses(spell.person) == {}


def test_a_job_that_began_before_somebody_said_unemployed_corrects_that() -> None:
    person = a_person()
    said_on = A_MONTH_AGO + timedelta(days=5)
    standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="unemployed", since=said_on)
    a_spell(person)
    assert statuses(person) == {A_MONTH_AGO: "employed", said_on: "employed"}


def test_a_correction_keeps_the_wrong_row_and_takes_the_papers_along() -> None:
    spell = a_spell()
    employment.add_evidence(by=SYSTEM, on=TODAY, spell=spell, name="合同.pdf", data=b"%PDF-1.7 contract")
    later = A_MONTH_AGO + timedelta(days=7)
    made = employment.correct(by=SYSTEM, on=TODAY, spell=spell, reason="日期写错", corrected=a_job(later))
    spell.refresh_from_db()
    assert (spell.undone_reason, made.started_on) == ("日期写错", later)
    assert statuses(spell.person) == {later: "employed"}
    assert Evidence.objects.about(made).count() == 1
    assert EmploymentSpell.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"started_on": TODAY + timedelta(days=1)}, "started_on", "date_in_future"),
        ({"started_on": date(1950, 1, 1)}, "started_on", "date_before_birth"),
        ({"ended_on": A_MONTH_AGO, "end_reason": "resigned"}, "ended_on", "spell_end_before_start"),
        ({"ended_on": TODAY}, "end_reason", "field_missing"),
        ({"form": "slavery"}, "form", "field_choice"),
        ({"form": "new_form"}, "new_form", "spell_new_form"),
        ({"new_form": "logistics"}, "new_form", "spell_new_form"),
        ({"employer_name": " "}, "employer_name", "spell_employer_missing"),
        ({"employer_uscc": "91620500MA7123456X"}, "employer_uscc", "uscc_checksum"),
    ],
)
def test_what_cannot_be_a_job_is_refused_by_its_field(fields: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        employment.record(by=SYSTEM, on=TODAY, person=a_person(), spell=a_job(**fields))
    assert refused.value.facts["fields"][field] == code


def test_the_code_of_an_employer_is_kept_in_its_standard_form() -> None:
    uscc = a_uscc(7, kind="91")
    assert a_spell(employer_uscc=f" {uscc.lower()} ").employer_uscc == uscc


def test_a_cohort_is_recorded_at_once_and_bad_rows_wait(django_assert_max_num_queries: Any) -> None:
    cohort = a_completed_cohort(people=12)
    rows = list(cohort.enrolments.all())
    jobs = {row.pk: a_job(form="self_employed", employer_name="") for row in rows}
    jobs[rows[0].pk] = a_job(form="quota", employer_name="")
    with django_assert_max_num_queries(40):
        done = employment.record_cohort(by=SYSTEM, on=TODAY, cohort=cohort, spells=jobs)
    assert (done.written, done.problems) == (11, {rows[0].pk: {"employer_name": "spell_employer_missing"}})
    assert EmploymentSpell.objects.filter(enrolment__cohort=cohort).count() == 11
    assert employment.record_cohort(by=SYSTEM, on=TODAY, cohort=cohort, spells=jobs).written == 0


def test_trainees_of_another_cohort_are_refused() -> None:
    cohort, other = a_completed_cohort(), a_completed_cohort()
    jobs = {other.enrolments.get().pk: a_job()}
    with pytest.raises(NotInCohort):
        employment.record_cohort(by=SYSTEM, on=TODAY, cohort=cohort, spells=jobs)


@pytest.mark.parametrize("role", ["auditor", "approver", "read_only"])
def test_who_only_looks_records_nothing(role: str) -> None:
    with pytest.raises(NotPermitted):
        employment.record(
            by=an_actor(role, a_federation("620500")), on=TODAY, person=a_person(), spell=a_job()
        )


def test_a_base_records_its_own_trainees_only() -> None:
    base = a_base()
    cohort = a_completed_cohort(base)
    manager = an_actor("base_manager", base)
    trainee = cohort.enrolments.get()
    assert employment.record(
        by=manager, on=TODAY, person=trainee.person, spell=a_job(), enrolment=trainee
    ).enrolment
    [other] = enrolled(a_cohort(a_base(), state="enrolling"))
    with pytest.raises(NotPermitted):
        employment.record(by=manager, on=TODAY, person=other.person, spell=a_job())

"""What the checks find in real records, what becomes of a flag, and who decides about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.actions import attendance, employment, enrolments, flags
from courses.actions import sessions as timetable
from courses.models import CohortCheck, FlagCursor, ReviewFlag
from courses.models.flags import FlagState
from courses.queries.sessions import as_new
from courses.rules.sessions import NewSession
from registry.actions import standing
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_job
from tests.courses.evaluation_factories import CLOSED, an_evaluation, answered
from tests.courses.factories import (
    ENDS_ON,
    STARTS_ON,
    a_cohort,
    a_completed_cohort,
    a_course,
    a_trainer,
    bring_to,
    enrolled,
    scored,
    sessions_of,
    some_people,
)
from tests.courses.flag_factories import (
    a_flag,
    a_long_day,
    an_accredited_base,
    noon,
    open_checks,
    rechecked,
)

pytestmark = pytest.mark.django_db
LATER = noon(TODAY + timedelta(days=99_999))
"""The trail's clock is the real one, whatever day a test plays on."""


def test_an_honest_class_has_no_flag_and_is_marked_as_looked_at():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    trainees, held = enrolled(cohort, 5), sessions_of(cohort)
    bring_to(cohort, "running")
    for session in held:
        marks = {(session.pk, trainee.pk): "present" for trainee in trainees}
        marks[session.pk, trainees[held.index(session)].pk] = "leave"
        attendance.record(by=SYSTEM, on=session.on, cohort=cohort, marks=marks)
    bring_to(cohort, "assessing")
    for number, trainee in enumerate(trainees):
        scored(cohort, [trainee], str(80 + number))
    rechecked(bring_to(cohort, "completed"))
    assert not ReviewFlag.objects.exists()
    assert CohortCheck.objects.get(cohort=cohort).checked_at == noon()


def test_a_class_whose_attendance_and_scores_are_all_the_same_is_asked_about():
    cohort = a_completed_cohort(an_accredited_base(), people=5)
    rechecked(cohort)
    assert open_checks(cohort) == {"nobody_ever_missed", "all_scores_equal", "recorded_late"}


def test_attendance_that_is_written_late_is_asked_about_and_a_correction_does_not_make_it_late():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    trainees, [first, *_later] = enrolled(cohort, 4), sessions_of(cohort)
    bring_to(cohort, "running")
    in_time = {(first.pk, trainee.pk): "present" for trainee in trainees}
    attendance.record(by=SYSTEM, on=STARTS_ON, cohort=cohort, marks=in_time)
    attendance.record(by=SYSTEM, on=TODAY, cohort=cohort, marks={(first.pk, trainees[0].pk): "late"})
    rechecked(cohort)
    assert open_checks(cohort) == set()
    attendance.record(by=SYSTEM, on=TODAY, cohort=cohort, marks={(first.pk, trainees[0].pk): ""})
    attendance.record(by=SYSTEM, on=TODAY, cohort=cohort, marks=dict.fromkeys(in_time, ""))
    attendance.record(by=SYSTEM, on=TODAY, cohort=cohort, marks=in_time)
    rechecked(cohort)
    assert open_checks(cohort) == {"recorded_late"}


def test_a_trainee_in_two_classes_at_once_is_asked_about_in_the_later_one_until_they_leave_the_other():
    base = an_accredited_base()
    people = some_people(1, base)
    earlier = a_cohort(base, state="enrolling", starts_on=STARTS_ON - timedelta(days=5))
    later = a_cohort(base, state="enrolling")
    [first], _second = enrolled(earlier, people), enrolled(later, people)
    rechecked(earlier, later)
    assert (open_checks(earlier), open_checks(later)) == (set(), {"two_cohorts_at_once"})
    assert ReviewFlag.objects.get().evidence == {"cohorts": [earlier.public_id]}
    flags.recheck_what_changed(at=LATER)
    enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=first)
    flags.recheck_what_changed(at=LATER)
    assert open_checks(later) == set()


def test_who_is_found_to_have_worked_on_the_first_day_is_asked_about():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    [trainee] = enrolled(cohort, 1)
    job = a_job(STARTS_ON - timedelta(days=60))
    employment.record(by=SYSTEM, on=TODAY, person=trainee.person, spell=job)
    rechecked(cohort)
    assert open_checks(cohort) == {"employed_at_start"}


def test_who_said_on_the_roster_that_they_work_is_not_asked_about():
    base = an_accredited_base()
    people = some_people(1, base)
    standing.record_employment(
        by=SYSTEM, on=STARTS_ON, person=people[0], status="employed", since=STARTS_ON - timedelta(days=60)
    )
    cohort = a_cohort(base, state="enrolling")
    enrolled(cohort, people)
    rechecked(cohort)
    assert open_checks(cohort) == set()


def test_jobs_at_one_employer_without_a_contract_are_asked_about():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    for trainee in enrolled(cohort, 5):
        job = a_job(STARTS_ON + timedelta(days=3))
        employment.record(by=SYSTEM, on=TODAY, person=trainee.person, spell=job, enrolment=trainee)
    rechecked(cohort)
    assert open_checks(cohort) == {"one_employer_no_contract"}


def test_trainers_of_one_name_at_two_bases_are_asked_about_when_they_teach_at_one_time():
    cohorts_of_it = []
    for _base in range(2):
        base = an_accredited_base()
        trainer = a_trainer(base, name="教师同")
        cohort = a_cohort(base, state="enrolling")
        new = [NewSession(STARTS_ON, 4, trainer=trainer.pk)]
        timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=new)
        cohorts_of_it.append(cohort)
    rechecked(*cohorts_of_it)
    assert [open_checks(cohort) for cohort in cohorts_of_it] == [{"trainer_twice"}] * 2
    [moved, other] = cohorts_of_it
    session = moved.sessions.get()
    another_day = replace(as_new(session), on=STARTS_ON + timedelta(days=1))
    timetable.edit_session(by=SYSTEM, on=TODAY, session=session, to=another_day)
    flags.recheck_what_changed(at=LATER)
    assert open_checks(moved, other) == set()


def test_a_base_where_everybody_always_passes_is_asked_about_in_its_latest_class_only():
    base = an_accredited_base()
    course = a_course(base)
    classes = [a_completed_cohort(base, course=course) for _n in range(5)]
    rechecked(*classes)
    assert open_checks(classes[-1]) == {"recorded_late", "everybody_always_passes"}
    assert "everybody_always_passes" not in open_checks(*classes[:-1])


def test_a_base_where_all_who_answered_are_always_satisfied_is_asked_about():
    base = an_accredited_base()
    course = a_course(base)
    classes = [a_completed_cohort(base, course=course, people=5) for _n in range(5)]
    for cohort in classes:
        answered(an_evaluation(cohort), [5] * 5)
    flags.recheck_lately(at=noon(CLOSED), since=noon(CLOSED - timedelta(days=1)))
    assert "always_fully_satisfied" in open_checks(classes[-1])


def test_a_class_of_a_base_without_a_plaque_is_asked_about_and_a_draft_is_not():
    draft = a_cohort()
    rechecked(draft)
    assert open_checks(draft) == set()
    bring_to(draft, "submitted")
    rechecked(draft)
    assert open_checks(draft) == {"not_accredited_at_start"}


def test_a_flag_goes_when_the_records_are_mended_and_comes_back_with_its_history():
    flag = a_flag()
    session = flag.cohort.sessions.get()
    timetable.remove_session(by=SYSTEM, on=TODAY, session=session)
    rechecked(flag.cohort)
    flag.refresh_from_db()
    assert flag.state == FlagState.GONE
    a_long_day(flag.cohort)
    rechecked(flag.cohort, on=TODAY + timedelta(days=1))
    flag.refresh_from_db()
    assert (flag.state, flag.found_on) == (FlagState.OPEN, TODAY + timedelta(days=1))
    assert list(flag.events.values_list("step", flat=True)) == ["found", "gone", "reopened"]


def test_looking_again_writes_nothing_where_nothing_changed():
    flag = a_flag()
    before = AuditEvent.objects.count()
    rechecked(flag.cohort)
    assert (AuditEvent.objects.count(), flag.events.count()) == (before, 1)


def test_a_write_brings_its_cohort_before_the_checks_within_a_minute_and_only_once():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    flags.recheck_what_changed(at=LATER)
    a_long_day(cohort)
    assert flags.recheck_what_changed(at=LATER) == 1
    assert open_checks(cohort) == {"long_days"}
    # The flag's own rows are the only new ones, and lead to no cohort.
    assert flags.recheck_what_changed(at=LATER) == 0
    assert flags.recheck_what_changed(at=LATER) == 0


def test_what_was_written_just_now_waits_until_it_is_old_enough():
    cohort = a_cohort(an_accredited_base(), state="enrolling")
    flags.recheck_what_changed(at=LATER)
    a_long_day(cohort)
    written = AuditEvent.objects.order_by("-pk").first()
    assert flags.recheck_what_changed(at=written.at) == 0
    assert FlagCursor.objects.get().event < written.pk
    assert flags.recheck_what_changed(at=written.at + flags.BEHIND + timedelta(seconds=1)) == 1


def test_what_was_written_far_away_is_not_looked_at():
    far, here = (a_cohort(an_accredited_base(), state="enrolling") for _n in range(2))
    flags.recheck_what_changed(at=LATER)
    CohortCheck.objects.all().delete()
    a_long_day(here)
    flags.recheck_what_changed(at=LATER)
    assert list(CohortCheck.objects.values_list("cohort", flat=True)) == [here.pk]
    assert far.pk != here.pk


def test_looking_at_everything_leaves_nothing_to_read_again():
    flag_of = a_cohort(an_accredited_base(), state="enrolling")
    a_long_day(flag_of)
    assert flags.recheck_all(at=noon()) == 1
    assert open_checks(flag_of) == {"long_days"}
    assert flags.recheck_what_changed(at=LATER) == 0


def test_a_class_that_ended_far_ago_is_left_alone_by_the_night():
    over = a_completed_cohort(an_accredited_base())
    running = a_cohort(an_accredited_base(), state="running")
    night = noon(ENDS_ON + timedelta(days=99_999))
    flags.recheck_lately(at=night, since=night - timedelta(hours=25))
    assert list(CohortCheck.objects.values_list("cohort", flat=True)) == [running.pk]
    assert over.pk != running.pk

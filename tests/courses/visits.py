"""Pages of `courses` that the browser visits, in the states that look different."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import enrolments
from courses.models import Cohort
from courses.views.attendance import cell_name
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses import (
    employment_visits,
    evaluation_visits,
    exchange_visits,
    filing_visits,
    flag_visits,
    resource_visits,
    roster_visits,
    subsidy_visits,
    teaching_visits,
)
from tests.courses.factories import (
    a_cohort,
    a_completed_cohort,
    a_course,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
)
from tests.registry.factories import a_base, a_federation, an_account


def a_taught_cohort(state: str = "running", people: int = 3, sessions: int = 5) -> Cohort:
    """A cohort with a timetable and attendance; the first trainee late, the second scored once it is assessing."""
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, people)
    held = sessions_of(cohort, sessions)
    bring_to(cohort, "running")
    attended(cohort, held[:2], trainees)
    attended(cohort, held[2:3], trainees[:1], "late")
    if state != "running":
        bring_to(cohort, state)
        scored(cohort, trainees[1:2])
    return cohort


def staff(cohort: Cohort, role: str = "base_manager") -> Account:
    """An account of the cohort's base, or of the city's federation."""
    at_base = role in ("base_manager", "trainer")
    return an_account(role, cohort.base if at_base else a_federation("620500"))


def of_cohort(
    name: str,
    cohort: Cohort,
    *args: str,
    role: str = "base_manager",
    post: Mapping[str, Any] | None = None,
    query: str = "",
) -> Visit:
    address = reverse(f"courses:{name}", args=[cohort.public_id, *args])
    return Visit(staff(cohort, role), address + query, post)


def filing(name: str, post: Mapping[str, Any] | None = None, courses: int = 1) -> Visit:
    """A page of somebody who files for a base with so many courses."""
    base = a_base()
    for _course in range(courses):
        a_course(base)
    return Visit(an_account("base_manager", base), reverse(f"courses:{name}"), post)


def cohorts(query: str = "") -> Visit:
    base = a_base()
    for state in ("draft", "returned", "submitted", "running"):
        a_cohort(base, state=state)
    return Visit(an_account("base_manager", base), reverse("courses:cohorts") + query)


def every_base() -> Visit:
    """Who sees several bases may choose among them."""
    for _base in range(2):
        a_cohort()
    return Visit(an_account("approver", a_federation("620500")), reverse("courses:cohorts"))


def editing_course(post: Mapping[str, Any] | None = None, in_use: bool = False) -> Visit:
    course = a_course(a_base())
    if in_use:
        a_cohort(course=course)
    address = reverse("courses:edit-course", args=[course.public_id])
    return Visit(an_account("base_manager", course.base), address, post)


def a_sheet(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("表格.csv", text.encode())


def uploading_bad_marks() -> Visit:
    cohort = a_taught_cohort()
    first, session = cohort.enrolments.first(), cohort.sessions.first()
    sheet = a_sheet(
        f"学员编号,姓名,{session.on} 第1节\n{first.public_id},{first.person.name},早退\nNOBODY,无,出勤\n"
    )
    return of_cohort("attendance-upload", cohort, post={"file": sheet})


def uploading_bad_scores() -> Visit:
    cohort = a_taught_cohort("assessing")
    first = cohort.enrolments.first()
    sheet = a_sheet(f"学员编号,姓名,成绩\n{first.public_id},{first.person.name},优秀\nNOBODY,无,80\n")
    return of_cohort("results-upload", cohort, post={"upload-file": sheet, "upload-assessed_on": str(TODAY)})


def correcting() -> Visit:
    cohort = a_taught_cohort()
    cell = cell_name(cohort.sessions.first(), cohort.enrolments.first())
    return of_cohort("attendance-correct", cohort, post={cell: "早退"})


def bad_scores() -> Visit:
    cohort = a_taught_cohort("assessing")
    typed = {f"score-{row.public_id}": "优秀" for row in cohort.enrolments.all()}
    return of_cohort("results", cohort, post={"assessed_on": str(TODAY), **typed})


def leaving(has_left: bool = False) -> Visit:
    cohort = a_taught_cohort()
    enrolment = cohort.enrolments.first()
    if has_left:
        enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=enrolment)
    return of_cohort("leave", cohort, enrolment.public_id)


def late_without_a_reason() -> Visit:
    return Visit(*roster_visits.of_a_running_class(), post={"do": "load"})


def uploading_no_workbook() -> Visit:
    cohort = a_cohort(state="enrolling")
    return of_cohort("roster", cohort, post={"file": SimpleUploadedFile("名单.xlsx", b"no workbook")})


VISITS: dict[str, Callable[[], Visit]] = {
    **resource_visits.VISITS,
    **employment_visits.VISITS,
    **exchange_visits.VISITS,
    "courses:courses": lambda: filing("courses", courses=3),
    "courses:courses, none": lambda: filing("courses", courses=0),
    "courses:new-course": lambda: filing("new-course"),
    "courses:new-course, nothing filled in": lambda: filing("new-course", {}),
    "courses:edit-course": editing_course,
    "courses:edit-course, in use": lambda: editing_course(in_use=True),
    "courses:edit-course, nothing filled in": lambda: editing_course({}),
    "courses:cohorts": cohorts,
    "courses:cohorts, none of this state": lambda: cohorts("?state=closed"),
    "courses:cohorts, every base": every_base,
    "courses:new-cohort": lambda: filing("new-cohort"),
    "courses:new-cohort, without a course": lambda: filing("new-cohort", courses=0),
    "courses:new-cohort, nothing filled in": lambda: filing("new-cohort", {}),
    "courses:cohort, empty": lambda: of_cohort("cohort", a_cohort()),
    "courses:cohort, returned": lambda: of_cohort("cohort", a_cohort(state="returned")),
    "courses:cohort, for the approver": lambda: of_cohort(
        "cohort", a_cohort(state="submitted"), role="approver"
    ),
    "courses:cohort, running": lambda: of_cohort("cohort", a_taught_cohort()),
    "courses:cohort, completed": lambda: of_cohort("cohort", a_completed_cohort(people=2)),
    "courses:edit-cohort": lambda: of_cohort("edit-cohort", a_cohort()),
    "courses:edit-cohort, frozen": lambda: of_cohort("edit-cohort", a_cohort(state="submitted")),
    "courses:edit-cohort, nothing filled in": lambda: of_cohort("edit-cohort", a_cohort(), post={}),
    "courses:move-cohort": lambda: of_cohort("move-cohort", a_cohort(state="approved"), "enrolling"),
    "courses:move-cohort, cancelling": lambda: of_cohort("move-cohort", a_cohort(), "cancelled"),
    "courses:move-cohort, with a reason": lambda: of_cohort(
        "move-cohort", a_cohort(state="approved"), "returned", role="approver"
    ),
    "courses:move-cohort, reason missing": lambda: of_cohort(
        "move-cohort", a_cohort(state="submitted"), "returned", role="approver", post={}
    ),
    "courses:roster": lambda: Visit(*roster_visits.upload()),
    "courses:roster, frozen": lambda: Visit(*roster_visits.closed()),
    "courses:roster, no file": lambda: of_cohort("roster", a_cohort(state="enrolling"), post={}),
    "courses:roster, no workbook": uploading_no_workbook,
    "courses:roster-import, with problems": lambda: Visit(*roster_visits.with_problems()),
    "courses:roster-import, of a running class": lambda: Visit(*roster_visits.of_a_running_class()),
    "courses:roster-import, late without a reason": late_without_a_reason,
    "courses:roster-import, loaded": lambda: Visit(*roster_visits.loaded()),
    "courses:attendance": lambda: of_cohort("attendance", a_taught_cohort()),
    "courses:attendance, second page": lambda: of_cohort(
        "attendance", a_taught_cohort(sessions=12), role="trainer", query="?page=2"
    ),
    "courses:attendance, to look at": lambda: of_cohort("attendance", a_taught_cohort(), role="approver"),
    "courses:attendance, no sessions": lambda: of_cohort("attendance", a_cohort(state="running")),
    "courses:attendance-correct": correcting,
    "courses:attendance-upload, no file": lambda: of_cohort("attendance-upload", a_taught_cohort(), post={}),
    "courses:attendance-upload, bad cells": uploading_bad_marks,
    "courses:sessions": lambda: of_cohort("sessions", a_taught_cohort()),
    "courses:sessions, nothing filled in": lambda: of_cohort("sessions", a_taught_cohort(), post={}),
    "courses:sessions, bad pattern": lambda: of_cohort(
        "sessions", a_taught_cohort(), post={"how": "pattern"}
    ),
    "courses:results": lambda: of_cohort("results", a_taught_cohort("assessing")),
    "courses:results, too early": lambda: of_cohort("results", a_taught_cohort()),
    "courses:results, bad scores": bad_scores,
    "courses:results-upload, no file": lambda: of_cohort(
        "results-upload", a_taught_cohort("assessing"), post={}
    ),
    "courses:results-upload, bad cells": uploading_bad_scores,
    "courses:outcomes": lambda: of_cohort("outcomes", a_taught_cohort("assessing")),
    "courses:outcomes, frozen": lambda: of_cohort("outcomes", a_completed_cohort(people=2)),
    "courses:trainees": lambda: of_cohort("trainees", a_taught_cohort()),
    "courses:trainees, none": lambda: of_cohort("trainees", a_cohort()),
    "courses:leave": leaving,
    "courses:leave, has left": lambda: leaving(has_left=True),
    **teaching_visits.VISITS,
    **filing_visits.VISITS,
    **evaluation_visits.VISITS,
    **flag_visits.VISITS,
    **subsidy_visits.VISITS,
}

"""Pages of `courses` that the browser visits, in the states links alone do not lead to."""

from typing import Any

from django.urls import reverse

from courses.models import Cohort
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


def _page(name: str, cohort: Cohort, role: str = "base_manager", **extra: Any) -> tuple[Any, str]:
    account = an_account(role, cohort.base if role in ("base_manager", "trainer") else a_federation("620500"))
    return account, reverse(f"courses:{name}", args=[cohort.public_id, *extra.values()])


def _filing(name: str) -> tuple[Any, str]:
    base = a_base()
    a_course(base)
    return an_account("base_manager", base), reverse(f"courses:{name}")


VISITS = {
    "first cohort without a course": lambda: (
        an_account("base_manager", a_base()),
        reverse("courses:new-cohort"),
    ),
    "new course": lambda: _filing("new-course"),
    "new cohort": lambda: _filing("new-cohort"),
    "cohort, empty": lambda: _page("cohort", a_cohort()),
    "cohort, returned": lambda: _page("cohort", a_cohort(state="returned")),
    "cohort, for the approver": lambda: _page("cohort", a_cohort(state="submitted"), "approver"),
    "cohort, completed": lambda: _page("cohort", a_completed_cohort(people=2)),
    "move that needs a reason": lambda: _page(
        "move-cohort", a_cohort(state="submitted"), "approver", to="returned"
    ),
    "attendance": lambda: _page("attendance", a_taught_cohort()),
    "attendance, second page": lambda: _second_page(),
    "attendance, to look at": lambda: _page("attendance", a_taught_cohort(), "approver"),
    "timetable": lambda: _page("sessions", a_taught_cohort()),
    "results": lambda: _page("results", a_taught_cohort("assessing")),
    "outcomes": lambda: _page("outcomes", a_taught_cohort("assessing")),
    "outcomes, frozen": lambda: _page("outcomes", a_completed_cohort(people=2)),
    "trainees": lambda: _page("trainees", a_taught_cohort()),
}


def _second_page() -> tuple[Any, str]:
    account, path = _page("attendance", a_taught_cohort(sessions=12), "trainer")
    return account, f"{path}?page=2"

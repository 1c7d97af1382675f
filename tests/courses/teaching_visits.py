"""Pages of teaching and examination that the browser visits."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import sessions as timetable
from courses.actions import trainers
from courses.models import Cohort, Trainer
from courses.rules.sessions import NewSession
from registry.models import TrainingBase
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.factories import STARTS_ON, a_cohort, a_course, a_skill, a_trainer, attended
from tests.registry.factories import a_base, a_federation, an_account

Post = Mapping[str, Any] | None


def a_known_trainer(base: TrainingBase) -> Trainer:
    """A trainer of whom everything is recorded."""
    made = a_trainer(
        base,
        phone="13938000001",
        qualification="保健按摩师三级，从教 8 年",
        skills=[a_skill()],
        access_skills=["sign_language", "screen_reader"],
        active_until=TODAY.replace(year=TODAY.year + 3),
    )
    trainers.add_evidence(by=SYSTEM, on=TODAY, trainer=made, name="资格证.pdf", data=b"%PDF-1.7")
    return made


def listed(with_trainers: bool = True) -> Visit:
    base = a_base()
    if with_trainers:
        a_known_trainer(base)
        a_trainer(base)
    return Visit(an_account("base_manager", base), reverse("courses:trainers"))


def new_trainer(post: Post = None) -> Visit:
    base = a_base()
    a_course(base)
    return Visit(an_account("base_manager", base), reverse("courses:new-trainer"), post)


def of_trainer(name: str, role: str = "base_manager", post: Post = None) -> Visit:
    base = a_base()
    trainer = a_known_trainer(base)
    organisation = base if role == "base_manager" else a_federation("620500")
    return Visit(an_account(role, organisation), reverse(f"courses:{name}", args=[trainer.public_id]), post)


def a_staffed_cohort(state: str = "running") -> Cohort:
    """A cohort with a trainer, a room, hours of the clock, and a make-up."""
    cohort = a_cohort(state="enrolling")
    trainer = a_known_trainer(cohort.base)
    clock = {"starts_at": time(8, 30), "ends_at": time(11, 30)}
    new = NewSession(STARTS_ON, 4, trainer=trainer.pk, room="201", **clock)
    [session] = timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=[new])
    make_up = NewSession(STARTS_ON, 4, 2, makes_up=session.pk)
    timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=[make_up])
    return cohort


def choosing(post: Post = None, with_trainers: bool = True, state: str = "") -> Visit:
    cohort = a_staffed_cohort() if with_trainers else a_cohort()
    if state:
        cohort = a_cohort(state=state)
    address = reverse("courses:cohort-trainers", args=[cohort.public_id])
    return Visit(an_account("base_manager", cohort.base), address, post)


def timetable_of() -> Visit:
    cohort = a_staffed_cohort()
    return Visit(an_account("trainer", cohort.base), reverse("courses:sessions", args=[cohort.public_id]))


def editing_session(post: Post = None, state: str = "", recorded: bool = False) -> Visit:
    cohort = a_cohort(state="running") if recorded else a_staffed_cohort()
    if recorded:
        new = [NewSession(STARTS_ON, 4)]
        [session] = timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=new)
        attended(cohort, [session], cohort.enrolments.all())
    address = reverse("courses:edit-session", args=[cohort.public_id, f"{STARTS_ON:%Y%m%d}.1"])
    return Visit(an_account("trainer", cohort.base), address, post)


VISITS: dict[str, Callable[[], Visit]] = {
    "courses:trainers": listed,
    "courses:trainers, none": lambda: listed(with_trainers=False),
    "courses:new-trainer": new_trainer,
    "courses:new-trainer, nothing filled in": lambda: new_trainer({}),
    "courses:trainer": lambda: of_trainer("trainer"),
    "courses:trainer, for the federation": lambda: of_trainer("trainer", "approver"),
    "courses:edit-trainer": lambda: of_trainer("edit-trainer"),
    "courses:edit-trainer, nothing filled in": lambda: of_trainer("edit-trainer", post={}),
    "courses:trainer-evidence, no paper": lambda: of_trainer(
        "trainer-evidence", post={"file": SimpleUploadedFile("证.txt", b"text")}
    ),
    "courses:cohort-trainers": choosing,
    "courses:cohort-trainers, none to choose": lambda: choosing(with_trainers=False),
    "courses:cohort-trainers, too late": lambda: choosing(state="assessing"),
    "courses:cohort-trainers, unknown": lambda: choosing({"trainers": "nobody"}),
    "courses:sessions, with trainers and a make-up": timetable_of,
    "courses:edit-session": editing_session,
    "courses:edit-session, with attendance": lambda: editing_session(recorded=True),
    "courses:edit-session, nothing filled in": lambda: editing_session({}),
}

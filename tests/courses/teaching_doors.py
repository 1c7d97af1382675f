"""Who may open which door of teaching and examination."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from courses.actions import check_ins, trainers
from courses.actions import sessions as timetable
from courses.models import CheckIn, Cohort
from courses.rules.sessions import NewSession
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.access import APPROVER, EVERYONE, EXAMINER, MANAGER, TRAINER, Door, World
from tests.conftest import TODAY
from tests.courses.exam_factories import an_exam
from tests.courses.factories import a_cohort, a_trainer

FILES = frozenset({MANAGER})
RECORDS = frozenset({MANAGER, TRAINER})
ARRANGES = frozenset({APPROVER})
EXAMINES = frozenset({EXAMINER})


def open_today(cohort: Cohort) -> CheckIn:
    """Check-in of a session held today by the machine's clock, which is what the doors go by."""
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=today())
    cohort.refresh_from_db()
    new = NewSession(today(), 2, 9)
    [held] = timetable.add_sessions(by=SYSTEM, on=TODAY, cohort=cohort, sessions=[new])
    return check_ins.open_check_in(by=SYSTEM, on=today(), at=timezone.now(), session=held)


def build(world: World) -> None:
    """A trainer of the target's base who teaches the target cohort."""
    world.trainer = a_trainer(world.base, name="目标教师", phone="13700001234")
    trainers.assign(by=SYSTEM, on=TODAY, cohort=world.cohort, trainers=[world.trainer])
    world.check_in = open_today(world.cohort)
    # Whoever has the link is in the classroom and reads the name of the course: so of a course that is no secret.
    world.public_check_in = open_today(a_cohort(state="running"))
    world.exam = an_exam(world.cohort)
    world.secrets |= {world.trainer.name, world.trainer.public_id, world.check_in.token, world.exam.public_id}
    world.sealed |= {"13700001234"}


def trainer_id(world: World) -> list[str]:
    return [world.trainer.public_id]


def cohort_id(world: World) -> list[str]:
    return [world.cohort.public_id]


def session_key(world: World) -> list[str]:
    return [world.cohort.public_id, f"{world.session.on:%Y%m%d}.1"]


def session_place(world: World) -> list[str]:
    return [world.cohort.public_id, str(world.session.on), "1"]


def check_in_key(world: World) -> list[str]:
    return [world.cohort.public_id, f"{world.check_in.session.on:%Y%m%d}.9"]


def check_in_place(world: World) -> list[str]:
    return [world.cohort.public_id, str(world.check_in.session.on), "9"]


def exam_id(world: World) -> list[str]:
    return [world.exam.public_id]


def candidate(world: World) -> list[str]:
    return [world.exam.public_id, world.enrolment.public_id]


def a_mark(world: World) -> dict[str, Any]:
    return {"marks": [{"enrolment": world.enrolment.public_id, "practice": 80}]}


def nothing(world: World) -> dict[str, Any]:
    return {}


DOORS = [
    Door("courses:trainers", EVERYONE, listing=True),
    Door("courses:new-trainer", FILES, listing=True, post=nothing),
    Door("courses:trainer", EVERYONE, args=trainer_id),
    Door("courses:edit-trainer", FILES, EVERYONE, args=trainer_id, post=nothing),
    Door("courses:trainer-evidence", FILES, EVERYONE, args=trainer_id, get=False, post=nothing),
    Door("courses:cohort-trainers", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:edit-session", RECORDS, EVERYONE, args=session_key, post=nothing),
    Door("api:list_trainers", EVERYONE, listing=True),
    Door(
        "api:register_trainer",
        FILES,
        EVERYONE,
        get=False,
        post=lambda world: {
            "base": world.base.public_id,
            "name": "新教师",
            "active_from": str(TODAY),
        },
    ),
    Door("api:get_trainer", EVERYONE, args=trainer_id),
    Door(
        "api:edit_trainer",
        FILES,
        EVERYONE,
        args=trainer_id,
        get=False,
        method="patch",
        post=lambda world: {"active_until": str(TODAY + timedelta(days=900))},
    ),
    Door("api:list_cohort_trainers", EVERYONE, args=cohort_id),
    Door(
        "api:assign_trainers",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        method="put",
        post=lambda world: {"trainers": [world.trainer.public_id]},
    ),
    Door(
        "api:edit_session",
        RECORDS,
        EVERYONE,
        args=session_place,
        get=False,
        method="patch",
        post=lambda world: {"trainer": world.trainer.public_id},
    ),
    Door(
        "api:remove_session",
        RECORDS,
        EVERYONE,
        args=session_place,
        get=False,
        method="delete",
        post=nothing,
        answers=frozenset({204, 409}),
    ),
    # Check-in
    Door("courses:check-in", RECORDS, EVERYONE, args=check_in_key, post=nothing),
    Door("check-in:code", public=True, post=nothing),
    Door("check-in:who", public=True, args=lambda world: [world.public_check_in.token], post=nothing),
    Door("api:get_check_in", RECORDS, EVERYONE, args=check_in_place),
    Door("api:open_check_in", RECORDS, EVERYONE, args=check_in_place, get=False, post=nothing),
    Door(
        "api:end_check_in",
        RECORDS,
        EVERYONE,
        args=check_in_place,
        get=False,
        method="delete",
        post=nothing,
        answers=frozenset({204}),
    ),
    Door("api:check_in", public=True, get=False, post=lambda world: {"code": "000000", "who": "0000"}),
    # Examination
    Door("courses:exam-list", EVERYONE, listing=True),
    Door("courses:exams", EVERYONE, args=cohort_id),
    Door("courses:new-exam", ARRANGES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:edit-exam", ARRANGES, EVERYONE, args=exam_id, post=nothing),
    Door("courses:cancel-exam", ARRANGES, EVERYONE, args=exam_id, get=False, post=nothing),
    Door("courses:exam", EVERYONE, args=exam_id),
    Door(
        "courses:exam",
        frozenset(),
        EVERYONE,
        args=exam_id,
        get=False,
        post=lambda world: {f"practice-{world.enrolment.public_id}": "80"},
    ),
    Door("courses:exam-sheet", EXAMINES, EVERYONE, args=exam_id),
    Door("courses:exam-upload", EXAMINES, EVERYONE, args=exam_id, get=False, post=nothing),
    Door("courses:submit-exam", EXAMINES, EVERYONE, args=exam_id),
    # Only the examiner who was sent: another one is refused as everybody else.
    Door("courses:submit-exam", frozenset(), EVERYONE, args=exam_id, get=False, post=nothing),
    Door("courses:correct-exam", EXAMINES, EVERYONE, args=candidate, post=nothing),
    Door("api:list_exams", EVERYONE, listing=True),
    Door("api:list_cohort_exams", EVERYONE, args=cohort_id),
    Door("api:list_examiners", ARRANGES, EVERYONE, args=cohort_id),
    Door(
        "api:arrange_exam",
        ARRANGES,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"held_on": str(TODAY), "examiner": world.exam.examiner.public_id},
    ),
    Door("api:get_exam", EVERYONE, args=exam_id),
    Door(
        "api:edit_exam",
        ARRANGES,
        EVERYONE,
        args=exam_id,
        get=False,
        method="patch",
        post=lambda world: {"place": "三楼"},
    ),
    Door(
        "api:cancel_exam",
        ARRANGES,
        EVERYONE,
        args=exam_id,
        get=False,
        method="delete",
        post=nothing,
        answers=frozenset({204}),
    ),
    Door("api:list_exam_results", EVERYONE, args=exam_id),
    Door(
        "api:record_exam_results",
        frozenset(),
        EVERYONE,
        args=exam_id,
        get=False,
        method="put",
        post=a_mark,
    ),
    Door("api:submit_exam", frozenset(), EVERYONE, args=exam_id, get=False, post=nothing),
    Door(
        "api:correct_exam_result",
        frozenset(),
        EVERYONE,
        args=candidate,
        get=False,
        post=lambda world: {"practice": 80, "reason": "更正"},
    ),
]

MODELS = {
    "courses.CheckIn": "internal",
    "courses.Exam": "scoped",
    "courses.ExamCorrection": "internal",
    "courses.ExamEntry": "internal",
    "courses.Trainer": "scoped",
}

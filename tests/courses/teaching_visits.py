"""Pages of teaching and examination that the browser visits."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.actions import attendance, check_ins, exam_results, trainers
from courses.actions import sessions as timetable
from courses.models import CheckIn, Cohort, Exam, Trainer
from courses.queries.exams import entries_of
from courses.rules.exams import Mark
from courses.rules.sessions import NewSession
from registry.models import TrainingBase
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.exam_factories import HELD_ON, a_cohort_to_examine, an_exam, an_examiner, marked, submitted
from tests.courses.factories import (
    STARTS_ON,
    a_cohort,
    a_course,
    a_skill,
    a_trainer,
    attended,
    bring_to,
    enrolled,
)
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


def a_class_today() -> tuple[Cohort, CheckIn]:
    """A running cohort with check-in open for a session of today, by the machine's clock."""
    dates = {"starts_on": today() - timedelta(days=5), "ends_on": today()}
    cohort = a_cohort(state="enrolling", **dates)
    enrolled(cohort, 3)
    new = NewSession(today(), 4)
    [held] = timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=[new])
    bring_to(cohort, "running")
    window = check_ins.open_check_in(by=SYSTEM, on=today(), at=timezone.now(), session=held)
    return cohort, window


def last_four(cohort: Cohort, place: int = 0) -> str:
    return cohort.enrolments.all()[place].person.citizen_id[-4:]


def checked_in(window: CheckIn, cohort: Cohort) -> None:
    check_ins.check_in(window=window, who=last_four(cohort), address="192.0.2.1", at=timezone.now())


def of_check_in(state: str = "open", post: Post = None) -> Visit:
    """The trainer's page: before, while and after check-in is open."""
    cohort, window = a_class_today()
    checked_in(window, cohort)
    if state != "open":
        check_ins.end_check_in(by=SYSTEM, at=timezone.now(), check_in=window)
    if state == "frozen":
        bring_to(cohort, "completed")
    key = f"{today():%Y%m%d}.1"
    address = reverse("courses:check-in", args=[cohort.public_id, key])
    return Visit(an_account("trainer", cohort.base), address, post)


def checking_in(post: Callable[[Cohort], Post] = lambda cohort: None, status: int = 0) -> Visit:
    cohort, window = a_class_today()
    return Visit(None, reverse("check-in:who", args=[window.token]), post(cohort), status)


def checking_in_again() -> Visit:
    cohort, window = a_class_today()
    checked_in(window, cohort)
    attendance.record(
        by=SYSTEM,
        on=today(),
        cohort=cohort,
        marks={(window.session_id, cohort.enrolments.all()[0].pk): "absent"},
    )
    return Visit(None, reverse("check-in:who", args=[window.token]), {"who": last_four(cohort)}, 200)


def after_the_end() -> Visit:
    _cohort, window = a_class_today()
    check_ins.end_check_in(by=SYSTEM, at=timezone.now(), check_in=window)
    return Visit(None, reverse("check-in:who", args=[window.token]), status=410)


def exams_of(cohort: Cohort, role: str = "approver", name: str = "exams", query: str = "") -> Visit:
    organisation = cohort.base if role in ("base_manager", "trainer") else a_federation("620500")
    address = reverse(f"courses:{name}", args=[cohort.public_id])
    return Visit(an_account(role, organisation), address + query)


def a_failed_cohort() -> Cohort:
    """One passed, one failed, one did not come: two may re-sit."""
    cohort = a_cohort_to_examine()
    submitted(an_exam(cohort), 80, 40, None)
    return cohort


def listed_exams(query: str = "") -> Visit:
    examiner = an_examiner()
    marked(an_exam(examiner=examiner), 80, None, 70)
    submitted(an_exam(examiner=examiner), 80, 40, None)
    return Visit(examiner, reverse("courses:exam-list") + query)


def arranging(resit: bool = False, post: Post = None, with_examiner: bool = True) -> Visit:
    if with_examiner:
        an_examiner()
    cohort = a_failed_cohort() if resit else a_cohort_to_examine()
    visit = exams_of(cohort, name="new-exam", query="?resit=1" if resit else "")
    return Visit(visit.account, visit.path, post)


def of_exam(
    name: str,
    state: str = "open",
    who: str = "examiner",
    post: Post = None,
    args: Callable[[Exam], list[str]] | None = None,
) -> Visit:
    """A page of an examination: open, whole, final, or ahead; for its examiner, the approver or the base."""
    examiner = an_examiner()
    held_on = today() + timedelta(days=9) if state == "ahead" else HELD_ON
    exam = an_exam(examiner=examiner, kind="both", held_on=held_on)
    if state in ("whole", "final"):
        for entry, mark in zip(entries_of(exam), (80, 40, None), strict=True):
            one = Mark(is_absent=True) if mark is None else Mark(Decimal(mark), Decimal(mark))
            exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks={entry.pk: one})
    if state == "final":
        exam_results.submit(by=SYSTEM, on=TODAY, exam=exam)
        entry = entries_of(exam)[1]
        mark = Mark(Decimal(45), Decimal(50))
        exam_results.correct(by=SYSTEM, on=TODAY, entry=entry, mark=mark, reason="第三题漏算")
    account = examiner
    if who != "examiner":
        account = an_account(who, exam.cohort.base if who == "base_manager" else a_federation("620500"))
    return Visit(account, reverse(f"courses:{name}", args=args(exam) if args else [exam.public_id]), post)


def bad_marks() -> Visit:
    visit = of_exam("exam")
    exam = Exam.objects.get(public_id=visit.path.rstrip("/").rpartition("/")[2])
    typed = {f"theory-{entry.enrolment.public_id}": "优秀" for entry in entries_of(exam)}
    return Visit(visit.account, visit.path, typed)


def uploading_bad_marks() -> Visit:
    visit = of_exam("exam-upload")
    sheet = SimpleUploadedFile("成绩.csv", "学员编号,姓名,理论成绩,实操成绩\nNOBODY,无,80,80\n".encode())
    return Visit(visit.account, visit.path, {"upload-file": sheet})


def candidate(exam: Exam) -> list[str]:
    return [exam.public_id, entries_of(exam)[0].enrolment.public_id]


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
    "courses:check-in": of_check_in,
    "courses:check-in, not open": lambda: of_check_in("ended"),
    "courses:check-in, minutes missing": lambda: of_check_in("ended", {"act": "open"}),
    "courses:check-in, when the cohort is completed": lambda: of_check_in("frozen"),
    "check-in:code": lambda: Visit(None, reverse("check-in:code")),
    "check-in:code, wrong": lambda: Visit(None, reverse("check-in:code"), {"code": "1"}),
    "check-in:who": checking_in,
    "check-in:who, not on the roster": lambda: checking_in(lambda cohort: {"who": "nobody"}),
    "check-in:who, checked in": lambda: checking_in(lambda cohort: {"who": last_four(cohort)}, 200),
    "check-in:who, recorded before": checking_in_again,
    "check-in:who, ended": after_the_end,
    "courses:exam-list": listed_exams,
    "courses:exam-list, none of this state": lambda: Visit(
        an_examiner(), reverse("courses:exam-list") + "?state=mine"
    ),
    "courses:exams": lambda: exams_of(a_failed_cohort()),
    "courses:exams, none": lambda: exams_of(a_cohort_to_examine(), "base_manager"),
    "courses:new-exam": arranging,
    "courses:new-exam, a re-sit": lambda: arranging(resit=True),
    "courses:new-exam, nothing filled in": lambda: arranging(post={}),
    "courses:new-exam, without an examiner": lambda: arranging(with_examiner=False),
    "courses:exam": lambda: of_exam("exam"),
    "courses:exam, final": lambda: of_exam("exam", "final"),
    "courses:exam, ahead": lambda: of_exam("exam", "ahead", "approver"),
    "courses:exam, for the base": lambda: of_exam("exam", "whole", "base_manager"),
    "courses:exam, bad marks": bad_marks,
    "courses:exam-upload, no file": lambda: of_exam("exam-upload", post={}),
    "courses:exam-upload, unknown": uploading_bad_marks,
    "courses:edit-exam": lambda: of_exam("edit-exam", who="approver"),
    "courses:edit-exam, nothing filled in": lambda: of_exam("edit-exam", who="approver", post={}),
    "courses:submit-exam": lambda: of_exam("submit-exam", "whole"),
    "courses:submit-exam, not whole": lambda: of_exam("submit-exam"),
    "courses:submit-exam, final": lambda: of_exam("submit-exam", "final"),
    "courses:correct-exam": lambda: of_exam("correct-exam", "final", args=candidate),
    "courses:correct-exam, nothing filled in": lambda: of_exam(
        "correct-exam", "final", args=candidate, post={}
    ),
}

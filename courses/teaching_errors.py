"""Refusals of teaching and examination; their words are in courses/words.py too."""

from courses.errors import CoursesError
from registry.errors import Conflict, NotPermitted


class SessionRecorded(Conflict):
    """Attendance of the session on `on`, part `part`, is recorded: its day, part, hours and purpose stay."""

    code = "session_recorded"


class SessionMadeUp(Conflict):
    """Another session makes up for the session on `on`, part `part`: it stays."""

    code = "session_made_up"


class TrainerBusy(Conflict):
    """The trainer teaches `cohort` of the base at that time: on `on`, part `part`."""

    code = "session_trainer_busy"


class TrainerBusyElsewhere(Conflict):
    """The trainer teaches at another base at that time, on `on`; which class is not said."""

    code = "session_trainer_busy_elsewhere"


class RoomBusy(Conflict):
    """The room is taken by `cohort` at that time: on `on`, part `part`."""

    code = "session_room_busy"


class TrainerTeaches(Conflict):
    """The trainer has `count` sessions of the cohort, so stays one of its trainers."""

    code = "trainer_teaches"


class TrainerKnown(Conflict):
    """The base has a trainer with this citizen ID."""

    code = "trainer_known"


class CheckInNotToday(CoursesError):
    """Check-in opens on the day of the session, `on`."""

    code = "check_in_not_today"


class CheckInClosed(CoursesError):
    """The link leads to no check-in that is open: it ended, or there never was one."""

    code = "check_in_closed"
    status = 410


class CheckInCodeUnknown(CoursesError):
    """No open check-in has this code."""

    code = "check_in_code_unknown"


class NotOnRoster(CoursesError):
    """Nobody on the roster is who this says."""

    code = "check_in_unknown"


class SeveralOnRoster(CoursesError):
    """The last four signs are those of several trainees; with `same_name` their names are the same too."""

    code = "check_in_several"


class ExaminedApart(Conflict):
    """Whoever taught does not record scores: an examiner of the federation does (考培分离, docs/domain.md §5.3)."""

    code = "examined_apart"


class ExamFinal(Conflict):
    """The results were submitted: they change by a correction with a reason only."""

    code = "exam_final"


class ExamNotFinal(Conflict):
    """A correction of results that are not submitted yet: they can simply be changed."""

    code = "exam_not_final"


class ExamIncomplete(Conflict):
    """`count` candidates have no result: each has marks or was absent."""

    code = "exam_incomplete"


class ExamAhead(Conflict):
    """Results of an examination that is still ahead, on `on`."""

    code = "exam_ahead"


class ExamHasMarks(Conflict):
    """An examination with marks is kept."""

    code = "exam_has_marks"


class NobodyToExamine(Conflict):
    """No trainee of the cohort may sit this examination: all have sat, passed, or used their attempts."""

    code = "exam_nobody"


class ExamsOpen(Conflict):
    """`count` examinations of the cohort have no final results."""

    code = "cohort_exams_open"


class NotTheExaminer(NotPermitted):
    """Another examiner is appointed for this examination."""

    code = "exam_other_examiner"

"""Refusals of `courses`: each has a permanent code whose words are in courses/words.py."""

from registry.errors import Conflict, NotPermitted, RegistryError


class CoursesError(RegistryError):
    """The root of what this app refuses that is neither a missing permission nor a changed state."""

    code = "courses_refused"
    status = 422


class CourseNameTaken(Conflict):
    """The base already has a course of this name and level."""

    code = "course_name_taken"


class CourseInUse(Conflict):
    """A cohort of the course was submitted: what it taught and how it was judged no longer changes."""

    code = "course_in_use"


class CohortNameTaken(Conflict):
    """The base already has a cohort of this name."""

    code = "cohort_name_taken"


class CohortFrozen(Conflict):
    """The cohort's particulars may be edited only in draft or when returned; `state` says where it is."""

    code = "cohort_frozen"


class MoveNotAllowed(Conflict):
    """No such move of a cohort: from `state` to `to`."""

    code = "cohort_move_not_allowed"


class OwnFiling(NotPermitted):
    """Who files for a base does not approve for it (docs/domain.md §5.3)."""

    code = "cohort_own_filing"


class FlagGone(Conflict):
    """The records no longer show what the flag was about: there is nothing to decide."""

    code = "flag_gone"


class OwnFlag(NotPermitted):
    """Who files for a base does not judge what is asked about it."""

    code = "flag_own"


class ReasonMissing(CoursesError):
    """The move or late enrolment needs a reason."""

    code = "reason_missing"


class FilingIncomplete(CoursesError):
    """The filing lacks something; `missing` are the codes of what."""

    code = "filing_incomplete"


class BaseSuspended(Conflict):
    """Every plaque of the base is suspended: until one is reinstated it neither files nor starts cohorts."""

    code = "cohort_base_suspended"


class NobodyEnrolled(Conflict):
    """A cohort without trainees cannot start."""

    code = "cohort_nobody_enrolled"


class ComparisonOver(Conflict):
    """Its columns were chosen already: another file is another comparison."""

    code = "comparison_over"


class ComparisonForgotten(Conflict):
    """What the partner told was deleted when its time was over."""

    code = "comparison_forgotten"


class OnlyVerified(Conflict):
    """Verifying asks whether our values hold; it takes over none."""

    code = "comparison_only_verified"


class NothingToExport(Conflict):
    """Nobody and nothing falls under what was asked for."""

    code = "export_nothing"


class ResourceEmpty(Conflict):
    """Nothing to publish: no file, no link, no text."""

    code = "resource_empty"


class OutcomesPending(Conflict):
    """`count` trainees have no outcome, or one that the records no longer support."""

    code = "cohort_outcomes_pending"


class EnrolmentClosed(Conflict):
    """The roster is frozen in this `state`."""

    code = "enrolment_closed"


class LateReasonMissing(EnrolmentClosed):
    """The cohort is running: joining late needs a reason."""

    code = "enrolment_late_reason_missing"


class EnrolmentDecided(Conflict):
    """The trainee's outcome stands: they have already left, or the cohort is completed."""

    code = "enrolment_decided"


class RecordsClosed(Conflict):
    """Attendance or results are not recorded in this `state` of the cohort."""

    code = "records_closed"


class SessionTaken(Conflict):
    """There is already a session on `on`, part `part`."""

    code = "session_taken"


class SessionOutsideCohort(CoursesError):
    """A session lies outside the cohort's dates `starts_on` to `ends_on`."""

    code = "session_outside_cohort"


class SessionHasMarks(Conflict):
    """A session with attendance is kept."""

    code = "session_has_marks"


class SessionAhead(CoursesError):
    """Attendance of a session that is still ahead, on `on`."""

    code = "session_ahead"


class NotInCohort(CoursesError):
    """`count` of the sessions or enrolments named are not of this cohort."""

    code = "not_in_cohort"


class BadMark(CoursesError):
    """A mark that is none of present, late, leave, absent."""

    code = "attendance_mark_unknown"


class BadScore(CoursesError):
    """A score outside 0 to 100, or with more than one decimal."""

    code = "score_invalid"


class BadAssessmentDate(CoursesError):
    """The assessment lies before the cohort began, or ahead."""

    code = "assessment_date_invalid"


class BadPattern(CoursesError):
    """A pattern of sessions that yields none, or too many (`limit`)."""

    code = "session_pattern_invalid"


class SpellOverlaps(Conflict):
    """The person has another job in these days, and neither is part-time."""

    code = "spell_overlaps"


class SpellChanged(Conflict):
    """The job was ended or undone meanwhile."""

    code = "spell_changed"


class FollowUpDone(Conflict):
    """The question was answered before, or the person took back their consent to be asked."""

    code = "follow_up_done"


class ServicePlanOpen(Conflict):
    """The person has an open plan: close it before another is opened."""

    code = "service_plan_open"


class ServicePlanClosed(Conflict):
    """The plan was closed meanwhile."""

    code = "service_plan_closed"


class NotACounsellor(CoursesError):
    """The account holds no role of a counsellor that reaches `count` of these people."""

    code = "not_a_counsellor"


class EvaluationTooEarly(Conflict):
    """Trainees evaluate what has begun; the cohort is still `state`."""

    code = "evaluation_too_early"


class EvaluationNotOpen(Conflict):
    """The evaluation takes answers from its first to its last day only."""

    code = "evaluation_not_open"


class CodeUsed(Conflict):
    """Each code is good for one answer."""

    code = "evaluation_code_used"


class CallRecorded(Conflict):
    """The call to this trainee has its result already."""

    code = "spot_call_recorded"


class NobodyLeftToCall(Conflict):
    """Everyone of the class was drawn already."""

    code = "nobody_left_to_call"


class SchemeNotApplicable(CoursesError):
    """The scheme does not apply here: `why` is region, date, kind, funding_source or cohort_state."""


class EvaluationNeeded(Conflict):
    """The local standard wants the trainees asked before the cohort is completed: open its evaluation first."""

    code = "evaluation_needed"

from courses.models.attendance import Attendance, Session
from courses.models.cohorts import Cohort
from courses.models.courses import Course
from courses.models.enrolments import AssessmentResult, Enrolment
from courses.models.rosters import RosterImport, RosterImportRow
from courses.models.skills import Skill, SkillCategory

__all__ = [
    "AssessmentResult",
    "Attendance",
    "Cohort",
    "Course",
    "Enrolment",
    "RosterImport",
    "RosterImportRow",
    "Session",
    "Skill",
    "SkillCategory",
]

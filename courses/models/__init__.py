from courses.models.abilities import AbilityAssessment
from courses.models.attendance import Attendance, Session
from courses.models.base_grants import BaseGrant
from courses.models.check_ins import CheckIn
from courses.models.cohorts import Cohort
from courses.models.comparisons import Comparison, ComparisonRow, Discrepancy, PartnerLayout
from courses.models.counsellors import CounsellorAssignment
from courses.models.courses import Course
from courses.models.employment import EmploymentSpell
from courses.models.enrolments import AssessmentResult, Enrolment
from courses.models.evaluations import (
    Evaluation,
    EvaluationAnswer,
    EvaluationCode,
    EvaluationMark,
    Questionnaire,
)
from courses.models.exams import Exam, ExamCorrection, ExamEntry
from courses.models.export_files import ExportFile, ExportPart
from courses.models.filings import BudgetLine, CohortMove
from courses.models.flags import CohortCheck, FlagCursor, FlagEvent, ReviewFlag
from courses.models.follow_ups import FollowUp, FollowUpTry
from courses.models.packages import TrainingPackage
from courses.models.population_figures import PopulationFigure
from courses.models.resources import OnlineResource, ResourceFile, ResourceVisit
from courses.models.reviews import CohortReview, SpotCall
from courses.models.rosters import RosterImport, RosterImportRow
from courses.models.schemes import SubsidyScheme
from courses.models.service_plans import ServicePlan, ServicePlanReview
from courses.models.service_records import Graduation, ServiceRecord
from courses.models.skills import Skill, SkillCategory
from courses.models.subsidies import OtherFunding, SubsidyClaim, SubsidyItem, SubsidyStep
from courses.models.trainers import Trainer
from courses.models.vouchers import Voucher

__all__ = [
    "AbilityAssessment",
    "AssessmentResult",
    "Attendance",
    "BaseGrant",
    "BudgetLine",
    "CheckIn",
    "Cohort",
    "CohortCheck",
    "CohortMove",
    "CohortReview",
    "Comparison",
    "ComparisonRow",
    "CounsellorAssignment",
    "Course",
    "Discrepancy",
    "EmploymentSpell",
    "Enrolment",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationCode",
    "EvaluationMark",
    "Exam",
    "ExamCorrection",
    "ExamEntry",
    "ExportFile",
    "ExportPart",
    "FlagCursor",
    "FlagEvent",
    "FollowUp",
    "FollowUpTry",
    "Graduation",
    "OnlineResource",
    "OtherFunding",
    "PartnerLayout",
    "PopulationFigure",
    "Questionnaire",
    "ResourceFile",
    "ResourceVisit",
    "ReviewFlag",
    "RosterImport",
    "RosterImportRow",
    "ServicePlan",
    "ServicePlanReview",
    "ServiceRecord",
    "Session",
    "Skill",
    "SkillCategory",
    "SpotCall",
    "SubsidyClaim",
    "SubsidyItem",
    "SubsidyScheme",
    "SubsidyStep",
    "Trainer",
    "TrainingPackage",
    "Voucher",
]

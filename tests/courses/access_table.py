"""Who may open which door of `courses`."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courses.actions import rosters
from courses.workbooks.writing import write_table
from registry.rules.access import SYSTEM
from tests.access import APPROVER, EVERYONE, MANAGER, OFFICER, TRAINER, Door, World
from tests.conftest import TODAY
from tests.courses import (
    employment_doors,
    evaluation_doors,
    exchange_doors,
    filing_doors,
    flag_doors,
    resource_doors,
    subsidy_doors,
    teaching_doors,
)
from tests.courses.factories import a_cohort, a_course, bring_to, enrolled, sessions_of

FILES = frozenset({MANAGER})
COURSES = frozenset({MANAGER, OFFICER})
RECORDS = frozenset({MANAGER, TRAINER})


def build(world: World) -> None:
    """The target: a course and a running cohort of the world's base with the world's person on its roster."""
    world.course = a_course(world.base, name="目标培训项目")
    world.cohort = a_cohort(world.base, course=world.course, name="目标培训班", state="enrolling")
    [world.enrolment] = enrolled(world.cohort, [world.person])
    [world.session, *_others] = sessions_of(world.cohort)
    sheet = write_table(["姓名", "身份证号"], [[world.person.name, "62050219850315001"]])
    world.roster = rosters.upload(
        by=SYSTEM, on=TODAY, cohort=world.cohort, file_name="目标花名册.xlsx", data=sheet
    )
    bring_to(world.cohort, "running")
    world.draft = a_cohort(world.base, course=world.course, name="目标草稿班")
    world.submitted = a_cohort(world.base, course=world.course, name="目标待审班", state="submitted")
    resource_doors.build(world)
    employment_doors.build(world)
    exchange_doors.build(world)
    world.secrets |= {
        world.course.name,
        world.cohort.name,
        world.enrolment.public_id,
        world.roster.public_id,
        world.draft.name,
        world.submitted.name,
    }
    teaching_doors.build(world)
    filing_doors.build(world)
    evaluation_doors.build(world)
    flag_doors.build(world)
    subsidy_doors.build(world)


def course_id(world: World) -> list[str]:
    return [world.course.public_id]


def cohort_id(world: World) -> list[str]:
    return [world.cohort.public_id]


def enrolment_id(world: World) -> list[str]:
    return [world.cohort.public_id, world.enrolment.public_id]


def roster_id(world: World) -> list[str]:
    return [world.cohort.public_id, world.roster.public_id]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_score(world: World) -> dict[str, Any]:
    scores = [{"enrolment": world.enrolment.public_id, "score": 80}]
    return {"assessed_on": str(TODAY), "scores": scores}


def a_mark(world: World) -> dict[str, Any]:
    mark = {"on": str(world.session.on), "enrolment": world.enrolment.public_id, "presence": "present"}
    return {"marks": [mark]}


def a_correction(world: World) -> dict[str, Any]:
    row = world.roster.rows.first()
    return {"corrections": [{"sheet": row.sheet, "row": row.row_number, "cells": {"name": "李目标"}}]}


DOORS = [
    *resource_doors.DOORS,
    *employment_doors.DOORS,
    *exchange_doors.DOORS,
    Door("courses:courses", EVERYONE, listing=True),
    Door("courses:new-course", COURSES, listing=True, post=nothing),
    Door("courses:edit-course", COURSES, EVERYONE, args=course_id, post=nothing),
    Door("courses:cohorts", EVERYONE, listing=True),
    Door("courses:new-cohort", FILES, listing=True, post=nothing),
    Door("courses:cohort", EVERYONE, args=cohort_id),
    Door(
        "courses:edit-cohort",
        FILES,
        EVERYONE,
        args=lambda world: [world.draft.public_id],
        post=nothing,
    ),
    Door(
        "courses:move-cohort",
        FILES,
        EVERYONE,
        args=lambda world: [world.draft.public_id, "submitted"],
        post=nothing,
    ),
    Door(
        "courses:move-cohort",
        frozenset({APPROVER}),
        EVERYONE,
        args=lambda world: [world.submitted.public_id, "approved"],
        post=nothing,
    ),
    Door("courses:trainees", EVERYONE, args=cohort_id),
    Door("courses:leave", FILES, EVERYONE, args=enrolment_id, post=nothing),
    Door("courses:attendance", EVERYONE, args=cohort_id),
    Door("courses:attendance", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:attendance-correct", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:attendance-sheet", RECORDS, EVERYONE, args=cohort_id),
    Door("courses:attendance-upload", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:sessions", RECORDS, EVERYONE, args=cohort_id, post=nothing),
    Door(
        "courses:remove-session",
        RECORDS,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"session": f"{world.session.on:%Y%m%d}.1"},
    ),
    Door("courses:results", EVERYONE, args=cohort_id),
    Door(
        "courses:results",
        RECORDS,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"assessed_on": str(TODAY)},
    ),
    Door("courses:results-sheet", RECORDS, EVERYONE, args=cohort_id),
    Door("courses:results-upload", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:outcomes", EVERYONE, args=cohort_id),
    Door("courses:outcomes", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:roster-template", FILES, listing=True),
    Door("courses:roster", FILES, EVERYONE, args=cohort_id, post=nothing),
    Door("courses:roster-import", FILES, EVERYONE, args=roster_id, post=nothing),
    Door("courses:roster-bad-rows", FILES, EVERYONE, args=roster_id),
    # The API says the same.
    Door("api:list_skills", EVERYONE, listing=True),
    Door("api:list_courses", EVERYONE, listing=True),
    Door(
        "api:create_course",
        COURSES,
        EVERYONE,
        get=False,
        post=lambda world: {"base": world.base.public_id, "skill": "livestreaming", "name": "新"},
    ),
    Door("api:get_course", EVERYONE, args=course_id),
    Door(
        "api:edit_course",
        COURSES,
        EVERYONE,
        args=course_id,
        get=False,
        method="patch",
        post=lambda world: {"pass_mark": 50},
    ),
    Door("api:list_cohorts", EVERYONE, listing=True),
    Door(
        "api:create_cohort",
        FILES,
        EVERYONE,
        get=False,
        post=lambda world: {
            "course": world.course.public_id,
            "name": "新",
            "starts_on": str(TODAY),
            "ends_on": str(TODAY),
        },
    ),
    Door("api:get_cohort", EVERYONE, args=cohort_id),
    Door(
        "api:edit_cohort",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        method="patch",
        post=lambda world: {"venue": "二楼"},
    ),
    Door(
        "api:move_cohort",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"state": "assessing"},
    ),
    Door("api:list_enrolments", EVERYONE, args=cohort_id),
    Door(
        "api:enrol",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"people": [world.person.public_id]},
    ),
    Door("api:withdraw_enrolment", FILES, EVERYONE, args=enrolment_id, get=False, post=nothing),
    Door("api:take_back_enrolment", FILES, EVERYONE, args=enrolment_id, get=False, post=nothing),
    Door("api:list_sessions", EVERYONE, args=cohort_id),
    Door(
        "api:add_sessions",
        RECORDS,
        EVERYONE,
        args=cohort_id,
        get=False,
        post=lambda world: {"sessions": [{"on": str(TODAY), "hours": 4}]},
    ),
    Door("api:list_attendance", EVERYONE, args=cohort_id),
    Door("api:record_attendance", RECORDS, EVERYONE, args=cohort_id, get=False, method="put", post=a_mark),
    Door("api:record_results", RECORDS, EVERYONE, args=cohort_id, get=False, method="put", post=a_score),
    Door("api:list_outcomes", EVERYONE, args=cohort_id),
    Door("api:decide_outcomes", RECORDS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door(
        "api:upload_roster",
        FILES,
        EVERYONE,
        args=cohort_id,
        get=False,
        method="upload",
        post=lambda world: {"file": SimpleUploadedFile("名单.xlsx", b"no workbook")},
    ),
    Door("api:get_roster", FILES, EVERYONE, args=roster_id),
    Door("api:list_roster_rows", FILES, EVERYONE, args=roster_id),
    Door(
        "api:correct_roster",
        FILES,
        EVERYONE,
        args=roster_id,
        get=False,
        method="patch",
        post=a_correction,
    ),
    Door("api:load_roster", FILES, EVERYONE, args=roster_id, get=False, post=nothing),
    Door("api:get_bad_roster_rows", FILES, EVERYONE, args=roster_id),
    *evaluation_doors.DOORS,
    *teaching_doors.DOORS,
    *flag_doors.DOORS,
    *filing_doors.DOORS,
    *subsidy_doors.DOORS,
]

MODELS = {
    **resource_doors.MODELS,
    **exchange_doors.MODELS,
    "courses.AssessmentResult": "internal",
    "courses.Attendance": "internal",
    "courses.BaseGrant": "scoped",
    "courses.Cohort": "scoped",
    "courses.CohortReview": "scoped",
    "courses.CounsellorAssignment": "scoped",
    "courses.Course": "scoped",
    "courses.EmploymentSpell": "scoped",
    "courses.Enrolment": "scoped",
    "courses.Evaluation": "scoped",
    "courses.EvaluationAnswer": "internal",
    "courses.EvaluationCode": "internal",
    "courses.EvaluationMark": "internal",
    "courses.Questionnaire": "internal",
    "courses.SpotCall": "internal",
    "courses.FollowUp": "scoped",
    "courses.FollowUpTry": "internal",
    "courses.Graduation": "scoped",
    "courses.OtherFunding": "scoped",
    "courses.RosterImport": "scoped",
    "courses.RosterImportRow": "internal",
    "courses.ServicePlan": "scoped",
    "courses.ServicePlanReview": "internal",
    "courses.ServiceRecord": "scoped",
    "courses.Session": "internal",
    "courses.Skill": "public",
    "courses.SkillCategory": "public",
    "courses.SubsidyClaim": "scoped",
    "courses.SubsidyItem": "internal",
    "courses.SubsidyScheme": "scoped",
    "courses.SubsidyStep": "internal",
    **teaching_doors.MODELS,
    **flag_doors.MODELS,
    **filing_doors.MODELS,
}

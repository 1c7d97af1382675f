"""Pages of `courses`."""

from django.urls import path

from courses.views import (
    attendance,
    cohorts,
    courses,
    enrolments,
    outcomes,
    results,
    rosters,
    sessions,
    trainers,
)

app_name = "courses"
urlpatterns = [
    path("", courses.course_list, name="courses"),
    path("new/", courses.new_course, name="new-course"),
    path("cohorts/", cohorts.cohort_list, name="cohorts"),
    path("cohorts/new/", cohorts.new_cohort, name="new-cohort"),
    path("cohorts/<str:public_id>/", cohorts.cohort, name="cohort"),
    path("cohorts/<str:public_id>/edit/", cohorts.edit_cohort, name="edit-cohort"),
    path("cohorts/<str:public_id>/move/<slug:to>/", cohorts.move_cohort, name="move-cohort"),
    path("roster-template.xlsx", rosters.template, name="roster-template"),
    path("cohorts/<str:public_id>/roster/", rosters.roster, name="roster"),
    path("cohorts/<str:public_id>/roster/<str:roster_id>/", rosters.roster_import, name="roster-import"),
    path(
        "cohorts/<str:public_id>/roster/<str:roster_id>/bad-rows.xlsx",
        rosters.bad_rows,
        name="roster-bad-rows",
    ),
    path("cohorts/<str:public_id>/attendance/", attendance.attendance_page, name="attendance"),
    path("cohorts/<str:public_id>/attendance/correct/", attendance.correct, name="attendance-correct"),
    path("cohorts/<str:public_id>/attendance/sheet/", attendance.sheet, name="attendance-sheet"),
    path("cohorts/<str:public_id>/attendance/upload/", attendance.upload, name="attendance-upload"),
    path("cohorts/<str:public_id>/sessions/", sessions.add_sessions, name="sessions"),
    path("cohorts/<str:public_id>/sessions/remove/", sessions.remove_session, name="remove-session"),
    path("cohorts/<str:public_id>/sessions/<str:key>/", sessions.edit_session, name="edit-session"),
    path("cohorts/<str:public_id>/trainers/", trainers.cohort_trainers, name="cohort-trainers"),
    path("trainers/", trainers.trainer_list, name="trainers"),
    path("trainers/new/", trainers.new_trainer, name="new-trainer"),
    path("trainers/<str:public_id>/", trainers.trainer, name="trainer"),
    path("trainers/<str:public_id>/edit/", trainers.edit_trainer, name="edit-trainer"),
    path("trainers/<str:public_id>/evidence/", trainers.add_evidence, name="trainer-evidence"),
    path("cohorts/<str:public_id>/results/", results.results_page, name="results"),
    path("cohorts/<str:public_id>/results/sheet/", results.sheet, name="results-sheet"),
    path("cohorts/<str:public_id>/results/upload/", results.upload, name="results-upload"),
    path("cohorts/<str:public_id>/outcomes/", outcomes.outcomes_page, name="outcomes"),
    path("cohorts/<str:public_id>/trainees/", enrolments.trainees, name="trainees"),
    path("cohorts/<str:public_id>/trainees/<str:enrolment_id>/leave/", enrolments.leave, name="leave"),
    path("<str:public_id>/edit/", courses.edit_course, name="edit-course"),
]

"""Pages of `goals`."""

from django.urls import URLPattern, URLResolver, include, path

from goals.views import (
    allocations,
    data_quality,
    indicators,
    people,
    plan_edits,
    plans,
    regions,
    releases,
    reported_figures,
    sheets,
    targets,
)

app_name = "goals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", regions.dashboard, name="dashboard"),
    path("regions/<str:code>/", regions.region, name="region"),
    path("regions/<str:code>/sheets/<slug:name>.<slug:kind>", sheets.region_sheet, name="region-sheet"),
    path("regions/<str:code>/indicators/", indicators.indicator_list, name="indicators"),
    path("regions/<str:code>/indicators/<slug:key>/", indicators.indicator, name="indicator"),
    path(
        "regions/<str:code>/indicators/<slug:key>/people/", people.indicator_people, name="indicator-people"
    ),
    path(
        "regions/<str:code>/indicators/<slug:key>/sheets/<slug:name>.<slug:kind>",
        sheets.indicator_sheet,
        name="indicator-sheet",
    ),
    path("regions/<str:code>/quality/", data_quality.quality, name="quality"),
    path("regions/<str:code>/quality.xlsx", data_quality.sheet, name="quality-sheet"),
    path("regions/<str:code>/quality/people/", data_quality.incomplete_people, name="incomplete-people"),
    path("regions/<str:code>/quality/jobs/", data_quality.doubtful_jobs, name="doubtful-jobs"),
    path("statistics/", releases.statistics, name="statistics"),
    path("statistics/<str:code>/publish/", releases.publish, name="publish"),
    path("people/", people.people, name="people"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/new/", plan_edits.new_plan, name="new-plan"),
    path("plans/<slug:public_id>/", plans.plan, name="plan"),
    path("plans/<slug:public_id>/edit/", plan_edits.edit_plan, name="edit-plan"),
    path("plans/<slug:public_id>/put-in-force/", plan_edits.put_in_force, name="put-in-force"),
    path("plans/<slug:public_id>/withdraw/", plan_edits.withdraw_plan, name="withdraw-plan"),
    path("plans/<slug:public_id>/ledger/", plans.plan_ledger, name="plan-ledger"),
    path("plans/<slug:public_id>/targets/new/", targets.new_target, name="new-target"),
    path("targets/<slug:code>/", targets.target, name="target"),
    path("targets/<slug:code>/edit/", targets.edit_target, name="edit-target"),
    path("targets/<slug:code>/report/", reported_figures.report_figure, name="report-figure"),
    path("targets/<slug:code>/split/", allocations.split_target, name="split"),
    path("reported/<slug:public_id>/undo/", reported_figures.undo_figure, name="undo-figure"),
    path("", include("goals.report_urls")),
]

"""Pages of reports and bulletins."""

from django.urls import URLPattern, path

from goals.views import bulletins, report_steps, reports

urlpatterns: list[URLPattern] = [
    path("reports/", reports.board, name="reports"),
    path("reports/new/<str:code>/<int:year>/<str:region_code>/", reports.new, name="new-report"),
    path("reports/<slug:public_id>/", reports.report, name="report"),
    path("reports/<slug:public_id>/sections/<slug:name>/", report_steps.section, name="report-section"),
    path("reports/<slug:public_id>/date/", report_steps.choose_date, name="report-date"),
    path("reports/<slug:public_id>/submit/", report_steps.submit, name="submit-report"),
    path("reports/<slug:public_id>/decide/", report_steps.decide, name="decide-report"),
    path("reports/<slug:public_id>/sent/", report_steps.send, name="send-report"),
    path("reports/<slug:public_id>/file.<slug:kind>", reports.file, name="report-file"),
    path("bulletins/", bulletins.bulletin_list, name="bulletins"),
    path("bulletins/new/<slug:plan_id>/<str:region_code>/", bulletins.new, name="new-bulletin"),
    path("bulletins/<slug:public_id>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<slug:public_id>/edit/", bulletins.edit, name="edit-bulletin"),
    path("bulletins/<slug:public_id>/issue/", bulletins.issue, name="issue-bulletin"),
    path("bulletins/<slug:public_id>/file.<slug:kind>", bulletins.file, name="bulletin-file"),
]

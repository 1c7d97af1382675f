"""Pages of `goals`."""

from django.urls import URLPattern, path

from goals.views import coverage, people, plans

app_name = "goals"
urlpatterns: list[URLPattern] = [
    path("", coverage.dashboard, name="dashboard"),
    path("regions/<str:code>/", coverage.region, name="region"),
    path("people/", people.people, name="people"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<slug:public_id>/", plans.plan, name="plan"),
]

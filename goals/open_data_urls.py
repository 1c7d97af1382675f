"""The public open data, at an address of its own that does not change."""

from django.urls import path

from goals.views import open_data

app_name = "open-data"
urlpatterns = [
    path("", open_data.home, name="home"),
    path("two-skills.csv", open_data.table, name="csv"),
    path("two-skills.json", open_data.records, name="json"),
    path("datapackage.json", open_data.package, name="package"),
]

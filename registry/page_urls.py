"""Pages of `registry`."""

from django.urls import URLPattern, path

from registry.views import statements

app_name = "registry"
urlpatterns: list[URLPattern] = [
    path("help/", statements.help_page, name="help"),
    path("accessibility/", statements.accessibility, name="accessibility"),
]

"""The root of the site: pages of every app, the API, refusals."""

from django.urls import include, path

from registry.api import api

urlpatterns = [
    path("", include("registry.page_urls")),
    path("courses/", include("courses.urls")),
    path("qd/", include("courses.check_in_urls")),
    path("", include("certificates.urls")),
    path("goals/", include("goals.urls")),
    path("open-data/", include("goals.open_data_urls")),
    path("api/", api.urls),
]

handler400 = "registry.views.refusals.bad_request"
handler403 = "registry.views.refusals.permission_denied"
handler404 = "registry.views.refusals.page_not_found"
handler500 = "registry.views.refusals.server_error"

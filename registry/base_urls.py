"""Pages of bases: what they are, their plaques, applications, evaluations; agencies; the public directory."""

from django.urls import path

from registry.views import (
    accreditations,
    agencies,
    applications,
    base_coverage,
    base_evaluations,
    bases,
    directory,
)

urlpatterns = [
    path("bases/", bases.base_list, name="bases"),
    path("bases/new/", bases.new_base, name="new-base"),
    path("bases/coverage/", base_coverage.coverage, name="base-coverage"),
    path("bases/<slug:public_id>/", bases.base, name="base"),
    path("bases/<slug:public_id>/edit/", bases.edit, name="edit-base"),
    path("bases/<slug:public_id>/history/", bases.history, name="base-history"),
    path("bases/<slug:public_id>/accredit/", accreditations.accredit, name="accredit"),
    path(
        "bases/<slug:public_id>/accreditations/<int:accreditation_id>/revoke/",
        accreditations.revoke,
        name="revoke-accreditation",
    ),
    path(
        "bases/<slug:public_id>/accreditations/<int:accreditation_id>/suspend/",
        accreditations.suspend,
        name="suspend-accreditation",
    ),
    path(
        "bases/<slug:public_id>/suspensions/<int:suspension_id>/reinstate/",
        accreditations.reinstate,
        name="reinstate-accreditation",
    ),
    path("bases/<slug:public_id>/apply/", applications.apply, name="apply"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/publish/", applications.publish, name="publish-applications"),
    path("applications/<slug:public_id>/", applications.application, name="application"),
    path("applications/<slug:public_id>/edit/", applications.edit, name="edit-application"),
    path("applications/<slug:public_id>/evidence/", applications.add_evidence, name="application-evidence"),
    path("applications/<slug:public_id>/<slug:name>/", applications.step, name="application-step"),
    path("base-evaluations/", base_evaluations.evaluation_list, name="base-evaluations"),
    path("base-evaluations/start/", base_evaluations.start, name="start-evaluations"),
    path("base-evaluations/<slug:public_id>/", base_evaluations.evaluation, name="base-evaluation"),
    path(
        "base-evaluations/<slug:public_id>/<slug:name>/", base_evaluations.step, name="base-evaluation-step"
    ),
    path("agencies/", agencies.agency_list, name="agencies"),
    path("agencies/new/", agencies.new_agency, name="new-agency"),
    path("agencies/<slug:public_id>/", agencies.agency, name="agency"),
    path("directory/", directory.bases, name="directory"),
    path("directory/agencies/", directory.agencies, name="directory-agencies"),
]

"""Pages of subsidies, schemes, other offices' payments and grants to bases; part of courses/urls.py."""

from django.urls import path

from courses.views import base_grants, claims, other_funding, schemes, subsidies, subsidy_batches

urlpatterns = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.new_scheme, name="new-scheme"),
    path("schemes/<str:public_id>/", schemes.scheme, name="scheme"),
    path("schemes/<str:public_id>/replace/", schemes.replace_scheme, name="replace-scheme"),
    path("subsidies/", subsidies.subsidy_list, name="subsidies"),
    path("subsidies/figures/", subsidies.subsidy_figures, name="subsidy-figures"),
    path("subsidies/batch/<slug:step>/", subsidy_batches.batch, name="subsidy-batch"),
    path("subsidies/notice/", subsidy_batches.notice, name="subsidy-notice"),
    path("subsidies/payments/", subsidy_batches.payments, name="subsidy-payments"),
    path("subsidies/<str:public_id>/", subsidies.subsidy, name="subsidy"),
    path("subsidies/<str:public_id>/step/<slug:step>/", subsidies.subsidy_step, name="subsidy-step"),
    path("subsidies/<str:public_id>/evidence/", subsidies.subsidy_evidence, name="subsidy-evidence"),
    path("subsidies/<str:public_id>/accounts/", claims.subsidy_accounts, name="subsidy-accounts"),
    path("subsidies/<str:public_id>/recover/", claims.recover_subsidy, name="recover-subsidy"),
    path("cohorts/<str:public_id>/subsidies/", claims.cohort_subsidies, name="cohort-subsidies"),
    path("people/<str:public_id>/subsidies/", claims.person_subsidies, name="person-subsidies"),
    path("people/<str:public_id>/subsidies/new/<slug:kind>/", claims.new_subsidy, name="new-subsidy"),
    path("people/<str:public_id>/other-funding/", other_funding.new_other_funding, name="new-other-funding"),
    path("other-funding/", other_funding.other_funding, name="other-funding"),
    path("other-funding/upload/", other_funding.upload_other_funding, name="upload-other-funding"),
    path("other-funding/template.xlsx", other_funding.other_funding_template, name="other-funding-template"),
    path("other-funding/<str:public_id>/undo/", other_funding.undo_other_funding, name="undo-other-funding"),
    path("bases/<str:public_id>/grants/", base_grants.base_grants, name="base-grants"),
    path("grants/<str:public_id>/pay/", base_grants.pay_base_grant, name="pay-base-grant"),
    path("grants/<str:public_id>/undo/", base_grants.undo_base_grant, name="undo-base-grant"),
]

"""Pages of `certificates`."""

from django.urls import path

from certificates.views import (
    certificates,
    changes,
    cohorts,
    corrections,
    external,
    holder_certificates,
    holders,
    policies,
    public,
    published,
    reports,
    scan,
    shared,
    shares,
    slips,
)

app_name = "certificates"
urlpatterns = [
    # Public. The first is answered by certificates/public.py before it gets here.
    path("C/<str:code>", public.certificate, name="verify"),
    path("C/<str:code>/report", reports.report, name="report"),
    path("C/<str:code>/report/received", reports.received, name="report-received"),
    path("verify/scan/", scan.scanner, name="scan"),
    path("verify/", public.look_up, name="look-up"),
    path(".well-known/twoskills-trust.json", published.trust, name="trust"),
    # The holder, without an account.
    path("my/", holders.my, name="my"),
    path("M/<str:token>", holders.slip, name="slip"),
    path("my/help/", holders.help_page, name="my-help"),
    path("my/end", holders.end, name="my-end"),
    path("my/certificates/<str:public_id>.pdf", holder_certificates.pdf, name="my-pdf"),
    path("my/certificates/<str:public_id>.png", holder_certificates.image, name="my-image"),
    path("my/certificates/<str:public_id>/", holder_certificates.certificate, name="my-certificate"),
    path("my/certificates/<str:public_id>/qr/", holder_certificates.big_qr, name="my-qr"),
    path("my/shares/", shares.share_list, name="my-shares"),
    path("my/shares/new/", shares.make, name="new-share"),
    path("my/shares/<str:public_id>/", shares.share, name="my-share"),
    path("my/shares/<str:public_id>/end", shares.end, name="end-share"),
    path("S/<str:token>", shared.shared, name="shared"),
    # Staff.
    path("courses/cohorts/<str:public_id>/certificates/", cohorts.cohort, name="cohort"),
    path("courses/cohorts/<str:public_id>/certificates.pdf", cohorts.cohort_pdf, name="cohort-pdf"),
    path("certificates/to-issue/", cohorts.cohort_list, name="cohorts"),
    path("certificates/<str:public_id>.pdf", certificates.pdf, name="pdf"),
    path("certificates/<str:public_id>.png", certificates.image, name="image"),
    path("certificates/<str:public_id>/", certificates.certificate, name="certificate"),
    path("certificates/<str:public_id>/withdraw", certificates.withdraw, name="withdraw"),
    path("certificates/<str:public_id>/suspend", certificates.suspend, name="suspend"),
    path("certificates/<str:public_id>/reinstate", certificates.reinstate, name="reinstate"),
    path("certificate-reports/", reports.report_list, name="reports"),
    path("certificate-reports/<str:public_id>/", reports.reported, name="reported"),
    path("certificate-reports/<str:public_id>/close", reports.close, name="close-report"),
    path("certificates/<str:public_id>/correct", corrections.correct, name="correct"),
    path("certificate-changes/", changes.change_list, name="changes"),
    path("certificate-changes/<str:public_id>/", changes.change, name="change"),
    path("certificate-changes/<str:public_id>/approve", changes.approve, name="approve-change"),
    path("certificate-changes/<str:public_id>/refuse", changes.refuse, name="refuse-change"),
    path("certificate-changes/<str:public_id>/undo", changes.undo, name="undo-change"),
    path("certificate-changes/<str:public_id>/hasten", changes.hasten, name="hasten-change"),
    path("certificate-policies/", policies.policy_list, name="policies"),
    path("certificate-policies/<str:public_id>/", policies.policy, name="policy"),
    path("people/<str:public_id>/certificates/", external.person, name="person"),
    path("people/<str:public_id>/certificates/new", external.record, name="record-external"),
    path("people/<str:public_id>/certificates/slips", slips.issue, name="issue-slip"),
    path("people/<str:public_id>/certificates/slips/<str:slip_id>/end", slips.end, name="end-slip"),
    path("external-certificates/", external.external_list, name="external"),
    path(
        "external-certificates/<str:public_id>/", external.external_certificate, name="external-certificate"
    ),
    path("external-certificates/<str:public_id>/verify", external.verify, name="verify-external"),
    path("external-certificates/<str:public_id>/cancel", external.cancel, name="cancel-external"),
]

"""Pages of public notices: open to anyone, and the inside of them."""

from django.urls import path

from registry.views import notice_records, notices, objection_records, objections

urlpatterns = [
    path("", notices.notice_list, name="notices"),
    path("receipts/", objections.look_up, name="objection-look-up"),
    path("receipts/<slug:receipt>/", objections.receipt, name="objection-receipt"),
    path("records/", notice_records.record_list, name="notice-records"),
    path("records/<slug:public_id>/", notice_records.record, name="notice-record"),
    path("records/<slug:public_id>/withdraw/", notice_records.withdraw, name="withdraw-notice"),
    path("records/<slug:public_id>/conclude/", notice_records.conclude, name="conclude-notice"),
    path("objections/", objection_records.objection_list, name="objections"),
    path("objections/<slug:public_id>/", objection_records.objection, name="objection"),
    path("objections/<slug:public_id>/answer/", objection_records.answer, name="answer-objection"),
    path("<slug:public_id>/", notices.notice, name="notice"),
    path("<slug:public_id>/object/", objections.make, name="object"),
]

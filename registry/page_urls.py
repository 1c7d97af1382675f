"""Pages of `registry`."""

from django.urls import URLPattern, URLResolver, include, path

from registry.views import (
    accounts,
    audit,
    evidence,
    exports,
    hardship,
    home,
    people,
    sessions,
    standards,
    standing,
    statements,
)

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("sign-in/", sessions.sign_in, name="sign-in"),
    path("sign-out/", sessions.sign_out, name="sign-out"),
    path("password/", sessions.password, name="password"),
    path("people/", people.people_list, name="people"),
    path("people/new/", people.new_person, name="new-person"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path("people/<slug:public_id>/reveal/", people.reveal, name="reveal"),
    path("people/<slug:public_id>/move/", people.move, name="move"),
    path("people/<slug:public_id>/employment/", standing.employment, name="employment"),
    path("people/<slug:public_id>/need/", standing.need, name="need"),
    path("people/<slug:public_id>/hardship/", hardship.hardship, name="hardship"),
    path(
        "people/<slug:public_id>/hardship/<slug:status_id>/end/", hardship.end_hardship, name="end-hardship"
    ),
    path("people/<slug:public_id>/consents/", standing.consent, name="consent"),
    path(
        "people/<slug:public_id>/consents/<int:consent_id>/withdraw/",
        standing.withdraw_consent,
        name="withdraw-consent",
    ),
    path("", include("registry.base_urls")),
    path("standards/", standards.standards, name="standards"),
    path("standards/<slug:code>/<slug:key>/", standards.standard, name="standard"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new-account"),
    path("accounts/<slug:public_id>/", accounts.account, name="account"),
    path("accounts/<slug:public_id>/roles/", accounts.grant, name="grant"),
    path("accounts/<slug:public_id>/roles/<int:membership_id>/end/", accounts.end_grant, name="end-grant"),
    path("accounts/<slug:public_id>/tokens/", accounts.token, name="token"),
    path("accounts/<slug:public_id>/tokens/<int:token_id>/end/", accounts.end_token, name="end-token"),
    path("evidence/<slug:public_id>/", evidence.evidence, name="evidence"),
    path("exports/", exports.export_list, name="exports"),
    path("notices/", include("registry.notice_urls")),
    path("audit/", audit.audit_list, name="audit"),
    path("help/", statements.help_page, name="help"),
    path("accessibility/", statements.accessibility, name="accessibility"),
]

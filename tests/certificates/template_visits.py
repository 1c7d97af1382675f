"""Pages of certificate templates that the browser visits."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from certificates.actions import templates
from certificates.models import CertificateTemplate
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import a_cohort_to_certify, an_issuing_base
from tests.certificates.template_factories import a_template, adorned
from tests.conftest import TODAY
from tests.registry.factories import a_federation, an_account

OFFICER = "federation_officer"
LATER = date(2098, 1, 1)


def of(
    template: CertificateTemplate,
    name: str = "template",
    post: Mapping[str, Any] | None = None,
    role: str = "approver",
    status: int = 0,
) -> Visit:
    account = an_account(role, a_federation("620500"))
    return Visit(account, reverse(f"certificates:{name}", args=[template.public_id]), post, status)


def listed(some: bool = True) -> Visit:
    if some:
        a_template()
        a_template(begins=LATER)
        a_template(a_federation("620502"), language="en", begins=None)
    return Visit(an_account(OFFICER, a_federation("620500")), reverse("certificates:templates"))


def new(post: Mapping[str, Any] | None = None) -> Visit:
    return Visit(an_account(OFFICER, a_federation("620500")), reverse("certificates:new-template"), post)


def ended() -> CertificateTemplate:
    return templates.end(by=SYSTEM, on=TODAY, template=a_template())


def cohort_with_one() -> Visit:
    base = an_issuing_base()
    a_template(language="zh-en")
    cohort = a_cohort_to_certify(2, base=base)
    return Visit(an_account("base_manager", base), reverse("certificates:cohort", args=[cohort.public_id]))


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:templates": listed,
    "certificates:templates, none": lambda: listed(some=False),
    "certificates:new-template": new,
    "certificates:new-template, nothing chosen": lambda: new({}),
    "certificates:template, draft of one's own": lambda: of(adorned(begins=None), role=OFFICER),
    "certificates:template, draft to approve": lambda: of(adorned(begins=None)),
    "certificates:template, in use": lambda: of(a_template()),
    "certificates:template, to come": lambda: of(a_template(begins=LATER)),
    "certificates:template, superseded": lambda: of(
        (a_template(begins=TODAY), a_template(begins=date(2024, 6, 4)))[0]
    ),
    "certificates:edit-template": lambda: of(adorned(begins=None), "edit-template", role=OFFICER),
    "certificates:edit-template, discloses": lambda: of(
        a_template(begins=None), "edit-template", {"title": "盲人培训证书"}, OFFICER
    ),
    "certificates:use-template, pictures not seen": lambda: of(
        adorned(begins=None), "use-template", {"begins": "2098-01-01"}
    ),
    "certificates:end-template, ended already": lambda: of(ended(), "end-template", {}, status=409),
    "certificates:discard-template, in use": lambda: of(a_template(), "discard-template", {}, OFFICER, 409),
    "certificates:cohort, with a template": cohort_with_one,
}

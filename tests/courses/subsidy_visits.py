"""The pages of subsidies for the browser, in the states that look different."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import claims
from courses.models import SubsidyClaim
from registry.models import Account
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_completed_cohort
from tests.courses.subsidy_factories import (
    a_claim,
    a_grant,
    a_qualification,
    a_scheme,
    a_startup_claim,
    on_notice,
    other_funding_of,
    taken_to,
)
from tests.registry.factories import a_base, a_federation, a_person, a_uscc, an_account


def city(role: str = "federation_officer") -> Account:
    return an_account(role, a_federation("620500"))


def page(
    name: str,
    *args: str,
    role: str = "federation_officer",
    query: str = "",
    post: Mapping[str, Any] | None = None,
    status: int = 0,
) -> Visit:
    return Visit(city(role), reverse(f"courses:{name}", args=args) + query, post, status)


def schemes() -> Visit:
    a_scheme("training_fee")
    a_scheme("startup", region="620502", valid_until=TODAY.replace(year=2030))
    return page("schemes")


def of_scheme(name: str, **visit: Any) -> Visit:
    shares = {"blended": 70, "unemployed": 60}
    scheme = a_scheme("living", cap=Decimal(600), shares=shares)
    return page(name, scheme.public_id, **visit)


def of_claim(claim: SubsidyClaim, name: str = "subsidy", *args: str, **visit: Any) -> Visit:
    return page(name, claim.public_id, *args, **visit)


def a_clash() -> SubsidyClaim:
    """One that another office's payment stands against, and another claim of the same skill."""
    claim = a_claim(state="checked")
    other_funding_of(claim.items.all()[0].person, skill=claim.cohort.course.skill)
    return claim


def with_papers() -> Visit:
    claim = a_claim(kind="living")
    claims.add_evidence(by=SYSTEM, on=TODAY, claim=claim, name="考勤表.pdf", data=b"%PDF-1.7 scan")
    return of_claim(claim, role="counsellor")


def somebody_left_out() -> Any:
    cohort = a_completed_cohort(people=3)
    person = cohort.enrolments.all()[0].person
    other_funding_of(person, skill=cohort.course.skill)
    return cohort


def of_cohort(query: str = "", *, claimed: bool = False, **visit: Any) -> Visit:
    cohort = somebody_left_out()
    a_scheme("training_fee")
    a_scheme("living")
    if claimed:
        a_claim(cohort)
    account = an_account("base_manager", cohort.base)
    address = reverse("courses:cohort-subsidies", args=[cohort.public_id])
    return Visit(account, address + query, **visit)


def running_cohort() -> Visit:
    cohort = a_cohort(state="running")
    return page("cohort-subsidies", cohort.public_id)


def of_person(name: str, *args: str, **visit: Any) -> Visit:
    person = a_person()
    for kind in ("appraisal", "startup"):
        a_scheme(kind)
    a_qualification(person)
    return page(name, person.public_id, *args, **visit)


def a_person_with_all() -> Visit:
    person = a_person()
    a_claim(a_completed_cohort(people=[person]))
    a_startup_claim(person)
    other_funding_of(person, item="appraisal")
    return page("person-subsidies", person.public_id)


A_YOUNG_SHOP = {
    "funding_source": "fiscal",
    "business_name": "便利店",
    "business_uscc": "92620502MA00000015",
}


def not_eligible() -> Visit:
    post = A_YOUNG_SHOP | {"business_uscc": a_uscc(5, kind="92"), "business_since": str(today())}
    return of_person("new-subsidy", "startup", post=post)


def batch(step: str, state: str, role: str = "federation_officer", **visit: Any) -> Visit:
    first, second = a_claim(state=state), a_startup_claim(a_person(50), state=state)
    if step == "pay":
        on_notice([first])
    if "post" in visit:
        visit["post"] = {"claim": [first.public_id, second.public_id]} | visit["post"]
    return page("subsidy-batch", step, role=role, **visit)


def listing(name: str, state: str = "approved", **visit: Any) -> Visit:
    a_claim(state=state)
    a_startup_claim(a_person(50), state=state)
    return page(name, **visit)


def subsidies() -> Visit:
    for state in ("claimed", "returned", "refused"):
        a_claim(a_completed_cohort(), state=state)
    taken_to(a_startup_claim(a_person(50)), "paid")
    return page("subsidies")


def funding(**visit: Any) -> Visit:
    row = other_funding_of(a_person())
    return page("undo-other-funding", row.public_id, **visit)


def bad_sheet() -> Visit:
    sheet = "姓名,身份证号,费用,发放单位,资金来源,金额,发放日期,技能\n张三,620502198503150017,吃饭,就业局,彩票,0,昨天,飞行\n"
    return page("upload-other-funding", post={"file": SimpleUploadedFile("a.csv", sheet.encode())})


def grants(name: str = "base-grants", *, paid: bool = False, **visit: Any) -> Visit:
    base = a_base()
    grant = a_grant(base)
    a_grant(base, year=2023, purpose="award")
    return page(name, grant.public_id if name != "base-grants" else base.public_id, **visit)


VISITS = {
    "courses:schemes": schemes,
    "courses:schemes, none": lambda: page("schemes", role="auditor"),
    "courses:new-scheme": lambda: page("new-scheme"),
    "courses:new-scheme, nothing filled in": lambda: page("new-scheme", post={}),
    "courses:scheme": lambda: of_scheme("scheme"),
    "courses:scheme, to look at": lambda: of_scheme("scheme", role="auditor"),
    "courses:scheme, no day": lambda: of_scheme("scheme", post={}),
    "courses:replace-scheme": lambda: of_scheme("replace-scheme"),
    "courses:replace-scheme, nothing filled in": lambda: of_scheme("replace-scheme", post={}),
    "courses:subsidies": subsidies,
    "courses:subsidies, none": lambda: page("subsidies", role="auditor"),
    "courses:subsidy-figures": lambda: listing("subsidy-figures", "paid", query="?year=2024"),
    "courses:subsidy-figures, nothing paid": lambda: page("subsidy-figures"),
    "courses:subsidy-batch, to check": lambda: batch("check", "claimed"),
    "courses:subsidy-batch, none chosen": lambda: page("subsidy-batch", "check", post={}),
    "courses:subsidy-batch, previewed": lambda: batch("check", "claimed", post={}, status=200),
    "courses:subsidy-batch, to pay": lambda: batch("pay", "approved"),
    "courses:subsidy-batch, no voucher": lambda: batch("pay", "approved", post={"confirmed": "1"}),
    "courses:subsidy-batch, refused": lambda: batch(
        "pay",
        "approved",
        post={"confirmed": "1", "paid_on": "2024-06-03", "payment_number": "1"},
        status=409,
    ),
    "courses:subsidy-notice": lambda: listing("subsidy-notice"),
    "courses:subsidy-notice, none": lambda: page("subsidy-notice"),
    "courses:subsidy-notice, nothing filled in": lambda: listing("subsidy-notice", post={}),
    "courses:subsidy-payments": lambda: listing("subsidy-payments"),
    "courses:subsidy-payments, none": lambda: page("subsidy-payments"),
    "courses:subsidy-payments, nothing filled in": lambda: listing("subsidy-payments", post={}),
    "courses:subsidy": lambda: of_claim(a_claim()),
    "courses:subsidy, with a clash": lambda: of_claim(a_clash(), role="approver"),
    "courses:subsidy, with papers": with_papers,
    "courses:subsidy, of a person": lambda: of_claim(a_startup_claim(state="approved")),
    "courses:subsidy, paid": lambda: of_claim(a_claim(kind="living", state="paid")),
    "courses:subsidy, returned": lambda: of_claim(a_claim(state="returned"), role="auditor"),
    "courses:subsidy-evidence, no file": lambda: of_claim(a_claim(), "subsidy-evidence", post={}),
    "courses:subsidy-step": lambda: of_claim(a_claim(), "subsidy-step", "check"),
    "courses:subsidy-step, no reason": lambda: of_claim(a_claim(), "subsidy-step", "return", post={}),
    "courses:subsidy-step, refused": lambda: of_claim(
        a_clash(), "subsidy-step", "approve", role="approver", post={}
    ),
    "courses:subsidy-step, no payment": lambda: of_claim(
        a_claim(state="approved"), "subsidy-step", "pay", post={}
    ),
    "courses:subsidy-accounts": lambda: of_claim(a_claim(kind="living"), "subsidy-accounts"),
    "courses:recover-subsidy": lambda: of_claim(a_claim(kind="living", state="paid"), "recover-subsidy"),
    "courses:recover-subsidy, nothing filled in": lambda: of_claim(
        a_claim(kind="living", state="paid"), "recover-subsidy", post={}
    ),
    "courses:cohort-subsidies": lambda: of_cohort(claimed=True),
    "courses:cohort-subsidies, to be claimed": lambda: of_cohort("?kind=living"),
    "courses:cohort-subsidies, not completed": running_cohort,
    "courses:person-subsidies": a_person_with_all,
    "courses:person-subsidies, none": lambda: of_person("person-subsidies", role="counsellor"),
    "courses:new-subsidy, for a certificate": lambda: of_person("new-subsidy", "appraisal"),
    "courses:new-subsidy, for a shop": lambda: of_person("new-subsidy", "startup"),
    "courses:new-subsidy, nothing filled in": lambda: of_person("new-subsidy", "startup", post={}),
    "courses:new-subsidy, not eligible": not_eligible,
    "courses:new-other-funding": lambda: of_person("new-other-funding"),
    "courses:new-other-funding, nothing filled in": lambda: of_person("new-other-funding", post={}),
    "courses:other-funding": lambda: Visit(
        other_funding_of(a_person()) and city(), reverse("courses:other-funding")
    ),
    "courses:upload-other-funding": lambda: page("upload-other-funding"),
    "courses:upload-other-funding, no file": lambda: page("upload-other-funding", post={}),
    "courses:upload-other-funding, bad rows": bad_sheet,
    "courses:undo-other-funding": funding,
    "courses:undo-other-funding, no reason": lambda: funding(post={}),
    "courses:base-grants": grants,
    "courses:base-grants, nothing filled in": lambda: grants(post={}),
    "courses:pay-base-grant": lambda: grants("pay-base-grant"),
    "courses:pay-base-grant, nothing filled in": lambda: grants("pay-base-grant", post={}),
    "courses:undo-base-grant": lambda: grants("undo-base-grant"),
}

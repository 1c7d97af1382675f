"""Pages of `certificates` that the browser visits, in the states that look different."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.actions import certificates, changes, corrections, external, keys, reports
from certificates.limits import MISSES, NUMBER_TRIES
from certificates.models import Certificate, CertificateReport, Change, ExternalCertificate
from certificates.proof import codes
from certificates.rules.corrections import FIELDS
from registry.actions import accounts
from registry.models import Account
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates import bulk_visits, holder_visits, template_visits
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_chain,
    a_cohort_to_certify,
    a_photo,
    a_policy,
    a_report,
    a_waiting_withdrawal,
    an_external_certificate,
    an_issued_certificate,
    an_issuing_base,
)
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.registry.factories import a_federation, a_person, an_account
from tests.registry.visits import LONG_NAME

NO_SUCH_CODE = codes.new_code(lambda n: b"\x07" * n)
NO_SUCH_NUMBER = codes.make_number(region_code="6205", year=2024, base_serial=9999, sequence=1)


def staff(role: str = "approver", organisation: Any = None) -> Account:
    """An account of the city's federation, or of the base given."""
    return an_account(role, organisation or a_federation("620500"))


def issued(**values: Any) -> Certificate:
    return an_issued_certificate(a_person(1, name=LONG_NAME), **values)


def suspended() -> Certificate:
    return certificates.suspend(
        by=SYSTEM, on=ISSUED_ON, certificate=issued(), reason_class="under_review", note="有人反映没有上课"
    )


def withdrawn() -> Certificate:
    return certificates.withdraw(
        by=SYSTEM, on=ISSUED_ON, certificate=issued(), reason_class="issued_in_error"
    )


def signed_with_a_leaked_key() -> Certificate:
    certificate = issued()
    key: Any = certificate.signing_key
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="笔记本丢失")
    return certificate


def replaced() -> Certificate:
    old = issued()
    corrections.correct(by=SYSTEM, at=AT, certificate=old, typed={"hours": 50})
    return old


# What the public sees.


def public(code: str, fragment: str = "", post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    address = reverse("certificates:verify", args=[code])
    return Visit(None, f"{address}#{fragment}" if fragment else address, post, status)


def scanned(certificate: Certificate, **changed: Any) -> Visit:
    """As a phone opens it, with the signature in its address; `changed`, what the register says otherwise."""
    if changed:
        Certificate.objects.filter(pk=certificate.pk).update(**changed)
    return public(certificate.code, certificate.fragment)


def another_signature() -> Visit:
    return public(issued().code, an_issued_certificate(a_person(2)).fragment)


def too_many_codes() -> Visit:
    for _try in range(MISSES["limit"]):
        Client().get(public(NO_SUCH_CODE).path)
    return public(NO_SUCH_CODE, status=429)


def look_up(post: Mapping[str, Any] | None = None, query: str = "", status: int = 0) -> Visit:
    return Visit(None, reverse("certificates:look-up") + query, post, status)


def too_many_numbers() -> Visit:
    wrong = look_up({"number": NO_SUCH_NUMBER, "name": "王"}, status=429)
    for _try in range(NUMBER_TRIES["limit"]):
        Client().post(wrong.path, wrong.post)
    return wrong


def photographed(*texts: str, status: int = 200) -> Visit:
    """A photo of these QR codes side by side, sent to the scanner; without any, of bare paper."""
    photo = SimpleUploadedFile("photo.png", a_photo(*texts), "image/png")
    return Visit(None, reverse("certificates:scan"), {"file": photo}, status)


def several_in_one_photo() -> Visit:
    return photographed(*(f"{settings.PUBLIC_BASE_URL}/C/{one.code}" for one in a_chain(2)))


def a_report_of(certificate: Certificate | None, post: Mapping[str, Any] | None = None) -> Visit:
    an_issuing_base()
    return Visit(
        None, reverse("certificates:report", args=[certificate.code if certificate else NO_SUCH_CODE]), post
    )


# What staff see.


def of_cohort(
    cohort: Any,
    post: Mapping[str, Any] | None = None,
    status: int = 0,
    role: str = "base_manager",
) -> Visit:
    account = staff(role, cohort.base if role == "base_manager" else None)
    return Visit(account, reverse("certificates:cohort", args=[cohort.public_id]), post, status)


def list_of_cohorts(some: int = 2) -> Visit:
    base = an_issuing_base()
    for _cohort in range(some):
        a_cohort_to_certify(2, base=base)
    return Visit(staff("base_manager", base), reverse("certificates:cohorts"))


def a_cohort_where_one_failed() -> Any:
    cohort = a_cohort_to_certify(3)
    last = cohort.enrolments.order_by("pk").last()
    cohort.enrolments.filter(pk=last.pk).update(outcome="failed", outcome_rule="mark_short")
    return cohort


def one_cannot_be_printed() -> Visit:
    """A name with a sign that no font holds: the others get theirs."""
    cohort = a_cohort_to_certify(2)
    enrolment = cohort.enrolments.select_related("person").first()
    enrolment.person.name = "王\U000f0000"
    enrolment.person.save()
    return of_cohort(cohort, {"title": "职业技能培训合格证书"}, 200)


def all_issued() -> Any:
    cohort = a_cohort_to_certify(2)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    return cohort


def without_a_plaque() -> Any:
    cohort = a_cohort_to_certify(1)
    cohort.base.accreditations.all().delete()
    return cohort


def held(
    certificate: Certificate,
    name: str = "certificate",
    post: Mapping[str, Any] | None = None,
    role: str = "approver",
) -> Visit:
    return Visit(staff(role), reverse(f"certificates:{name}", args=[certificate.public_id]), post)


def of_person(name: str, post: Mapping[str, Any] | None = None, known: bool = False) -> Visit:
    """The certificates of a person with ours and another's, or without any."""
    person = issued().person if known else a_person(1)
    if known:
        an_external_certificate(person, skill="embroidery")
    return Visit(staff("federation_officer"), reverse(f"certificates:{name}", args=[person.public_id]), post)


def others() -> ExternalCertificate:
    """Three certificates of other authorities: one waits, one is verified, one cancelled; gives the first."""
    first, second, third = (
        an_external_certificate(a_person(1, name=LONG_NAME), skill=skill)
        for skill in ("livestreaming", "embroidery", "health-massage")
    )
    external.verify(by=SYSTEM, on=TODAY, external=second, how="在全国联网查询网站查到，姓名和编号一致")
    external.cancel(by=SYSTEM, on=TODAY, external=third, reason="编号登记错了")
    return first


def of_other(
    row: ExternalCertificate,
    name: str = "external-certificate",
    post: Mapping[str, Any] | None = None,
    account: Account | None = None,
) -> Visit:
    return Visit(account or staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def recorded_by_oneself() -> Visit:
    """Who recorded it may not verify it, whatever other roles they hold."""
    account = staff("federation_officer")
    accounts.grant(by=SYSTEM, on=TODAY, account=account, role="approver", federation=a_federation("620500"))
    row = an_external_certificate(
        by=actor_for(account, on=TODAY), number="ABC123", valid_until=date(2099, 1, 1)
    )
    return of_other(row, account=account)


def list_of_others(query: str = "", some: bool = True) -> Visit:
    if some:
        others()
    return Visit(staff(), reverse("certificates:external") + query)


def verified() -> ExternalCertificate:
    others()
    return ExternalCertificate.objects.get(verified_on__isnull=False)


def cancelled() -> ExternalCertificate:
    others()
    return ExternalCertificate.objects.get(cancelled_on__isnull=False)


def of_report(
    row: CertificateReport,
    name: str = "reported",
    post: Mapping[str, Any] | None = None,
    closed: bool = False,
) -> Visit:
    if closed:
        reports.close(by=SYSTEM, on=TODAY, report=row, note="查明是涂改过的复印件，已告知对方。")
    return Visit(staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def an_unknown_report() -> CertificateReport:
    an_issuing_base()
    return a_report(NO_SUCH_CODE, reason="other_site")


def list_of_reports(some: bool = True) -> Visit:
    if some:
        closed = a_report(issued())
        reports.close(by=SYSTEM, on=TODAY, report=closed, note="已查明。")
        a_report(NO_SUCH_CODE, reason="other_site")
    return Visit(staff(), reverse("certificates:reports"))


# Changes that wait.


def correcting(post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    """At the base of a certificate; `post` changes what its form holds."""
    row = issued()
    filled = {name: str(getattr(row, name)) for name in FIELDS} | {"note": ""} | dict(post or {})
    account = staff("base_manager", row.base)
    return Visit(
        account, reverse("certificates:correct", args=[row.public_id]), filled if post else None, status
    )


def waiting_correction() -> Change:
    row = issued()
    by = actor_for(staff("base_manager", row.base), on=TODAY)
    typed = {"holder_name": LONG_NAME[:-1], "course_name": "网络直播销售实务", "hours": 50}
    return corrections.correct(by=by, at=timezone.now(), certificate=row, typed=typed, note="身份证为准")


def of_change(row: Change, name: str = "change", post: Mapping[str, Any] | None = None) -> Visit:
    return Visit(staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def list_of_changes(some: bool = True) -> Visit:
    if some:
        a_waiting_withdrawal(issued())
        waiting_correction()
    return Visit(staff(), reverse("certificates:changes"))


def with_a_change_waiting() -> Certificate:
    return a_waiting_withdrawal(issued()).items.get().certificate


def of_sheet(upload: bool = False, cells: bool = False) -> Visit:
    """A cohort's certificates to correct: one row good, one bad, one of another cohort."""
    cohort = all_issued()
    account = staff("base_manager", cohort.base)
    address = reverse("certificates:correct-cohort", args=[cohort.public_id])
    if upload:
        return Visit(account, address, {})
    if not cells:
        return Visit(account, address)
    good, bad = Certificate.objects.filter(enrolment__cohort=cohort)
    sent = {
        f"cell-{good.public_id}-holder_name": LONG_NAME,
        f"cell-{bad.public_id}-hours": "五十",
        f"cell-{bad.public_id}-starts_on": "六月三日",
    }
    return Visit(account, address, sent | {"do": "check"}, 422)


def of_many(name: str = "cohort", post: Mapping[str, Any] | None = None, status: int = 0) -> Visit:
    cohort = all_issued()
    row = cohort if name == "cohort" else cohort.base
    return Visit(staff(), reverse(f"certificates:change-{name}", args=[row.public_id]), post, status)


def in_the_middle_of_many() -> Visit:
    """A change of a whole cohort that takes effect step by step, none taken yet."""
    cohort = all_issued()
    change = changes.ask_many(
        by=SYSTEM,
        at=AT,
        kind="suspend",
        base=cohort.base,
        cohort=cohort,
        wanted=[(one, {}) for one in Certificate.objects.filter(enrolment__cohort=cohort)],
        reason_class="under_review",
    )
    account = staff("counsellor")
    return Visit(account, reverse("certificates:change", args=[change.public_id]))


def policies(of_one: bool = False, post: Mapping[str, Any] | None = None) -> Visit:
    federation = a_federation("620500")
    a_federation("620502")
    a_policy(two_people_withdraw=True, two_people_replace=True)
    args = [federation.public_id] if of_one else []
    name = "policy" if of_one else "policies"
    return Visit(staff("federation_officer"), reverse(f"certificates:{name}", args=args), post)


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:correct": correcting,
    "certificates:correct, to check": lambda: correcting(
        {"holder_name": LONG_NAME[:-1], "hours": "50", "rename": "on", "do": "check"}, 200
    ),
    "certificates:correct, wrong": lambda: correcting(
        {"hours": "五十", "course_name": "盲人按摩", "ends_on": "", "do": "check"}
    ),
    "certificates:certificate, a change waits": lambda: held(with_a_change_waiting()),
    "certificates:changes": list_of_changes,
    "certificates:changes, none": lambda: list_of_changes(some=False),
    "certificates:change, to approve": lambda: of_change(a_waiting_withdrawal(issued())),
    "certificates:change, due": lambda: of_change(waiting_correction()),
    "certificates:approve-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "approve-change", {"approve-note": "长" * 301}
    ),
    "certificates:refuse-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "refuse-change", {"refuse-note": "长" * 301}
    ),
    "certificates:undo-change, wrong": lambda: of_change(
        a_waiting_withdrawal(issued()), "undo-change", {"undo-note": "长" * 301}
    ),
    "certificates:change, step by step": in_the_middle_of_many,
    "certificates:correct-cohort": of_sheet,
    "certificates:correct-cohort, no file": lambda: of_sheet(upload=True),
    "certificates:correct-cohort, to check": lambda: of_sheet(cells=True),
    "certificates:change-cohort": of_many,
    "certificates:change-cohort, to check": lambda: of_many(
        post={"kind": "withdraw", "reason_class": "fraud", "do": "check"}, status=200
    ),
    "certificates:change-base": lambda: of_many("base"),
    "certificates:change-base, wrong": lambda: of_many("base", {"kind": "withdraw", "do": "check"}),
    "certificates:policies": policies,
    "certificates:policy": lambda: policies(of_one=True),
    "certificates:policy, wrong": lambda: policies(of_one=True, post={"undo_minutes": "-1"}),
    "certificates:verify, in force": lambda: public(issued().code),
    "certificates:verify, in force, scanned": lambda: scanned(issued()),
    "certificates:verify, not as it was signed": lambda: scanned(
        issued(), holder_name="欧阳修", hours=99, level=3, issued_on=TODAY
    ),
    "certificates:verify, another's signature": another_signature,
    "certificates:verify, suspended": lambda: scanned(suspended()),
    "certificates:verify, withdrawn": lambda: scanned(withdrawn()),
    "certificates:verify, key leaked": lambda: public(signed_with_a_leaked_key().code),
    "certificates:verify, replaced": lambda: public(replaced().code),
    "certificates:verify, the same name": lambda: public(issued().code, post={"name": LONG_NAME}, status=200),
    "certificates:verify, another name": lambda: public(issued().code, post={"name": "李四"}, status=200),
    "certificates:verify, no name": lambda: public(issued().code, post={"name": ""}),
    "certificates:verify, no such code": lambda: public(NO_SUCH_CODE, status=404),
    "certificates:verify, signed but not on record": lambda: public(
        NO_SUCH_CODE, issued().fragment, status=404
    ),
    "certificates:verify, mistyped": lambda: public("ABC", status=404),
    "certificates:verify, too often": too_many_codes,
    "certificates:report": lambda: a_report_of(issued()),
    "certificates:report, no such certificate": lambda: a_report_of(None),
    "certificates:report, nothing filled in": lambda: a_report_of(issued(), {}),
    "certificates:report-received": lambda: Visit(
        None, reverse("certificates:report-received", args=[issued().code])
    ),
    "certificates:reports": list_of_reports,
    "certificates:reports, none": lambda: list_of_reports(some=False),
    "certificates:reported": lambda: of_report(a_report(issued())),
    "certificates:reported, no such certificate": lambda: of_report(an_unknown_report()),
    "certificates:reported, closed": lambda: of_report(a_report(issued()), closed=True),
    "certificates:close-report, without a result": lambda: of_report(
        a_report(issued()), "close-report", {"note": ""}
    ),
    "certificates:offline": lambda: Visit(None, reverse("certificates:offline", args=["zh-hans"])),
    "certificates:scan": lambda: Visit(None, reverse("certificates:scan")),
    "certificates:scan, no file": lambda: Visit(None, reverse("certificates:scan"), {"file": ""}),
    "certificates:scan, no QR in it": lambda: photographed(status=422),
    "certificates:scan, another QR": lambda: photographed("https://weixin.qq.com/r/abc"),
    "certificates:scan, an imitation": lambda: photographed(f"HTTPS://OSTA-GOV.EXAMPLE/C/{NO_SUCH_CODE}#1"),
    "certificates:scan, several": several_in_one_photo,
    "certificates:scan, the camera saw an imitation": lambda: Visit(
        None, f"{reverse('certificates:scan')}?seen=elsewhere"
    ),
    "certificates:look-up": look_up,
    "certificates:look-up, mistyped code": lambda: look_up(query="?code=1234567890AB", status=422),
    "certificates:look-up, no number and no name": lambda: look_up({}),
    "certificates:look-up, none found": lambda: look_up({"number": NO_SUCH_NUMBER, "name": "王"}, status=404),
    "certificates:look-up, too often": too_many_numbers,
    "certificates:cohorts": list_of_cohorts,
    "certificates:cohorts, none": lambda: list_of_cohorts(some=0),
    "certificates:cohort, not completed": lambda: of_cohort(a_cohort(an_issuing_base(), state="running")),
    "certificates:cohort, to check": lambda: of_cohort(a_cohort_where_one_failed()),
    "certificates:cohort, bad title": lambda: of_cohort(a_cohort_to_certify(2), {"title": "盲人培训证书"}),
    "certificates:cohort, something in the way": lambda: of_cohort(without_a_plaque()),
    "certificates:cohort, one cannot be printed": one_cannot_be_printed,
    "certificates:cohort, issued": lambda: of_cohort(all_issued()),
    "certificates:cohort, to look at": lambda: of_cohort(all_issued(), role="read_only"),
    "certificates:certificate": lambda: held(issued()),
    "certificates:certificate, suspended": lambda: held(suspended()),
    "certificates:certificate, withdrawn": lambda: held(withdrawn()),
    "certificates:certificate, to look at": lambda: held(issued(), role="read_only"),
    "certificates:withdraw, without a reason": lambda: held(issued(), "withdraw", {}),
    "certificates:suspend, without a reason": lambda: held(issued(), "suspend", {}),
    "certificates:reinstate, too long a note": lambda: held(
        suspended(), "reinstate", {"reinstate-note": "查" * 301}
    ),
    "certificates:person": lambda: of_person("person", known=True),
    "certificates:person, none": lambda: of_person("person"),
    "certificates:record-external": lambda: of_person("record-external"),
    "certificates:record-external, nothing filled in": lambda: of_person("record-external", {}),
    "certificates:external": list_of_others,
    "certificates:external, none": lambda: list_of_others(some=False),
    "certificates:external-certificate, waiting": lambda: of_other(others()),
    "certificates:external-certificate, recorded by oneself": recorded_by_oneself,
    "certificates:external-certificate, verified": lambda: of_other(verified()),
    "certificates:external-certificate, cancelled": lambda: of_other(cancelled()),
    "certificates:verify-external, without saying how": lambda: of_other(others(), "verify-external", {}),
    "certificates:cancel-external, without a reason": lambda: of_other(others(), "cancel-external", {}),
}
VISITS |= bulk_visits.VISITS | holder_visits.VISITS | template_visits.VISITS

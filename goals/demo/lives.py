"""What becomes of the demo's certificates: withdrawn, suspended, corrected, doubted; and a template of the city's."""

from datetime import date, datetime, time

from django.utils import timezone

from certificates.actions import certificates, corrections, policies, reports, templates
from certificates.models import Certificate
from goals.demo.accounts import ACCOUNTS
from registry.models import Account, Federation
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM

LATER = date(2024, 10, 8)
CITY = "620500"


def go_on() -> None:
    """Every state that a certificate can be in, some of it waiting for the demo's accounts."""
    issued = Certificate.objects.in_force().order_by("pk")
    _take_out_of_force(list(issued[::97]))
    _correct(list(issued[50::311]))
    _ask(list(issued.filter(base__name=ACCOUNTS[0].organisation)[10:12]))
    _doubt(list(issued.filter(base__name=ACCOUNTS[0].organisation)[20:22]))
    _word()


def _take_out_of_force(some: list[Certificate]) -> None:
    for number, certificate in enumerate(some):
        if number % 3:
            certificates.withdraw(
                by=SYSTEM,
                on=LATER,
                certificate=certificate,
                reason_class="requirements_not_met",
                note="抽查：出勤记录不符",
            )
        else:
            certificates.suspend(
                by=SYSTEM, on=LATER, certificate=certificate, reason_class="under_review", note="举报核查中"
            )


def _correct(some: list[Certificate]) -> None:
    """The first one twice: its oldest code leads straight to the newest certificate."""
    for certificate in some:
        corrections.correct(
            by=SYSTEM, at=_noon(LATER), certificate=certificate, typed=_more_hours(certificate)
        )
    again = Certificate.objects.get(replaces=some[0])
    corrections.correct(by=SYSTEM, at=_noon(LATER), certificate=again, typed=_more_hours(again))


def _ask(some: list[Certificate]) -> None:
    """In the city two people correct a certificate; the clerk has asked, the approver has not looked yet."""
    policies.decide(
        by=SYSTEM,
        on=LATER,
        federation=Federation.objects.get(region__code=CITY),
        two_people_withdraw=False,
        two_people_replace=True,
        two_people_bulk=True,
        undo_minutes=10,
    )
    clerk = actor_for(Account.objects.get(username=ACCOUNTS[0].username), on=LATER)
    for certificate in some:
        corrections.correct(
            by=clerk,
            at=_noon(LATER),
            certificate=certificate,
            typed=_more_hours(certificate),
            note="课时登记时漏了实习",
        )


def _doubt(some: list[Certificate]) -> None:
    for certificate, reason in zip(some, ("paper_differs", "wrong_content"), strict=True):
        reports.make(by=SYSTEM, on=LATER, code=certificate.code, reason=reason, text="招聘会上见到的复印件")


def _word() -> None:
    """One version in use, and a draft in two languages that the approver may preview."""
    city = Federation.objects.get(region__code=CITY)
    first = templates.draft(by=SYSTEM, on=LATER, federation=city, language="zh-hans")
    templates.edit(by=SYSTEM, on=LATER, template=first, title="天水市职业技能培训合格证书")
    templates.put_in_use(by=SYSTEM, on=LATER, template=first, begins=LATER)
    templates.draft(by=SYSTEM, on=LATER, federation=city, language="zh-en")


def _more_hours(certificate: Certificate) -> dict[str, str]:
    return {"hours": str(certificate.hours + 8)}


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))

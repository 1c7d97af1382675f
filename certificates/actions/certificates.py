"""Issues, suspends, reinstates and withdraws certificates.

The order of issuing is Boulder's: store what will be signed, sign what was stored, check the signature, then
give it its number. All of one certificate is one transaction, so a process killed at any moment leaves
nothing half-issued, and the number, taken last, leaves no gap.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from certificates.actions import drafts
from certificates.actions.drafts import Desk
from certificates.errors import (
    NotEarned,
    ReasonNeeded,
    WrongStatus,
)
from certificates.models import Certificate, CertificateEvent
from certificates.models.certificates import CertificateStatus, EventVerb, ReasonClass
from certificates.queries.cohorts import issued as issued_in
from certificates.queries.cohorts import ready
from certificates.rules.wording import DEFAULT_TITLE
from courses.models import Cohort, Enrolment
from courses.models.enrolments import Outcome
from registry import facts
from registry.actions import audit
from registry.errors import RegistryError
from registry.models import Person
from registry.rules.access import Actor, Permission, require

Status = CertificateStatus


@dataclass(frozen=True)
class Refusal:
    """One trainee who could not get a certificate, and why."""

    enrolment: Enrolment
    error: RegistryError


@dataclass(frozen=True)
class Progress:
    """How far a cohort's certificates are."""

    made: int
    """In this call."""
    issued: int
    """Altogether."""
    remaining: int
    """Not tried yet: call again."""
    refused: tuple[Refusal, ...]


@transaction.atomic
def issue(*, by: Actor, on: date, enrolment: Enrolment, title: str = DEFAULT_TITLE) -> Certificate:
    """The certificate of an enrolment, issued now unless it already was: asking again gives the same one.

    Raises NotPermitted, NotEarned, and what `queries.cohorts.printed` raises; NotSignable or MissingGlyph
    when the holder's name cannot be signed or printed.
    """
    desk = drafts.open_desk(by=by, on=on, cohort=enrolment.cohort, title=title)
    return _issue(desk, enrolment)


def issue_cohort(
    *, by: Actor, on: date, cohort: Cohort, limit: int = 50, title: str = DEFAULT_TITLE
) -> Progress:
    """Certificates for up to `limit` trainees who earned one and have none yet; call until none remain.

    Each is a transaction of its own, so whatever stops this, the issued ones stand and the next call goes on
    from there. A trainee who cannot get one is told in `refused` and does not hold up the others.
    Raises what concerns the whole cohort, like `issue`.
    """
    desk = drafts.open_desk(by=by, on=on, cohort=cohort, title=title)
    waiting = list(ready(cohort))
    made, tried = 0, 0
    refused: list[Refusal] = []
    for enrolment in waiting:
        if made == limit:
            break
        tried += 1
        try:
            with transaction.atomic():
                _issue(desk, enrolment)
            made += 1
        except RegistryError as error:
            refused.append(Refusal(enrolment=enrolment, error=error))
    return Progress(
        made=made, issued=issued_in(cohort).count(), remaining=len(waiting) - tried, refused=tuple(refused)
    )


@transaction.atomic
def withdraw(
    *, by: Actor, on: date, certificate: Certificate, reason_class: str, note: str = ""
) -> Certificate:
    """Ends a certificate for good; the public reads when and the class of reason, staff also the note.

    Raises NotPermitted, ReasonNeeded, WrongStatus.
    """
    return _change(
        by=by,
        on=on,
        certificate=certificate,
        verb=EventVerb.WITHDRAWN,
        allowed=(Status.ISSUED, Status.SUSPENDED),
        status=Status.WITHDRAWN,
        reason_class=reason_class,
        note=note,
    )


@transaction.atomic
def suspend(
    *, by: Actor, on: date, certificate: Certificate, reason_class: str, note: str = ""
) -> Certificate:
    """Takes a certificate out of force while it is looked into. Raises like `withdraw`."""
    return _change(
        by=by,
        on=on,
        certificate=certificate,
        verb=EventVerb.SUSPENDED,
        allowed=(Status.ISSUED,),
        status=Status.SUSPENDED,
        reason_class=reason_class,
        note=note,
    )


@transaction.atomic
def reinstate(*, by: Actor, on: date, certificate: Certificate, note: str = "") -> Certificate:
    """Puts a suspended certificate back in force. Raises NotPermitted, WrongStatus."""
    return _change(
        by=by,
        on=on,
        certificate=certificate,
        verb=EventVerb.REINSTATED,
        allowed=(Status.SUSPENDED,),
        status=Status.ISSUED,
        reason_class=ReasonClass.NONE,
        note=note,
    )


def _issue(desk: Desk, enrolment: Enrolment) -> Certificate:
    # The person first: whoever else changes this person's certificates waits here, in one order for all.
    person = Person.objects.select_for_update(no_key=True).only("name").get(pk=enrolment.person_id)
    # Read again behind the lock: another click may have issued it, a correction may have changed the outcome.
    existing = drafts.current(enrolment)
    if existing:
        return existing
    outcome = Enrolment.objects.values_list("outcome", flat=True).get(pk=enrolment.pk)
    if outcome != Outcome.COMPLETED:
        raise NotEarned(outcome=outcome)
    draft = drafts.store(desk, enrolment, person)
    if draft.status != Status.DRAFT:
        return draft
    draft.fragment = drafts.signed(desk, draft)
    drafts.number(desk, draft)
    on = desk.printed.issued_on
    _tell(draft, by=desk.by, on=on, verb=EventVerb.ISSUED, region_path=desk.cohort.base.region.path)
    return draft


def _change(
    *,
    by: Actor,
    on: date,
    certificate: Certificate,
    verb: EventVerb,
    allowed: tuple[Status, ...],
    status: Status,
    reason_class: str,
    note: str,
) -> Certificate:
    # The person's row before the certificate's, as in _issue.
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=certificate.person_id)
    certificate = (
        Certificate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("base__region")
        .get(pk=certificate.pk)
    )
    region_path = certificate.base.region.path
    require(by, Permission.CERTIFICATE_WITHDRAW, region_path=region_path)
    if certificate.status not in allowed:
        raise WrongStatus(status=certificate.status)
    if status != Status.ISSUED and (reason_class not in ReasonClass.values or not reason_class):
        raise ReasonNeeded(fields={"reason_class": "field_missing"})
    before, certificate.status = certificate.status, status
    certificate.reason_class, certificate.status_since = reason_class, on
    certificate.save(update_fields=["status", "reason_class", "status_since"])
    _tell(certificate, by=by, on=on, verb=verb, region_path=region_path, note=note.strip(), before=before)
    return certificate


def _tell(
    certificate: Certificate,
    *,
    by: Actor,
    on: date,
    verb: EventVerb,
    region_path: str,
    note: str = "",
    **more: Any,
) -> None:
    """What follows every change: the certificate's own history, the audit row, and the figures above."""
    CertificateEvent.objects.create(
        certificate=certificate,
        verb=verb,
        on=on,
        actor_name=by.name,
        reason_class=certificate.reason_class,
        note=note,
    )
    if certificate.reason_class:
        more["reason_class"] = certificate.reason_class
    audit.record(
        f"certificate.{verb}",
        certificate,
        by=by,
        region_path=region_path,
        on=on.isoformat(),
        number=certificate.number,
        **more,
    )
    facts.people_changed(people=[certificate.person_id], on=on)

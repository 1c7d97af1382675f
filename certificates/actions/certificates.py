"""Issues, suspends, reinstates and withdraws certificates.

The order of issuing is Boulder's: store what will be signed, sign what was stored, check the signature, then
give it its number. All of one certificate is one transaction, so a process killed at any moment leaves
nothing half-issued, and the number, taken last, leaves no gap.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from certificates.actions import series
from certificates.errors import (
    NotEarned,
    NotSignable,
    ReasonNeeded,
    SignatureNotGood,
    WrongStatus,
)
from certificates.faces import fonts
from certificates.keystore import key_store
from certificates.models import Certificate, CertificateEvent
from certificates.models.certificates import CertificateStatus, EventVerb, ReasonClass
from certificates.proof import codes, fragment
from certificates.proof.claims import Claims
from certificates.proof.errors import ProofError
from certificates.proof.keys import TrustBundle
from certificates.proof.sign import Signer, sign
from certificates.proof.verify import verify
from certificates.queries.cohorts import Printed, printed, ready
from certificates.queries.cohorts import issued as issued_in
from certificates.queries.keys import decode, public_key
from certificates.rules import status_indexes
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
    desk = _open(by=by, on=on, cohort=enrolment.cohort, title=title)
    return _issue(desk, enrolment)


def issue_cohort(
    *, by: Actor, on: date, cohort: Cohort, limit: int = 50, title: str = DEFAULT_TITLE
) -> Progress:
    """Certificates for up to `limit` trainees who earned one and have none yet; call until none remain.

    Each is a transaction of its own, so whatever stops this, the issued ones stand and the next call goes on
    from there. A trainee who cannot get one is told in `refused` and does not hold up the others.
    Raises what concerns the whole cohort, like `issue`.
    """
    desk = _open(by=by, on=on, cohort=cohort, title=title)
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


@dataclass(frozen=True)
class _Desk:
    """What the certificates of one cohort share, looked up once."""

    by: Actor
    cohort: Cohort
    printed: Printed
    signer: Signer
    bundle: TrustBundle


def _open(*, by: Actor, on: date, cohort: Cohort, title: str) -> _Desk:
    cohort = Cohort.objects.select_related("base__region", "course__skill").get(pk=cohort.pk)
    require(by, Permission.CERTIFICATE_ISSUE, region_path=cohort.base.region.path, base_ids=[cohort.base_id])
    words = printed(cohort, title=title, on=on)
    key = words.key
    return _Desk(
        by=by,
        cohort=cohort,
        printed=words,
        signer=key_store().signer(decode(key.kid)),
        bundle=TrustBundle(as_of=on, keys=(public_key(key),)),
    )


def _issue(desk: _Desk, enrolment: Enrolment) -> Certificate:
    # The person first: whoever else changes this person's certificates waits here, in one order for all.
    person = Person.objects.select_for_update(no_key=True).only("name").get(pk=enrolment.person_id)
    # Read again behind the lock: another click may have issued it, a correction may have changed the outcome.
    existing = _current(enrolment)
    if existing:
        return existing
    outcome = Enrolment.objects.values_list("outcome", flat=True).get(pk=enrolment.pk)
    if outcome != Outcome.COMPLETED:
        raise NotEarned(outcome=outcome)
    draft = _draft(desk, enrolment, person)
    if draft.status != Status.DRAFT:
        return draft
    draft.fragment = _signed(desk, draft)
    _number(desk, draft)
    on = desk.printed.issued_on
    _tell(draft, by=desk.by, on=on, verb=EventVerb.ISSUED, region_path=desk.cohort.base.region.path)
    return draft


def _current(enrolment: Enrolment) -> Certificate | None:
    return Certificate.objects.filter(enrolment=enrolment).exclude(status=Status.REPLACED).first()


def _draft(desk: _Desk, enrolment: Enrolment, person: Person) -> Certificate:
    """The certificate as it will be signed and printed, stored and read back.

    Another process may have taken the code or the place in the status list in this very moment, which is
    rare and mended by drawing again; or issued this enrolment, and then that certificate is the answer
    (constraint certificates_one_current_per_enrolment).
    """
    words = desk.printed
    name = unicodedata.normalize("NFC", person.name)
    fonts.require_glyphs(
        [name, words.title, words.course_name, words.skill_name, words.base_name, words.issuer_name]
    )
    for attempts_left in reversed(range(5)):
        try:
            with transaction.atomic():
                made = Certificate.objects.create(
                    code=codes.new_code(secrets.token_bytes),
                    enrolment=enrolment,
                    person=person,
                    skill=desk.cohort.course.skill,
                    base=desk.cohort.base,
                    title=words.title,
                    holder_name=name,
                    course_name=words.course_name,
                    skill_name=words.skill_name,
                    level=words.level,
                    hours=words.hours,
                    starts_on=words.starts_on,
                    ends_on=words.ends_on,
                    issued_on=words.issued_on,
                    base_name=words.base_name,
                    issuer_name=words.issuer_name,
                    status=Status.DRAFT,
                    status_since=words.issued_on,
                    status_index=_free_status_index(),
                )
        except IntegrityError:
            existing = _current(enrolment)
            if existing:
                return existing
            if not attempts_left:
                raise
        else:
            return Certificate.objects.select_related("base", "skill").get(pk=made.pk)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _free_status_index() -> int:
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    places = status_indexes.block_for(last)
    drawn = [places.start + secrets.randbelow(len(places)) for _ in range(8)]
    taken = set(
        Certificate.objects.filter(status_index__in=drawn).order_by().values_list("status_index", flat=True)
    )
    # At most half the places are taken, so all eight are once in 256 times: the insert fails and draws anew.
    return next((place for place in drawn if place not in taken), drawn[0])


def _signed(desk: _Desk, draft: Certificate) -> str:
    """The fragment over what was stored, checked as any verifier would."""
    try:
        claims = Claims(
            name=draft.holder_name,
            skill=draft.skill.number,
            level=draft.level,
            hours=draft.hours,
            issued_on=draft.issued_on,
            base=draft.base.serial,
            status_index=draft.status_index,
        )
    except ProofError as error:
        raise NotSignable(reason=error.code) from None
    digits = fragment.to_digits(sign(claims, code=draft.code, signer=desk.signer))
    try:
        verified = verify(draft.code, digits, desk.bundle)
    except ProofError as error:
        raise SignatureNotGood(reason=error.code) from None
    if verified.claims != claims:
        raise SignatureNotGood(reason="claims_differ")
    return digits


def _number(desk: _Desk, draft: Certificate) -> None:
    base, year = desk.cohort.base, draft.issued_on.year
    sequence = series.take(base=base, year=year)
    try:
        draft.number = codes.make_number(
            region_code=base.region.code[:4], year=year, base_serial=base.serial, sequence=sequence
        )
    except ProofError as error:
        raise NotSignable(reason=error.code) from None
    draft.status, draft.signing_key = Status.ISSUED, desk.printed.key
    draft.save(update_fields=["number", "fragment", "status", "signing_key"])


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

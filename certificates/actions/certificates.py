"""Issues, suspends, reinstates and withdraws certificates.

The order of issuing is Boulder's: store what will be signed, sign what was stored, check the signature, then
give it its number. All of one batch is one transaction, so a process killed at any moment leaves nothing
half-issued, and the numbers, taken late, leave no gap. One certificate is a batch of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from certificates.actions import drafts, history, statuses
from certificates.errors import NotEarned, SecondPersonNeeded, WrongStatus
from certificates.models import Certificate
from certificates.models.certificates import ALLOWED, CertificateStatus, EventVerb, ReasonClass
from certificates.models.changes import VERBS
from certificates.queries.cohorts import Printed, printed, ready
from certificates.queries.cohorts import issued as issued_in
from certificates.queries.notices import require_free
from certificates.queries.policies import policy_for
from certificates.rules.changes import Kind, needs_second_person
from certificates.rules.wording import DEFAULT_TITLE
from courses.models import Cohort, Enrolment
from courses.models.enrolments import Outcome
from registry.errors import RegistryError
from registry.queries import standards
from registry.queries.notices import standings
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


@dataclass(frozen=True)
class _Plan:
    """A cohort whose certificates may be issued now, and what they share."""

    by: Actor
    cohort: Cohort
    words: Printed
    desk: drafts.Desk
    notice_needed: bool


@dataclass(frozen=True)
class _Batch:
    """What became of some trainees: each is in one of these."""

    held: list[Certificate]
    """Issued before."""
    made: list[Certificate]
    refused: list[Refusal]


def issue(*, by: Actor, on: date, enrolment: Enrolment, title: str = DEFAULT_TITLE) -> Certificate:
    """The certificate of an enrolment, issued now unless it already was: asking again gives the same one.

    Raises NotPermitted, NotEarned, and what `queries.cohorts.printed` raises; NotSignable or MissingGlyph
    when the holder's name cannot be signed or printed.
    """
    batch = _issue(_plan(by=by, on=on, cohort=enrolment.cohort, title=title), [enrolment])
    for refusal in batch.refused:
        raise refusal.error
    return (batch.held or batch.made)[0]


def issue_cohort(
    *, by: Actor, on: date, cohort: Cohort, limit: int = 200, title: str = DEFAULT_TITLE
) -> Progress:
    """Certificates for up to `limit` trainees who earned one and have none yet; call until none remain.

    Each batch is a transaction of its own, so whatever stops this, the issued ones stand and the next call
    goes on from there. A trainee who cannot get one is told in `refused` and does not hold up the others.
    Raises what concerns the whole cohort, like `issue`.
    """
    plan = _plan(by=by, on=on, cohort=cohort, title=title)
    waiting = list(ready(plan.cohort))
    made, tried = 0, 0
    refused: list[Refusal] = []
    while made < limit and tried < len(waiting):
        asked = waiting[tried : tried + min(history.AT_ONCE, limit - made)]
        batch = _issue(plan, asked)
        made, tried = made + len(batch.made), tried + len(asked)
        refused += batch.refused
    return Progress(
        made=made, issued=issued_in(cohort).count(), remaining=len(waiting) - tried, refused=tuple(refused)
    )


@transaction.atomic
def withdraw(
    *, by: Actor, on: date, certificate: Certificate, reason_class: str, note: str = ""
) -> Certificate:
    """Ends a certificate for good; the public reads when and the class of reason, staff also the note.

    At once: where the federation wants two people for it, people ask for it instead (actions/changes.py).
    Raises NotPermitted, SecondPersonNeeded, ReasonNeeded, WrongStatus.
    """
    return _change(
        by=by,
        on=on,
        certificate=certificate,
        kind=Kind.WITHDRAW,
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
        kind=Kind.SUSPEND,
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
        kind=Kind.REINSTATE,
        reason_class=ReasonClass.NONE,
        note=note,
    )


def _plan(*, by: Actor, on: date, cohort: Cohort, title: str) -> _Plan:
    """Raises NotPermitted and what `queries.cohorts.printed` raises."""
    cohort = Cohort.objects.select_related("base__region", "course__skill").get(pk=cohort.pk)
    require(by, Permission.CERTIFICATE_ISSUE, region_path=cohort.base.region.path, base_ids=[cohort.base_id])
    words = printed(cohort, title=title, on=on)
    needed = standards.value("certificate_notice_needed", region_path=cohort.base.region.path, on=on)
    return _Plan(by, cohort, words, drafts.open_desk(base=cohort.base, on=on, key=words.key), needed)


@transaction.atomic
def _issue(plan: _Plan, enrolments: Sequence[Enrolment]) -> _Batch:
    """Certificates for all of these who can get one, or for nobody; the statements do not grow with their number."""
    # The people first: whoever else changes their certificates waits here, in one order for all.
    names = history.hold_people([enrolment.person_id for enrolment in enrolments])
    # Read behind the lock: another click may have issued some, a correction may have changed an outcome.
    trainees = [enrolment.pk for enrolment in enrolments]
    held = list(Certificate.objects.filter(enrolment__in=trainees).exclude(status=Status.REPLACED))
    outcomes = dict(Enrolment.objects.filter(pk__in=trainees).values_list("pk", "outcome"))
    stands = standings(Enrolment, trainees, plan.desk.on)
    holders = {certificate.enrolment_id for certificate in held}
    wanted, refused = [], []
    for enrolment in enrolments:
        if enrolment.pk in holders:
            continue
        try:
            require_free(stands[enrolment.pk], needed=plan.notice_needed)
            wanted.append(_draft(plan, enrolment, outcomes[enrolment.pk], names[enrolment.person_id]))
        except RegistryError as error:
            refused.append(Refusal(enrolment=enrolment, error=error))
    made = drafts.put_in_force(plan.desk, wanted)
    path = plan.cohort.base.region.path
    history.tell(made, by=plan.by, on=plan.desk.on, verb=EventVerb.ISSUED, region_path=path)
    return _Batch(held, made, refused)


def _draft(plan: _Plan, enrolment: Enrolment, outcome: str, name: str) -> Certificate:
    """Raises NotEarned, MissingGlyph or NotSignable."""
    if outcome != Outcome.COMPLETED:
        raise NotEarned(outcome=outcome)
    draft = drafts.blank(plan.words, cohort=plan.cohort, enrolment=enrolment, name=name)
    drafts.check(draft)
    return draft


def _change(
    *,
    by: Actor,
    on: date,
    certificate: Certificate,
    kind: Kind,
    reason_class: str,
    note: str,
) -> Certificate:
    [certificate] = history.hold([certificate.pk])
    require(by, Permission.CERTIFICATE_WITHDRAW, region_path=certificate.base.region.path)
    # The server itself (SYSTEM) acts for nobody who could go round the second person.
    if not by.is_system and needs_second_person(policy_for(certificate.base), kind, is_bulk=False):
        raise SecondPersonNeeded()
    verb = VERBS[kind]
    if certificate.status not in ALLOWED[verb]:
        raise WrongStatus(status=certificate.status)
    statuses.require_reason(verb, reason_class)
    statuses.put([certificate], by=by, on=on, verb=verb, reason_class=reason_class, note=note.strip())
    return certificate

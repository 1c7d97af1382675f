"""Records certificates of other authorities as proof of a skill; a second person verifies them.

There is no open interface to ask (docs/domain.md §4.2): a person looks the number up on the national site,
or at the paper, and says how.
"""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from certificates.errors import AlreadyRecorded, ExternalState, SecondPersonNeeded
from certificates.models import ExternalCertificate
from certificates.rules import external_numbers
from courses.models import Skill
from registry import facts
from registry.actions import audit, evidence
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Evidence, Person
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    person: Person,
    skill: Skill,
    family: str,
    number: str,
    issuer: str,
    issued_on: date,
    level: int = 0,
    valid_until: date | None = None,
    papers: Sequence[tuple[str, bytes]] = (),
) -> ExternalCertificate:
    """A certificate of another authority, which proves its skill once it is verified.

    A number of an unusual form is taken all the same (`rules.external_numbers.doubts` warns of it). `papers` are scans
    of it by name, for the second person to look at; one that cannot be kept refuses the whole.
    Raises NotPermitted, InvalidInput, AlreadyRecorded.
    """
    require(by, Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=person.region.path)
    number, issuer = external_numbers.tidy(number), issuer.strip()
    problems = {}
    if issued_on > on:
        problems["issued_on"] = "date_in_future"
    if valid_until and valid_until < issued_on:
        problems["valid_until"] = "date_before_start"
    if problems:
        raise InvalidInput(fields=problems)
    require_valid(ExternalCertificate, family=family, number=number, issuer=issuer, level=level)
    if ExternalCertificate.objects.filter(family=family, number=number).exists():
        raise AlreadyRecorded(family=family)
    try:
        with transaction.atomic():
            external = ExternalCertificate.objects.create(
                person=person,
                skill=skill,
                family=family,
                level=level,
                number=number,
                issuer=issuer,
                issued_on=issued_on,
                valid_until=valid_until,
                recorded_on=on,
                recorded_by=by.name,
                recorder_id=by.account_id,
            )
    except IntegrityError:  # certificates_external_number_once: recorded in this very moment
        raise AlreadyRecorded(family=family) from None
    # Neither the number nor the issuer: they are the holder's personal data.
    _audit("recorded", external, by=by, on=on, family=family, skill=skill.code)
    for name, data in papers:
        _keep(external, name=name, data=data, by=by, on=on)
    facts.people_changed(people=[person.pk], on=on)
    return external


@transaction.atomic
def add_evidence(*, by: Actor, on: date, external: ExternalCertificate, name: str, data: bytes) -> Evidence:
    """Keep one more scan of the certificate, until it is cancelled. Raises NotPermitted, InvalidInput, ExternalState."""
    external = _locked(external)
    require(by, Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=external.person.region.path)
    if external.cancelled_on:
        raise ExternalState(verified=bool(external.verified_on), cancelled=True)
    return _keep(external, name=name, data=data, by=by, on=on)


def _keep(external: ExternalCertificate, *, name: str, data: bytes, by: Actor, on: date) -> Evidence:
    # Of the person's federation, which verifies it; the bases that trained them have no part in it.
    region = external.person.region
    return evidence.add(by=by, on=on, subject=external, region=region, name=name, data=data)


@transaction.atomic
def verify(*, by: Actor, on: date, external: ExternalCertificate, how: str) -> ExternalCertificate:
    """A second person checked it, and says how; from now on it proves its skill.

    Raises NotPermitted, SecondPersonNeeded, InvalidInput, ExternalState.
    """
    external = _locked(external)
    require(by, Permission.EXTERNAL_CERTIFICATE_VERIFY, region_path=external.person.region.path)
    # The system's commands load what was verified elsewhere, and stand for two people.
    if not by.is_system and external.recorder_id == by.account_id:
        raise SecondPersonNeeded()
    if external.verified_on or external.cancelled_on:
        raise ExternalState(verified=bool(external.verified_on), cancelled=bool(external.cancelled_on))
    if not how.strip():
        raise InvalidInput(fields={"how": "field_missing"})
    require_valid(ExternalCertificate, verified_how=how.strip())
    external.verified_by, external.verified_on, external.verified_how = by.name, on, how.strip()
    external.save(update_fields=["verified_by", "verified_on", "verified_how"])
    _audit("verified", external, by=by, on=on)
    facts.people_changed(people=[external.person_id], on=on)
    return external


@transaction.atomic
def cancel(*, by: Actor, on: date, external: ExternalCertificate, reason: str) -> ExternalCertificate:
    """It no longer counts: recorded in error, or withdrawn by its issuer. It stays on record.

    Raises NotPermitted, InvalidInput, ExternalState.
    """
    external = _locked(external)
    require(by, Permission.EXTERNAL_CERTIFICATE_VERIFY, region_path=external.person.region.path)
    if external.cancelled_on:
        raise ExternalState(verified=bool(external.verified_on), cancelled=True)
    if not reason.strip():
        raise InvalidInput(fields={"reason": "field_missing"})
    require_valid(ExternalCertificate, cancelled_reason=reason.strip())
    external.cancelled_on, external.cancelled_reason = on, reason.strip()
    external.save(update_fields=["cancelled_on", "cancelled_reason"])
    _audit("cancelled", external, by=by, on=on)
    facts.people_changed(people=[external.person_id], on=on)
    return external


def _locked(external: ExternalCertificate) -> ExternalCertificate:
    # The person first, as in actions/certificates.py.
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=external.person_id)
    return lock(external, "person__region")


def _audit(verb: str, external: ExternalCertificate, *, by: Actor, on: date, **facts_of_it: str) -> None:
    path = external.person.region.path
    audit.record(
        f"external_certificate.{verb}", external, by=by, region_path=path, on=on.isoformat(), **facts_of_it
    )

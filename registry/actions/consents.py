"""Records consent for a purpose, and its withdrawal (个人信息保护法 §§ 15, 29)."""

from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import Conflict, InvalidInput
from registry.models import Consent, Person
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require


class ConsentWithdrawn(Conflict):
    """This consent was taken back before."""

    code = "consent_already_withdrawn"


@transaction.atomic
def give(
    *, by: Actor, on: date, person: Person, purpose: str, channel: str, text_version: str, given_on: date
) -> Consent:
    """Record that the person agreed, to which text and how. Raises NotPermitted, InvalidInput."""
    require(by, Permission.PERSON_EDIT, **reach(person))
    require_valid(Consent, purpose=purpose, channel=channel, text_version=text_version.strip())
    if given_on > on:
        raise InvalidInput(fields={"given_on": "date_in_future"})
    consent = Consent.objects.create(
        person=person, purpose=purpose, channel=channel, text_version=text_version.strip(), given_on=given_on
    )
    audit.record(
        "person.consent_given",
        person,
        by=by,
        region_path=person.region.path,
        purpose=purpose,
        channel=channel,
        given_on=given_on.isoformat(),
    )
    return consent


@transaction.atomic
def withdraw(*, by: Actor, on: date, consent: Consent) -> Consent:
    """Record that the person took a consent back today. Raises NotPermitted, ConsentWithdrawn."""
    held = Consent.objects.select_for_update(of=("self",)).select_related("person__region").get(pk=consent.pk)
    require(by, Permission.PERSON_EDIT, **reach(held.person))
    if held.withdrawn_on is not None:
        raise ConsentWithdrawn()
    held.withdrawn_on = on
    held.save(update_fields=["withdrawn_on"])
    audit.record(
        "person.consent_withdrawn",
        held.person,
        by=by,
        region_path=held.person.region.path,
        purpose=held.purpose,
    )
    return held

"""Reveals one masked number of a person; every look leaves a row with its reason."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from registry.actions import audit
from registry.errors import InvalidInput, NotFound
from registry.models import Person
from registry.queries.people import current_disability_certificate, reach
from registry.rules.access import Actor, Permission, require


class RevealField(models.TextChoices):
    CITIZEN_ID = "citizen_id", _("身份证号")
    DISABILITY_NUMBER = "disability_number", _("残疾人证号")
    PHONE = "phone", _("联系电话")


class RevealReason(models.TextChoices):
    """Why a number is looked at. Fixed reasons, because free text would bring names into the audit trail."""

    CONTACT = "contact", _("联系本人")
    CHECK_DOCUMENT = "check_document", _("核对证件")
    CORRECT = "correct", _("更正登记信息")
    OTHER_SYSTEM = "other_system", _("在其他业务系统办理")
    HOLDER_ASKED = "holder_asked", _("本人要求")


@transaction.atomic
def reveal(*, by: Actor, on: date, person: Person, field: str, reason: str) -> str:
    """The full number behind a mask; every look leaves a row with its reason.

    `field` is a RevealField, `reason` a RevealReason. "" when nothing is recorded.
    Raises NotPermitted, InvalidInput, NotFound.
    """
    require(by, Permission.PERSON_REVEAL, **reach(person))
    problems = {}
    if field not in RevealField.values:
        problems["field"] = "field_choice"
    if reason not in RevealReason.values:
        problems["reason"] = "field_choice" if reason else "field_missing"
    if problems:
        raise InvalidInput(fields=problems)
    audit.record("person.revealed", person, by=by, region_path=person.region.path, field=field, reason=reason)
    if field == RevealField.DISABILITY_NUMBER:
        held = current_disability_certificate(person, on=on)
        if held is None:
            raise NotFound(what="disabilitycertificate")
        return held.number
    return person.citizen_id if field == RevealField.CITIZEN_ID else person.phone

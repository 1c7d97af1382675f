"""Corrects what certificates print: a new one takes the place of the old, whose code leads to the new.

As often as it takes. A base corrects its own certificates; what the federation asks of such a change (a second
person, time to undo it) is in actions/changes.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates.actions import changes, drafts, replacements
from certificates.errors import NothingCorrected, WrongStatus
from certificates.models import Certificate, Change
from certificates.models.certificates import CertificateStatus
from certificates.queries.corrections import Row, reading_of
from certificates.rules.changes import Kind
from courses.models import Cohort
from registry.actions import people
from registry.errors import InvalidInput
from registry.rules.access import Actor


def check(*, at: datetime, certificate: Certificate, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What would be printed otherwise, by field. `certificate` comes with base and skill.

    Raises InvalidInput (`fields`, with the facts of the first problem), NothingCorrected, WrongStatus, and
    MissingGlyph or NotSignable when it cannot be printed or signed. Writes nothing.
    """
    if certificate.status != CertificateStatus.ISSUED:
        raise WrongStatus(status=certificate.status)
    on = timezone.localdate(at)
    reading = reading_of(certificate, typed, on=on)
    if reading.problems:
        facts = {
            name: value for problem in reading.problems.values() for name, value in problem.facts.items()
        }
        raise InvalidInput(fields={name: one.code for name, one in reading.problems.items()}, **facts)
    if not reading.changed:
        raise NothingCorrected()
    drafts.check(replacements.draft_of(certificate, reading.changed, on=on))
    return reading.changed


@transaction.atomic
def correct(
    *,
    by: Actor,
    at: datetime,
    certificate: Certificate,
    typed: Mapping[str, Any],
    note: str = "",
    rename: bool = False,
) -> Change:
    """Asks for the certificate to be replaced by one with what was typed; fields that are left out stay.

    `rename`: the person is registered under the wrong name too; that is put right now, whatever becomes of the
    certificate. Raises what `check` and `changes.ask` raise, and NotPermitted for the person.
    """
    changes.require_may_ask(by, Kind.CORRECT, certificate.base)
    values = check(at=at, certificate=certificate, typed=typed)
    if rename and "holder_name" in values:
        people.rename(by=by, on=timezone.localdate(at), person=certificate.person, name=values["holder_name"])
    return changes.ask(by=by, at=at, kind=Kind.CORRECT, certificate=certificate, note=note, values=values)


def correct_many(*, by: Actor, at: datetime, cohort: Cohort, rows: Sequence[Row], note: str = "") -> Change:
    """Asks for the rows that are to be replaced, all in one change; the others are not touched.

    Raises NotPermitted, NothingTouched.
    """
    wanted = [(row.certificate, row.reading.changed) for row in rows if row.is_ready]
    return changes.ask_many(
        by=by, at=at, kind=Kind.CORRECT, base=cohort.base, cohort=cohort, wanted=wanted, note=note
    )

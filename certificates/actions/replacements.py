"""A new certificate in the place of an old one: new code, number, place in the status list and signature.

What the old one printed and was not corrected is copied as printed: later renames of course, base or
federation do not slip in. It is signed today with today's key, so it is dated today; since when the skill is
held stands beside it and does not move.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from certificates.actions import drafts, history, statuses
from certificates.errors import WrongStatus
from certificates.models import Certificate
from certificates.models.certificates import ALLOWED, EventVerb, ReasonClass
from certificates.queries.keys import signing_key_for
from registry.errors import RegistryError
from registry.models import TrainingBase
from registry.rules.access import Actor

# What belongs to one sheet alone; all else is copied, what later versions add to the table too.
_OWN = frozenset(
    {
        *("id", "public_id", "number", "code", "issued_on", "status", "reason_class", "status_since"),
        *("status_index", "replaces", "first_issued_on", "copies", "signing_key", "fragment"),
    }
)


def draft_of(old: Certificate, values: Mapping[str, Any], *, on: date) -> Certificate:
    """What would be printed instead, not stored yet. `old` comes with base and skill."""
    kept = {
        field.attname: getattr(old, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.name not in _OWN
    }
    new = Certificate(**{**kept, **values}, issued_on=on, replaces=old)
    new.first_issued_on = old.first_issued_on or old.issued_on
    new.base, new.skill = old.base, old.skill
    return new


def replace(
    corrections: Sequence[tuple[Certificate, Mapping[str, Any]]],
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    note: str = "",
    **more: Any,
) -> dict[int, str]:
    """New certificates for these of one base, which `history.hold` holds; what stood in the way of the others.

    All statements are the caller's transaction's; they do not grow with the number. Gives, by primary key of
    the old one, the code of the refusal. Raises NoSigningKey, KeyFileMissing, KeyFileUnsafe, SignatureNotGood.
    """
    problems: dict[int, str] = {}
    wanted: list[tuple[Certificate, Certificate, list[str]]] = []
    for old, values in corrections:
        if old.status not in ALLOWED[EventVerb.REPLACED]:
            problems[old.pk] = WrongStatus.code
            continue
        new = draft_of(old, values, on=on)
        try:
            drafts.check(new)
        except RegistryError as error:
            problems[old.pk] = error.code
        else:
            wanted.append((old, new, sorted(values)))
    if not wanted:
        return problems
    desk = drafts.open_desk(base=base, on=on, key=signing_key_for(base, on))
    statuses.put(
        [old for old, _new, _fields in wanted],
        by=by,
        on=on,
        verb=EventVerb.REPLACED,
        reason_class=ReasonClass.CORRECTED,
        note=note,
        of_each={old.pk: {"fields": fields} for old, _new, fields in wanted},
        **more,
    )
    made = drafts.put_in_force(desk, [new for _old, new, _fields in wanted])
    replaced = {old.pk: old.number for old, _new, _fields in wanted}
    history.tell(
        made,
        by=by,
        on=on,
        verb=EventVerb.ISSUED,
        region_path=base.region.path,
        of_each={new.pk: {"replaces": replaced[new.replaces_id or 0]} for new in made},
        **more,
    )
    return problems

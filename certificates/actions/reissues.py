"""Issues again what a leaked key signed: the same certificates, signed with the key that took its place."""

from datetime import date

from django.db import transaction

from certificates.actions import history, replacements
from certificates.models import Certificate, SigningKey
from certificates.queries.keys import touched_by
from registry.errors import NotPermitted
from registry.rules.access import Actor


def reissue(*, by: Actor, on: date, key: SigningKey) -> tuple[int, dict[str, str]]:
    """Replaces every certificate that `queries.keys.touched_by` names; the old codes lead to the new ones.

    Nothing but date, number, code and signature differs. How many were made, and by number of the old one why
    another was not: a suspended one (certificate_status) waits for its decision. Each batch is a transaction of its
    own, so whatever stops this, the next call goes on from there. Raises NotPermitted, and NoSigningKey and the
    like before the first of a base.
    """
    if not by.is_system:
        raise NotPermitted(permission="signing_key:manage")
    waiting = list(touched_by(key).order_by("base_id", "pk").values_list("pk", "base_id"))
    made, problems = 0, dict[str, str]()
    for base in dict.fromkeys(base_id for _pk, base_id in waiting):
        of_base = [pk for pk, base_id in waiting if base_id == base]
        for start in range(0, len(of_base), history.AT_ONCE):
            done, refused = _replace(of_base[start : start + history.AT_ONCE], by=by, on=on, key=key)
            made += done
            problems |= refused
    return made, problems


@transaction.atomic
def _replace(wanted: list[int], *, by: Actor, on: date, key: SigningKey) -> tuple[int, dict[str, str]]:
    held = history.hold(wanted)
    # Somebody may have corrected or withdrawn some since: behind the lock, only those still touched count.
    still = set(touched_by(key).filter(pk__in=wanted).values_list("pk", flat=True))
    held = [one for one in held if one.pk in still]
    if not held:
        return 0, {}
    pairs = [(one, dict[str, object]()) for one in held]
    problems = replacements.replace(pairs, by=by, on=on, base=held[0].base, key=key.kid)
    numbers = dict(Certificate.objects.filter(pk__in=problems).values_list("pk", "number"))
    return len(held) - len(problems), {numbers[pk] or "": code for pk, code in problems.items()}

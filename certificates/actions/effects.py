"""The moment in which a change takes effect: some certificates at a time, each step whole or not at all.

Three ways lead here: the person who needs no one else and no time, the beat (`apply_due`), and anyone who acts on a
certificate whose change is due.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from certificates.actions import history, replacements, statuses
from certificates.errors import WrongStatus
from certificates.models import Certificate, Change, ChangeItem
from certificates.models.certificates import ALLOWED, EventVerb
from certificates.models.changes import VERBS, ChangeState
from certificates.rules.changes import Kind
from registry.errors import RegistryError
from registry.rules.access import Actor

log = logging.getLogger(__name__)


def go_on(change: Change, *, at: datetime, steps: int = 1_000_000) -> int:
    """Takes the next steps of a change that is due, each a transaction; how many certificates remain.

    Whatever stops this, the next call goes on from there. Raises what `replacements.replace` raises.
    """
    for _step in range(steps):
        with transaction.atomic():
            remain = _take_effect(change.pk, at)
        if not remain:
            break
    change.refresh_from_db()
    return change.items.filter(is_open=True).count() if change.state == ChangeState.DUE else 0


def begin(change: Change, *, at: datetime) -> bool:
    """Takes the first step of a change that is due; whether it was. Raises like `go_on`."""
    due = is_due(change, at)
    if due:
        go_on(change, at=at, steps=1)
    return due


def settle(*, at: datetime, certificates: Iterable[Certificate]) -> None:
    """What is due for these takes effect now, before anybody asks for something else."""
    items = ChangeItem.objects.filter(certificate__in=[one.pk for one in certificates], is_open=True)
    for change in _due(at).filter(pk__in=items.values("change")):
        go_on(change, at=at)


def apply_due(*, at: datetime) -> int:
    """The beat: every change whose time has come takes effect; how many did. Again at once, it finds nothing.

    One that cannot (a key that is missing, say) stays due and does not hold up the others.
    """
    done = 0
    for change in _due(at):
        try:
            done += go_on(change, at=at) == 0
        except RegistryError as error:
            log.error("change %s does not take effect: %s", change.public_id, error.code)
    return done


def _due(at: datetime) -> QuerySet[Change]:
    return Change.objects.filter(state=ChangeState.DUE, takes_effect_at__lte=at).order_by(
        "takes_effect_at", "pk"
    )


def is_due(change: Change, at: datetime) -> bool:
    """Whether it should be in effect by now."""
    when = change.takes_effect_at
    return change.state == ChangeState.DUE and when is not None and when <= at


def _take_effect(change_id: int, at: datetime) -> bool:
    """One step; whether more may remain. The change first, then people, then certificates: in one order for all."""
    change = (
        Change.objects.select_for_update(of=("self",), no_key=True)
        .select_related("base__region")
        .get(pk=change_id)
    )
    if not is_due(change, at):
        return False
    items = {
        item.certificate_id: item
        for item in change.items.filter(is_open=True).order_by("certificate_id")[: history.AT_ONCE]
    }
    problems = _change(change, history.hold(list(items)), items, on=timezone.localdate(at))
    for code in {*problems.values(), ""}:
        closed = [item.pk for pk, item in items.items() if problems.get(pk, "") == code]
        ChangeItem.objects.filter(pk__in=closed).update(is_open=False, problem=code)
    remain = len(items) == history.AT_ONCE and change.items.filter(is_open=True).exists()
    if not remain:
        change.state = ChangeState.DONE
        change.save(update_fields=["state"])
    return remain


def _change(
    change: Change, held: list[Certificate], items: Mapping[int, ChangeItem], *, on: date
) -> dict[int, str]:
    """What the change says happens to these; the code of what stood in the way, by certificate."""
    by = Actor(change.asked_by_id, change.asked_by_name, is_system=change.asked_by_id is None)
    verb = VERBS[Kind(change.kind)]
    # What waited has its words in the history already.
    has_waited = change.decided_at is not None or change.takes_effect_at != change.asked_at
    note = "" if has_waited else change.note
    if change.kind == Kind.CORRECT:
        pairs = [(one, items[one.pk].printed) for one in held]
        problems = replacements.replace(
            pairs, by=by, on=on, base=change.base, note=note, change=change.public_id
        )
    else:
        allowed = ALLOWED[verb]
        problems = {one.pk: WrongStatus.code for one in held if one.status not in allowed}
        statuses.put(
            [one for one in held if one.pk not in problems],
            by=by,
            on=on,
            verb=verb,
            reason_class=change.reason_class,
            note=note,
            change=change.public_id,
        )
    history.remember(
        [one for one in held if one.pk in problems],
        by=by,
        on=on,
        verb=EventVerb.CHANGE_DROPPED,
        region_path=change.base.region.path,
        reason_class="",
        of_each={pk: {"problem": code} for pk, code in problems.items()},
        change=change.public_id,
    )
    return problems

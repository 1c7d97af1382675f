"""Changes that people ask for: a second person agrees where the federation wants it, a while passes in which they
can be undone, then they take effect. One certificate or a whole base, the way is the same.

What waits is not public: the register's answer changes in the moment of the effect (effects.py), never before.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates.actions import effects, history, statuses
from certificates.errors import ChangeOver, ChangeWaiting, NothingTouched, SecondPersonNeeded, WrongStatus
from certificates.models import Certificate, Change, ChangeItem
from certificates.models.certificates import ALLOWED, EventVerb
from certificates.models.changes import VERBS, ChangeState
from certificates.queries.policies import policy_for
from certificates.rules import changes as rules
from certificates.rules.changes import Kind
from courses.models import Cohort
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.models import TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require

_ASKED = {
    Kind.CORRECT: EventVerb.CORRECTION_ASKED,
    Kind.WITHDRAW: EventVerb.WITHDRAWAL_ASKED,
    Kind.REINSTATE: EventVerb.REINSTATEMENT_ASKED,
}
_NOW = timedelta(0)


def require_may_ask(by: Actor, kind: str, base: TrainingBase) -> None:
    """A base corrects its own certificates; to take one out of force is the federation's. Raises NotPermitted."""
    if kind == Kind.CORRECT:
        require(by, Permission.CERTIFICATE_CORRECT, region_path=base.region.path, base_ids=[base.pk])
    else:
        require(by, Permission.CERTIFICATE_WITHDRAW, region_path=base.region.path)


def ask(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    certificate: Certificate,
    reason_class: str = "",
    note: str = "",
    values: Mapping[str, Any] | None = None,
) -> Change:
    """Asks for a change of one certificate, which may take effect within this call.

    Raises NotPermitted, ReasonNeeded, WrongStatus, ChangeWaiting, and what `replacements.replace` raises.
    """
    effects.settle(at=at, certificates=[certificate])
    with transaction.atomic():
        [held] = history.hold([certificate.pk])
        require_may_ask(by, kind, held.base)
        _check(kind, reason_class, note)
        if held.status not in ALLOWED[VERBS[Kind(kind)]]:
            raise WrongStatus(status=held.status)
        if kind == Kind.SUSPEND:
            return _suspend(by, at, held, reason_class=reason_class, note=note.strip())
        if ChangeItem.objects.filter(certificate=held, is_open=True).exists():
            raise ChangeWaiting()
        change = _store(by, at, kind, held.base, [(held, values or {})], reason_class=reason_class, note=note)
        if effects.is_due(change, at):
            effects.go_on(change, at=at)
            if problem := change.items.get().problem:
                raise WrongStatus(status=held.status, problem=problem)
    return change


def ask_many(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    base: TrainingBase,
    wanted: Sequence[tuple[Certificate, Mapping[str, Any]]],
    cohort: Cohort | None = None,
    reason_class: str = "",
    note: str = "",
) -> Change:
    """Asks for the same change of many certificates of one base; those with another change waiting are left out.

    If it takes effect at once, nothing has changed yet when this returns: call `effects.go_on` until nothing remains.
    Raises NotPermitted, ReasonNeeded, NothingTouched.
    """
    require_may_ask(by, kind, base)
    _check(kind, reason_class, note)
    with transaction.atomic():
        allowed = ALLOWED[VERBS[Kind(kind)]]
        pairs = [(one, values) for one, values in wanted if one.status in allowed and one.base_id == base.pk]
        # In one order for all: two who ask for the same ones wait for each other, never in a ring.
        pairs.sort(key=lambda pair: pair[0].pk)
        return _store(
            by, at, kind, base, pairs, cohort=cohort, is_bulk=True, reason_class=reason_class, note=note
        )


def approve(*, by: Actor, at: datetime, change: Change, note: str = "") -> Change:
    """Another person agrees: from now on it can be undone for the federation's while, then it takes effect.

    Raises NotPermitted, SecondPersonNeeded, ChangeOver; at once effective, what `effects.go_on` raises.
    """
    with transaction.atomic():
        held = _decide(by, at, change, EventVerb.CHANGE_APPROVED, (ChangeState.ASKED,), note)
        held.state = ChangeState.DUE
        held.takes_effect_at = at + rules.window(policy_for(held.base), held.kind)
        _save(held)
    effects.begin(held, at=at)
    return held


@transaction.atomic
def refuse(*, by: Actor, at: datetime, change: Change, note: str = "") -> Change:
    """Another person does not agree; nothing changes. Raises like `approve`."""
    held = _decide(by, at, change, EventVerb.CHANGE_REFUSED, (ChangeState.ASKED,), note)
    held.state = ChangeState.REFUSED
    _save(held)
    held.items.filter(is_open=True).update(is_open=False)
    return held


def undo(*, by: Actor, at: datetime, change: Change, note: str = "") -> Change:
    """Whoever asked, or may approve, takes it back before it takes effect.

    Raises NotPermitted, ChangeOver when its time was over (then it takes effect here).
    """
    if effects.is_due(change, at):
        effects.go_on(change, at=at)
    with transaction.atomic():
        held = _decide(by, at, change, EventVerb.CHANGE_UNDONE, (ChangeState.ASKED, ChangeState.DUE), note)
        if effects.is_due(held, at):
            raise ChangeOver(state=held.state)
        held.state = ChangeState.UNDONE
        _save(held)
        held.items.filter(is_open=True).update(is_open=False)
    return held


def hasten(*, by: Actor, at: datetime, change: Change) -> Change:
    """Whoever asked, or may approve, waits no longer: what needs a second person has had one.

    Raises NotPermitted, ChangeOver, and what `effects.go_on` raises.
    """
    with transaction.atomic():
        held = _locked(change)
        _require_own_or_approver(by, held)
        if held.state != ChangeState.DUE:
            raise ChangeOver(state=held.state)
        if not effects.is_due(held, at):
            held.takes_effect_at = at
            held.save(update_fields=["takes_effect_at"])
    effects.go_on(held, at=at, steps=1)
    return held


def _decide(
    by: Actor, at: datetime, change: Change, verb: EventVerb, states: tuple[ChangeState, ...], note: str
) -> Change:
    """The change, locked, with who decided and the history of it; the caller gives it its new state."""
    held = _locked(change)
    path = held.base.region.path
    if verb == EventVerb.CHANGE_UNDONE:
        _require_own_or_approver(by, held)
    else:
        require(by, Permission.CERTIFICATE_WITHDRAW, region_path=path)
        if not by.is_system and held.asked_by_id == by.account_id:
            raise SecondPersonNeeded()
    if held.state not in states:
        raise ChangeOver(state=held.state)
    require_valid(Change, note=note.strip())
    held.decided_by_name, held.decided_at = by.name, at
    history.remember(
        list(Certificate.objects.filter(change_items__in=held.items.filter(is_open=True)).order_by("pk")),
        by=by,
        on=timezone.localdate(at),
        verb=verb,
        region_path=path,
        note=note.strip(),
        reason_class=held.reason_class,
        change=held.public_id,
    )
    return held


def _require_own_or_approver(by: Actor, change: Change) -> None:
    if by.account_id is None or change.asked_by_id != by.account_id:
        require(by, Permission.CERTIFICATE_WITHDRAW, region_path=change.base.region.path)


def _locked(change: Change) -> Change:
    return lock(change, "base__region")


def _save(change: Change) -> None:
    change.save(update_fields=["state", "decided_by_name", "decided_at", "takes_effect_at"])


def _check(kind: str, reason_class: str, note: str) -> None:
    if kind != Kind.CORRECT:
        statuses.require_reason(VERBS[Kind(kind)], reason_class)
    require_valid(Change, note=note.strip())


def _suspend(by: Actor, at: datetime, held: Certificate, *, reason_class: str, note: str) -> Change:
    """What protects the public waits for nothing, not for another change of the certificate either."""
    on = timezone.localdate(at)
    change = Change.objects.create(
        kind=Kind.SUSPEND,
        state=ChangeState.DONE,
        base=held.base,
        reason_class=reason_class,
        note=note,
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_at=at,
        asked_on=on,
        takes_effect_at=at,
    )
    ChangeItem.objects.create(change=change, certificate=held, is_open=False)
    statuses.put(
        [held],
        by=by,
        on=on,
        verb=EventVerb.SUSPENDED,
        reason_class=reason_class,
        note=note,
        change=change.public_id,
    )
    return change


def _store(
    by: Actor,
    at: datetime,
    kind: str,
    base: TrainingBase,
    pairs: Sequence[tuple[Certificate, Mapping[str, Any]]],
    *,
    cohort: Cohort | None = None,
    is_bulk: bool = False,
    reason_class: str = "",
    note: str = "",
) -> Change:
    """The change with its items, and, where it waits, the history of it."""
    policy = policy_for(base)
    waits_for_another = not by.is_system and rules.needs_second_person(policy, kind, is_bulk=is_bulk)
    window = _NOW if by.is_system else rules.window(policy, kind)
    change = Change.objects.create(
        kind=kind,
        state=ChangeState.ASKED if waits_for_another else ChangeState.DUE,
        base=base,
        cohort=cohort,
        is_bulk=is_bulk,
        reason_class=reason_class,
        note=note.strip(),
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_at=at,
        asked_on=timezone.localdate(at),
        takes_effect_at=None if waits_for_another else at + window,
    )
    items = [ChangeItem(change=change, certificate=one, values=_plain(values)) for one, values in pairs]
    # certificates_one_open_change: what another change holds in this moment is left to that one.
    ChangeItem.objects.bulk_create(items, batch_size=BATCH_ROWS, ignore_conflicts=True)
    taken = set(change.items.values_list("certificate_id", flat=True))
    if not taken:
        raise NothingTouched() if is_bulk else ChangeWaiting()
    if waits_for_another or window:
        history.remember(
            [one for one, _values in pairs if one.pk in taken],
            by=by,
            on=timezone.localdate(at),
            verb=_ASKED[Kind(kind)],
            region_path=base.region.path,
            note=change.note,
            reason_class=reason_class,
            change=change.public_id,
        )
    return change


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

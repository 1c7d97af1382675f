"""Takes subsidy claims step by step to their payment, one or many at once (rules/subsidies.STEPS)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from courses.actions.claims import made_again
from courses.errors import ReasonMissing
from courses.models import SubsidyClaim, SubsidyItem, SubsidyStep
from courses.queries.clashes import clashes
from courses.queries.subsidy_notices import standings
from courses.rules.subsidies import CHECKED_FOR_DOUBLE_USE, HOLDING, STEPS
from courses.subsidy_errors import (
    CostCharged,
    NothingToPay,
    NoticeNotPassed,
    StepNotAllowed,
    StepTaken,
)
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput, RegistryError
from registry.models import Person
from registry.models.batches import BATCH_ROWS
from registry.queries import standards
from registry.rules.access import Actor, Permission, require
from registry.rules.notices import Standing


@dataclass(frozen=True)
class Payment:
    """When and with which voucher the money went out."""

    paid_on: date
    number: str


@dataclass(frozen=True)
class Taken:
    """What came of a step for several claims: those that took it, and why each other one did not."""

    done: list[SubsidyClaim] = field(default_factory=list)
    refused: list[tuple[SubsidyClaim, RegistryError]] = field(default_factory=list)


@transaction.atomic
def take_step(
    *,
    by: Actor,
    on: date,
    claim: SubsidyClaim,
    step: str,
    reason: str = "",
    payment: Payment | None = None,
) -> SubsidyClaim:
    """Take one step with one claim.

    Raises NotPermitted, StepNotAllowed, StepTaken, ReasonMissing, InvalidInput, CostCharged, NothingToPay,
    NoticeNotPassed.
    """
    taken = take_steps(by=by, on=on, claims=[claim], step=step, reason=reason, payment=payment)
    for _claim, error in taken.refused:
        raise error
    return taken.done[0]


@transaction.atomic
def take_steps(
    *,
    by: Actor,
    on: date,
    claims: Sequence[SubsidyClaim],
    step: str,
    reason: str = "",
    payment: Payment | None = None,
) -> Taken:
    """Take a step with every claim that can take it, and tell why the others cannot. Raises ReasonMissing, InvalidInput."""
    if step == "recover":  # by items, and with a day: `recover`
        raise StepNotAllowed(step=step)
    reason = _checked(step, reason, payment, on=on)
    held, items = _held(claims)
    facts = _Facts.of(held, items, by=by, on=on, step=step)
    taken = Taken()
    for claim in held:
        try:
            _require_step(by, claim, step, items[claim.pk], facts)
            if step == "claim":
                items[claim.pk] = [item for item in made_again(claim, on=on) if not item.is_left_out]
        except RegistryError as error:
            taken.refused.append((claim, error))
        else:
            taken.done.append(claim)
    _write(taken.done, items, by=by, on=on, step=step, reason=reason, payment=payment)
    return taken


@transaction.atomic
def recover(
    *, by: Actor, on: date, claim: SubsidyClaim, items: Sequence[int], reason: str, recovered_on: date
) -> SubsidyClaim:
    """Record that money was paid back (追回), by the items it was paid for; when all of them are, so is the claim.

    The costs are free to be claimed again. Raises NotPermitted, StepNotAllowed, StepTaken, ReasonMissing, InvalidInput.
    """
    reason = _checked("recover", reason, None, on=on)
    [held], by_claim = _held([claim])
    paid = {item.pk: item for item in by_claim[held.pk] if item.recovered_on is None}
    _require_step(
        by, held, "recover", list(paid.values()), _Facts.of([held], by_claim, by=by, on=on, step="recover")
    )
    if recovered_on > on:
        raise InvalidInput(fields={"recovered_on": "date_in_future"})
    if held.paid_on is not None and recovered_on < held.paid_on:
        raise InvalidInput(fields={"recovered_on": "date_before_start"})
    if not items or not set(items) <= set(paid):
        raise InvalidInput(fields={"items": "field_missing" if not items else "field_choice"})
    chosen = [paid[pk] for pk in items]
    SubsidyItem.objects.filter(pk__in=items).update(recovered_on=recovered_on, holds=False)
    held.state_reason = reason
    if len(chosen) == len(paid):
        held.state, held.moved_on = STEPS["recover"].to, on
    held.save(update_fields=["state", "state_reason", "moved_on"])
    SubsidyStep.objects.create(claim=held, **_step_fields(by, on, "recover", reason))
    audit.record(
        "subsidy.moved",
        held,
        by=by,
        region_path=held.region.path,
        on=str(on),
        step="recover",
        after=held.state,
        items=len(chosen),
        amount=str(sum(item.amount for item in chosen)),
        recovered_on=str(recovered_on),
    )
    return held


def _checked(step: str, reason: str, payment: Payment | None, *, on: date) -> str:
    """The reason as it is kept. Raises StepNotAllowed, ReasonMissing, InvalidInput."""
    if step not in STEPS:
        raise StepNotAllowed(step=step)
    reason = reason.strip()
    if STEPS[step].needs_reason and not reason:
        raise ReasonMissing(field="reason", to=STEPS[step].to)
    require_valid(SubsidyClaim, state_reason=reason)
    if step == "pay":
        if payment is None or not payment.number.strip():
            raise InvalidInput(fields={"payment_number": "field_missing"})
        require_valid(SubsidyClaim, payment_number=payment.number.strip())
        if payment.paid_on > on:
            raise InvalidInput(fields={"paid_on": "date_in_future"})
    return reason


def _held(
    claims: Sequence[SubsidyClaim],
) -> tuple[list[SubsidyClaim], dict[int, list[SubsidyItem]]]:
    """The claims and the costs they charge, held until the transaction ends; all the people first, in their order.

    Two claims that charge the same person wait for each other, so that one sees what the other has charged.
    """
    ids = [claim.pk for claim in claims]
    people = SubsidyItem.objects.filter(claim__in=ids).values("person")
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    rows = SubsidyClaim.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    held = list(
        rows.select_related("region", "scheme", "cohort__course", "cohort__region", "base", "person__region")
    )
    items: dict[int, list[SubsidyItem]] = {claim.pk: [] for claim in held}
    by_id = {claim.pk: claim for claim in held}
    for item in SubsidyItem.objects.filter(claim__in=by_id, is_left_out=False).select_related("person"):
        item.claim = by_id[item.claim_id]
        items[item.claim_id].append(item)
    return held, items


@dataclass(frozen=True)
class _Facts:
    """What is known of all the claims of one step: asked once, however many they are."""

    taken: dict[int, str]
    clashing: dict[int, int]
    standings: dict[int, Standing]
    notice_needed: dict[int, bool]

    @classmethod
    def of(
        cls,
        claims: Sequence[SubsidyClaim],
        items: dict[int, list[SubsidyItem]],
        *,
        by: Actor,
        on: date,
        step: str,
    ) -> "_Facts":
        ids = [claim.pk for claim in claims]
        taken: dict[int, str] = {}
        if not by.is_system:
            others = SubsidyStep.objects.filter(claim__in=ids, account=by.account_id)
            others = others.exclude(permission=STEPS[step].permission)
            taken = dict(others.order_by("-pk").values_list("claim_id", "step"))
        clashing: dict[int, int] = {}
        if step in CHECKED_FOR_DOUBLE_USE:
            for claim_id, _person in clashes([item for some in items.values() for item in some], on=on):
                if claim_id is not None:
                    clashing[claim_id] = clashing.get(claim_id, 0) + 1
        needed: dict[int, bool] = {}
        if step == "pay":
            is_needed = standards.everywhere("subsidy_notice_needed", on=on)
            needed = {claim.pk: is_needed(claim.region.path) for claim in claims}
        return cls(taken, clashing, standings(claims, on=on) if step == "pay" else {}, needed)


def _require_step(
    by: Actor, claim: SubsidyClaim, step: str, items: Sequence[SubsidyItem], facts: _Facts
) -> None:
    way = STEPS[step]
    require(by, Permission(way.permission), region_path=claim.region.path, base_ids=claim.base_ids)
    if claim.state not in way.sources:
        raise StepNotAllowed(state=claim.state, step=step)
    if claim.pk in facts.taken:
        raise StepTaken(permission=way.permission, step=facts.taken[claim.pk])
    if step in CHECKED_FOR_DOUBLE_USE:
        if not items:
            raise NothingToPay()
        if claim.pk in facts.clashing:
            raise CostCharged(count=facts.clashing[claim.pk])
    if step == "pay":
        standing = facts.standings[claim.pk]
        if not standing.lets_through(needed=facts.notice_needed[claim.pk]):
            raise NoticeNotPassed(stand=standing.stand.value, until=str(standing.until or ""))


def _write(
    claims: Sequence[SubsidyClaim],
    items: dict[int, list[SubsidyItem]],
    *,
    by: Actor,
    on: date,
    step: str,
    reason: str,
    payment: Payment | None,
) -> None:
    """The claims in their new state, their costs charged or free, the steps and the audit rows: one statement each."""
    way, told = STEPS[step], []
    for claim in claims:
        amount = sum(item.amount for item in items[claim.pk])
        facts = {"step": step, "before": claim.state, "after": way.to, "on": str(on)}
        told.append(
            (claim, claim.region.path, facts | {"items": len(items[claim.pk]), "amount": str(amount)})
        )
        claim.state, claim.moved_on = way.to, on
        claim.state_reason = reason if way.needs_reason else ""
        if payment is not None and step == "pay":
            claim.paid_on, claim.payment_number = payment.paid_on, payment.number.strip()
    written = ["state", "moved_on", "state_reason", "claimed_on", "paid_on", "payment_number"]
    SubsidyClaim.objects.bulk_update(claims, written, batch_size=BATCH_ROWS)
    if way.to not in HOLDING:
        SubsidyItem.objects.filter(claim__in=claims).update(holds=False)
    fields = _step_fields(by, on, step, reason)
    SubsidyStep.objects.bulk_create(
        [SubsidyStep(claim=claim, **fields) for claim in claims], batch_size=BATCH_ROWS
    )
    audit.record_many("subsidy.moved", told, by=by)


def _step_fields(by: Actor, on: date, step: str, reason: str) -> dict[str, object]:
    return {
        "step": step,
        "permission": STEPS[step].permission,
        "account_id": by.account_id,
        "by": by.name,
        "on": on,
        "reason": reason,
    }

"""Writes of subsidy claims: one is made for a cohort, and taken step by step to its payment."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from courses.errors import CostCharged, NothingToPay, ReasonMissing, StepNotAllowed, StepTaken
from courses.models.subsidies import SubsidyClaim, SubsidyItem, SubsidyStep
from courses.queries.clashes import clashes
from courses.rules.subsidies import HOLDING, STEPS
from registry.actions import audit
from registry.actions.values import require_valid
from registry.models import Person
from registry.rules.access import Actor, Permission, require

CHECKED_FOR_CLASHES = frozenset({"claim", "approve", "pay"})
"""At application, at approval and again at payment (docs/domain.md §2.1 C43)."""


@transaction.atomic
def take_step(*, by: Actor, on: date, claim: SubsidyClaim, step: str, reason: str = "") -> SubsidyClaim:
    """Take one step of rules/subsidies.STEPS; the payment is `pay`.

    Raises NotPermitted, StepNotAllowed, StepTaken, ReasonMissing, CostCharged, NothingToPay.
    """
    items, claim = _held(claim)
    way = STEPS[step]
    require(by, Permission(way.permission), region_path=claim.region.path, base_ids=_bases(claim))
    if claim.state not in way.sources:
        raise StepNotAllowed(state=claim.state, step=step)
    _require_another_person(by, claim, step)
    reason = reason.strip()
    if way.needs_reason and not reason:
        raise ReasonMissing(field="reason", to=way.to)
    require_valid(SubsidyClaim, state_reason=reason)
    if step in CHECKED_FOR_CLASHES:
        _require_free(items)
    return _moved(claim, items, by=by, on=on, step=step, reason=reason)


def _held(claim: SubsidyClaim) -> tuple[list[SubsidyItem], SubsidyClaim]:
    """The claim and its costs, held until the transaction ends; the people first, in their order.

    Two claims that charge the same person wait for each other, so that one sees what the other has charged.
    """
    people = SubsidyItem.objects.filter(claim=claim).values("person")
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    rows = SubsidyClaim.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("region", "scheme", "cohort", "base").get(pk=claim.pk)
    return list(held.items.filter(left_out_reason="")), held


def _require_another_person(by: Actor, claim: SubsidyClaim, step: str) -> None:
    """Nobody takes two different steps of one claim; the same one again, after a return, they may."""
    if by.is_system:
        return
    taken = claim.steps.filter(account_id=by.account_id).exclude(step=step).first()
    if taken is not None:
        raise StepTaken(permission=STEPS[step].permission, step=taken.step)


def _require_free(items: Sequence[SubsidyItem]) -> None:
    if not items:
        raise NothingToPay()
    found = clashes(items)
    if found:
        raise CostCharged(count=len({clash.item.pk for clash in found}))


def _moved(
    claim: SubsidyClaim, items: Sequence[SubsidyItem], *, by: Actor, on: date, step: str, reason: str
) -> SubsidyClaim:
    before, claim.state, claim.state_reason = claim.state, STEPS[step].to, reason
    claim.save()
    try:
        with transaction.atomic():
            claim.items.filter(pk__in=[item.pk for item in items]).update(holds=claim.state in HOLDING)
    except IntegrityError:  # the constraint is the last word
        raise CostCharged(count=1) from None
    SubsidyStep.objects.create(
        claim=claim, step=step, account_id=by.account_id, by=by.name, on=on, reason=reason
    )
    facts = {"step": step, "before": before, "after": claim.state, "items": len(items)}
    audit.record("subsidy.moved", claim, by=by, region_path=claim.region.path, on=str(on), **facts)
    return claim


def _bases(claim: SubsidyClaim) -> list[int]:
    return [] if claim.base_id is None else [claim.base_id]

"""Records grants to training bases and their payment (docs/domain.md §2.1 C47)."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from courses.models import BaseGrant
from courses.subsidy_errors import FundingUndone, GrantHeld, GrantPaid, StepTaken
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Federation, TrainingBase
from registry.rules.access import Actor, Permission, require

YEARS = range(2000, 2200)


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    federation: Federation,
    year: int,
    purpose: str,
    amount: Decimal,
    funding_source: str,
    document: str,
    note: str = "",
) -> BaseGrant:
    """Record what a federation grants to a base in a year for one purpose; it is paid by another person.

    Raises NotPermitted, InvalidInput, GrantHeld where the base has a grant for that purpose and year.
    """
    require(by, Permission.SUBSIDY_CHECK, region_path=federation.region.path)
    if not base.region.path.startswith(federation.region.path):
        raise InvalidInput(fields={"federation": "field_choice"})
    document, note = document.strip(), note.strip()
    require_valid(
        BaseGrant,
        purpose=purpose,
        amount=amount,
        funding_source=funding_source,
        document=document,
        note=note,
    )
    problems = {} if amount > 0 else {"amount": "amount_positive"}
    if year not in YEARS:
        problems["year"] = "field_invalid"
    if problems:
        raise InvalidInput(fields=problems)
    try:
        with transaction.atomic():
            made = BaseGrant.objects.create(
                base=base,
                federation=federation,
                year=year,
                purpose=purpose,
                amount=amount,
                funding_source=funding_source,
                document=document,
                note=note,
                recorded_on=on,
                recorded_by=by.name,
                recorder_id=by.account_id,
            )
    except IntegrityError:
        raise GrantHeld(field="purpose", year=year) from None
    facts = {"year": year, "purpose": purpose, "amount": str(amount), "document": document}
    audit.record("base_grant.recorded", made, by=by, region_path=base.region.path, on=str(on), **facts)
    return made


@transaction.atomic
def pay(*, by: Actor, on: date, grant: BaseGrant, paid_on: date, payment_number: str) -> BaseGrant:
    """Record that a grant was paid, with its voucher.

    Raises NotPermitted, StepTaken, InvalidInput, GrantPaid, FundingUndone.
    """
    held = _held(grant)
    require(by, Permission.SUBSIDY_PAY, region_path=held.federation.region.path)
    if not by.is_system and held.recorder_id == by.account_id:
        raise StepTaken(permission=Permission.SUBSIDY_PAY.value, step="record")
    _require_open(held)
    number = payment_number.strip()
    if not number:
        raise InvalidInput(fields={"payment_number": "field_missing"})
    require_valid(BaseGrant, payment_number=number)
    if paid_on > on:
        raise InvalidInput(fields={"paid_on": "date_in_future"})
    held.paid_on, held.payment_number = paid_on, number
    held.save(update_fields=["paid_on", "payment_number"])
    audit.record(
        "base_grant.paid", held, by=by, region_path=held.base.region.path, on=str(on), paid_on=str(paid_on)
    )
    return held


@transaction.atomic
def undo(*, by: Actor, on: date, grant: BaseGrant, reason: str) -> BaseGrant:
    """Take back a grant that was not paid; the row stays with the reason. Raises NotPermitted, InvalidInput, GrantPaid."""
    held = _held(grant)
    require(by, Permission.SUBSIDY_CHECK, region_path=held.federation.region.path)
    _require_open(held)
    reason = reason.strip()
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    require_valid(BaseGrant, undone_reason=reason)
    held.undone_on, held.undone_by, held.undone_reason = on, by.name, reason
    held.save(update_fields=["undone_on", "undone_by", "undone_reason"])
    audit.record(
        "base_grant.undone", held, by=by, region_path=held.base.region.path, on=str(on), reason=reason
    )
    return held


def _require_open(grant: BaseGrant) -> None:
    if grant.undone_on is not None:
        raise FundingUndone()
    if grant.paid_on is not None:
        raise GrantPaid()


def _held(grant: BaseGrant) -> BaseGrant:
    rows = BaseGrant.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("base__region", "federation__region").get(pk=grant.pk)

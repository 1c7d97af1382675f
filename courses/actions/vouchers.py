"""Writes of electronic training vouchers (电子培训券): issue to many, use once, cancel."""

import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from courses.actions.cohorts import locked
from courses.errors import ReasonMissing
from courses.models import Cohort, Course, Enrolment, TrainingPackage, Voucher
from courses.models.enrolments import Outcome
from courses.rules import vouchers as rules
from courses.rules.money import is_money
from courses.voucher_errors import (
    EnrolmentHasVoucher,
    VoucherCancelled,
    VoucherCohortClosed,
    VoucherExpired,
    VoucherForOtherCourse,
    VoucherNumberWrong,
    VoucherOfAnother,
    VoucherUsed,
)
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Federation, Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require

AT_ONCE = 500
"""Vouchers issued, or used, in one go."""

CLOSED = frozenset({"draft", "submitted", "returned", "closed", "cancelled"})
"""States in which a cohort takes no voucher: it is not approved, or it is over."""


@transaction.atomic
def issue(
    *,
    by: Actor,
    on: date,
    federation: Federation,
    people: Sequence[Person],
    value: Decimal,
    expires_on: date,
    package: TrainingPackage | None = None,
    course: Course | None = None,
) -> list[Voucher]:
    """One voucher for each person, for a package or a course, worth `value` in 元 and good up to `expires_on`.

    All or none; people must be managed in the federation's region. The number of queries does not depend on how many
    people. Raises InvalidInput, NotPermitted.
    """
    path = federation.region.path
    require(by, Permission.VOUCHER_ISSUE, region_path=path)
    problems = {}
    if (package is None) == (course is None):
        problems["package"] = "voucher_scope"
    offered = TrainingPackage.objects.filter(federation=federation, is_offered=True)
    if package is not None and not offered.filter(pk=package.pk).exists():
        problems["package"] = "field_choice"
    if course is not None and not course.base.region.path.startswith(path):
        problems["course"] = "field_choice"
    if not is_money(value) or value <= 0:
        problems["value"] = "money_invalid"
    if expires_on < on:
        problems["expires_on"] = "voucher_expiry"
    people = list({person.pk: person for person in people}.values())
    if not people or len(people) > AT_ONCE:
        problems["people"] = "voucher_people_count"
    elif any(not person.region.path.startswith(path) for person in people):
        problems["people"] = "voucher_people_elsewhere"
    if problems:
        raise InvalidInput(fields=problems)
    made = Voucher.objects.bulk_create(
        [
            Voucher(
                number=number,
                federation=federation,
                person=person,
                package=package,
                course=course,
                value=value,
                issued_on=on,
                expires_on=expires_on,
            )
            for person, number in zip(people, _free_numbers(len(people)), strict=True)
        ],
        batch_size=BATCH_ROWS,
    )
    facts = {"value": str(value), "expires_on": str(expires_on)}
    audit.record_many("voucher.issued", [(voucher, path, facts) for voucher in made], by=by)
    return made


def _free_numbers(count: int) -> list[str]:
    """So many numbers that no voucher has; among 10^11 a second try is rare."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {rules.number(secrets.randbelow(10 ** (rules.LENGTH - 1))) for _ in range(count - len(found))}
        found |= drawn - set(Voucher.objects.filter(number__in=drawn).values_list("number", flat=True))
    return sorted(found)


@transaction.atomic
def redeem(*, by: Actor, on: date, cohort: Cohort, numbers: Sequence[str]) -> list[Voucher]:
    """Use these vouchers for the trainees of a cohort who hold them, all or none; again changes nothing.

    Every refusal says with `row` (from 1) which number it is about. Whoever else uses a voucher at the same moment, one
    of both gets it: the other is refused with VoucherUsed. The number of queries does not depend on how many numbers.
    """
    cohort = locked(cohort)
    path = cohort.region.path
    require(by, Permission.COHORT_EDIT, region_path=path, base_ids=[cohort.base_id])
    if cohort.state in CLOSED:
        raise VoucherCohortClosed(state=cohort.state)
    if not 1 <= len(numbers) <= AT_ONCE:
        raise InvalidInput(fields={"numbers": "voucher_people_count"})
    wanted = [_parsed(text, row) for row, text in enumerate(numbers, 1)]
    held = {
        voucher.number: voucher
        for voucher in Voucher.objects.select_for_update(of=("self",), no_key=True)
        .filter(number__in=wanted)
        .order_by("pk")
    }
    trainees = {
        row.person_id: row
        for row in Enrolment.objects.filter(cohort=cohort)
        .exclude(outcome=Outcome.WITHDREW)
        .filter(person_id__in=[voucher.person_id for voucher in held.values()])
    }
    paid = set(Voucher.objects.filter(enrolment__in=trainees.values()).values_list("enrolment_id", flat=True))
    packages = set(cohort.course.packages.values_list("pk", flat=True))
    used = []
    for row, number in enumerate(wanted, 1):
        voucher = held.get(number)
        if voucher is None:
            raise VoucherNumberWrong(row=row, field="numbers")
        enrolment = trainees.get(voucher.person_id)
        if enrolment is None:
            raise VoucherOfAnother(row=row, field="numbers")
        if voucher.enrolment_id == enrolment.pk:
            continue
        _require_good(voucher, cohort, packages, on=on, row=row)
        if enrolment.pk in paid:
            raise EnrolmentHasVoucher(row=row, field="numbers")
        paid.add(enrolment.pk)
        voucher.enrolment, voucher.redeemed_on = enrolment, on
        used.append(voucher)
    Voucher.objects.bulk_update(used, ["enrolment", "redeemed_on"], batch_size=BATCH_ROWS)
    facts = {"cohort": cohort.public_id, "on": str(on)}
    audit.record_many("voucher.redeemed", [(voucher, path, facts) for voucher in used], by=by)
    return list(held.values())


def _parsed(text: str, row: int) -> str:
    try:
        return rules.parse(text)
    except ValueError:
        raise VoucherNumberWrong(row=row, field="numbers") from None


def _require_good(voucher: Voucher, cohort: Cohort, packages: set[int], *, on: date, row: int) -> None:
    if voucher.enrolment_id is not None:
        raise VoucherUsed(row=row, field="numbers")
    if voucher.cancelled_on is not None:
        raise VoucherCancelled(row=row, field="numbers")
    if voucher.expires_on < on:
        raise VoucherExpired(row=row, field="numbers", expires_on=str(voucher.expires_on))
    if voucher.course_id != cohort.course_id and voucher.package_id not in packages:
        raise VoucherForOtherCourse(row=row, field="numbers")


@transaction.atomic
def cancel(*, by: Actor, on: date, voucher: Voucher, reason: str) -> Voucher:
    """Take an unused voucher out of use; again changes nothing. Raises VoucherUsed, ReasonMissing."""
    held = (
        Voucher.objects.select_for_update(of=("self",), no_key=True)
        .select_related("federation__region")
        .get(pk=voucher.pk)
    )
    path = held.federation.region.path
    require(by, Permission.VOUCHER_ISSUE, region_path=path)
    if held.cancelled_on is not None:
        return held
    if held.enrolment_id is not None:
        raise VoucherUsed(row=1)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    require_valid(Voucher, cancel_reason=reason.strip())
    held.cancelled_on, held.cancel_reason = on, reason.strip()
    held.save(update_fields=["cancelled_on", "cancel_reason"])
    audit.record("voucher.cancelled", held, by=by, region_path=path, on=str(on), reason=held.cancel_reason)
    return held

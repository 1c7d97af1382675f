"""Makes subsidy claims: for a whole cohort, or for one person; and makes a returned one again."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from courses.actions.cohorts import locked as locked_cohort
from courses.models import Cohort, SubsidyClaim, SubsidyItem, SubsidyScheme, SubsidyStep
from courses.queries import eligibility
from courses.queries.eligibility import Judged
from courses.queries.schemes import applicable
from courses.rules import bank_accounts
from courses.rules.subsidies import STEPS
from courses.subsidy_errors import (
    CohortNotCompleted,
    CostCharged,
    FundingSourceRefused,
    NotEligible,
    NothingToPay,
    SchemeMissing,
)
from registry.actions import audit, evidence
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Evidence, Person, Region, TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules import usccs
from registry.rules.access import Actor, Permission, require

COMPLETED = frozenset({"completed", "closed"})
MAY_TAKE_EVIDENCE = frozenset({"claimed", "returned", "checked", "approved"})


def prepared(
    *, cohort: Cohort, scheme: SubsidyScheme, on: date, funding_source: str = ""
) -> tuple[SubsidyClaim, list[Judged]]:
    """What a claim for the cohort would be, unsaved: the preview, and what `claim_cohort` writes."""
    claim = SubsidyClaim(
        scheme=scheme,
        region=cohort.region,
        cohort=cohort,
        base=cohort.base,
        funding_source=funding_source or source_of(scheme, cohort),
        claimed_on=on,
        moved_on=on,
    )
    return claim, eligibility.for_cohort(claim, on=on)


def source_of(scheme: SubsidyScheme, cohort: Cohort) -> str:
    """The cohort's own funding source where the scheme allows it, else the scheme's first."""
    allowed: list[str] = scheme.funding_sources
    return cohort.funding_source if cohort.funding_source in allowed else allowed[0]


@transaction.atomic
def claim_cohort(*, by: Actor, on: date, cohort: Cohort, kind: str, funding_source: str = "") -> SubsidyClaim:
    """Claim for everybody of a completed cohort who meets the conditions; the others are listed as left out.

    Under the scheme in force on the cohort's last day. Raises NotPermitted, CohortNotCompleted, SchemeMissing,
    FundingSourceRefused, NothingToPay.
    """
    _lock_people(cohort.enrolments.values_list("person_id", flat=True))
    cohort = locked_cohort(cohort)
    require(by, Permission.SUBSIDY_CLAIM, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in COMPLETED:
        raise CohortNotCompleted(state=cohort.state)
    scheme = _scheme(kind, cohort.region, on=cohort.ends_on, of_cohort=True)
    claim, judged = prepared(cohort=cohort, scheme=scheme, on=on, funding_source=funding_source)
    return _made(claim, judged, by=by, on=on)


@transaction.atomic
def claim_person(
    *,
    by: Actor,
    on: date,
    person: Person,
    kind: str,
    funding_source: str,
    certificate_id: str = "",
    business_name: str = "",
    business_uscc: str = "",
    business_since: date | None = None,
    bank_account: str = "",
) -> SubsidyClaim:
    """Claim for one person: for a certificate, or for a business that was started.

    Raises NotPermitted, SchemeMissing, InvalidInput, FundingSourceRefused, NotEligible, CostCharged.
    """
    _lock_people([person.pk])
    held = reach(person)
    require(by, Permission.SUBSIDY_CLAIM, **held)
    scheme = _scheme(kind, person.region, on=on, of_cohort=False)
    account = checked_account(bank_account)
    business = _business(scheme, business_name, business_uscc, business_since, on=on)
    claim = SubsidyClaim(
        scheme=scheme,
        region=person.region,
        person=person,
        base=_claiming_base(by, person, held["base_ids"]),
        funding_source=funding_source,
        business_name=business[0],
        business_since=business_since if scheme.is_for_business else None,
        claimed_on=on,
        moved_on=on,
    )
    item, clashes = eligibility.for_person(
        claim, on=on, business_uscc=business[1], certificate_id=certificate_id
    )
    if clashes:
        raise CostCharged(count=1)
    if item.is_left_out:
        raise NotEligible(conditions=[one["condition"] for one in item.findings if not one["met"]])
    item.bank_account = account
    return _made(claim, [(item, [])], by=by, on=on)


def made_again(claim: SubsidyClaim, *, on: date) -> list[SubsidyItem]:
    """The items of a returned claim as they would be now; the caller holds the people and the claim.

    A person whose sum did not change keeps the item, and with it its public notice. Raises NothingToPay.
    """
    claim.claimed_on = on
    before = {item.person_id: item for item in claim.items.all()}
    if claim.cohort_id is None:
        [own] = before.values()
        judged = [
            eligibility.for_person(
                claim, on=on, business_uscc=own.business_uscc, certificate_id=own.certificate_id
            )
        ]
    else:
        judged = eligibility.for_cohort(claim, on=on)
    fresh: list[SubsidyItem] = []
    for item, _clashes in judged:
        earlier = before.get(item.person_id)
        if earlier is not None:
            item.bank_account = earlier.bank_account
            if earlier.amount == item.amount:
                item.pk = earlier.pk
        fresh.append(item)
    if all(item.is_left_out for item in fresh):
        raise NothingToPay()
    kept = [item for item in fresh if item.pk is not None]
    claim.items.exclude(pk__in=[item.pk for item in kept]).delete()
    SubsidyItem.objects.bulk_update(
        kept, ["findings", "is_left_out", "holds", "bank_account"], batch_size=BATCH_ROWS
    )
    SubsidyItem.objects.bulk_create([item for item in fresh if item.pk is None], batch_size=BATCH_ROWS)
    return fresh


@transaction.atomic
def set_accounts(*, by: Actor, on: date, claim: SubsidyClaim, accounts: dict[int, str]) -> int:
    """Keep the bank accounts of people of a claim, by the id of their item; how many changed.

    Raises NotPermitted, InvalidInput with the ids as fields; for a base that is paid there is no account to keep.
    """
    held = SubsidyClaim.objects.select_for_update(of=("self",), no_key=True)
    claim = held.select_related("region", "scheme").get(pk=claim.pk)
    require(by, Permission.SUBSIDY_CLAIM, region_path=claim.region.path, base_ids=claim.base_ids)
    if claim.state not in MAY_TAKE_EVIDENCE or claim.scheme.is_paid_to_base:
        raise InvalidInput(fields=dict.fromkeys(map(str, accounts), "field_choice"))
    problems, changed = {}, []
    for item in claim.items.filter(pk__in=accounts):
        account = bank_accounts.clean(accounts[item.pk])
        if problem := bank_accounts.problem(account):
            problems[str(item.pk)] = problem
        elif account != item.bank_account:
            item.bank_account = account
            changed.append(item)
    if problems:
        raise InvalidInput(fields=problems)
    SubsidyItem.objects.bulk_update(changed, ["bank_account"], batch_size=BATCH_ROWS)
    if changed:
        audit.record(
            "subsidy.accounts_kept",
            claim,
            by=by,
            region_path=claim.region.path,
            on=str(on),
            count=len(changed),
        )
    return len(changed)


@transaction.atomic
def add_evidence(*, by: Actor, on: date, claim: SubsidyClaim, name: str, data: bytes) -> Evidence:
    """Keep a paper that shows what is claimed: a licence, a certificate, a receipt. Raises NotPermitted, InvalidInput."""
    require(by, Permission.SUBSIDY_CLAIM, region_path=claim.region.path, base_ids=claim.base_ids)
    if claim.state not in MAY_TAKE_EVIDENCE:
        raise InvalidInput(fields={"file": "subsidy_closed"})
    return evidence.add(
        by=by, on=on, subject=claim, region=claim.region, base=claim.base, name=name, data=data
    )


def checked_account(text: str) -> str:
    """The bank account as it is kept. Raises InvalidInput."""
    account = bank_accounts.clean(text)
    if problem := bank_accounts.problem(account):
        raise InvalidInput(fields={"bank_account": problem})
    return account


def _made(claim: SubsidyClaim, judged: list[Judged], *, by: Actor, on: date) -> SubsidyClaim:
    """Write a new claim with its items, its first step and the audit row."""
    require_valid(SubsidyClaim, funding_source=claim.funding_source, business_name=claim.business_name)
    if claim.funding_source not in claim.scheme.funding_sources:
        raise FundingSourceRefused(fields={"funding_source": "subsidy_funding_source"})
    items = [item for item, _clashes in judged]
    if all(item.is_left_out for item in items):
        raise NothingToPay()
    if not claim.scheme.is_paid_to_base:
        _take_known_accounts(items)
    claim.save()
    try:
        with transaction.atomic():
            SubsidyItem.objects.bulk_create(items, batch_size=BATCH_ROWS)
    except IntegrityError:  # the constraint is the last word
        raise CostCharged(count=1) from None
    SubsidyStep.objects.create(
        claim=claim,
        step="claim",
        permission=STEPS["claim"].permission,
        account_id=by.account_id,
        by=by.name,
        on=on,
    )
    paid = [item for item in items if not item.is_left_out]
    audit.record(
        "subsidy.claimed",
        claim,
        by=by,
        region_path=claim.region.path,
        on=str(on),
        scheme=claim.scheme.public_id,
        items=len(paid),
        left_out=len(items) - len(paid),
        amount=str(sum(item.amount for item in paid)),
    )
    return claim


def _take_known_accounts(items: list[SubsidyItem]) -> None:
    """Nothing is typed twice: the account that the person's last claim named."""
    wanted = [item.person_id for item in items if not item.bank_account and not item.is_left_out]
    known: dict[int, str] = {}
    for item in (
        SubsidyItem.objects.filter(person__in=wanted).order_by("pk").only("person_id", "bank_account")
    ):
        known[item.person_id] = item.bank_account or known.get(item.person_id, "")
    for item in items:
        item.bank_account = item.bank_account or known.get(item.person_id, "")


def _scheme(kind: str, region: Region, *, on: date, of_cohort: bool) -> SubsidyScheme:
    scheme = applicable(region, on=on, kind=kind).get(kind)
    if scheme is None or scheme.is_for_cohort != of_cohort:
        raise SchemeMissing(kind=kind)
    return scheme


def _business(
    scheme: SubsidyScheme, name: str, uscc: str, since: date | None, *, on: date
) -> tuple[str, str]:
    """Name and code of the business as they are kept; empty where the scheme is for no business."""
    if not scheme.is_for_business:
        return "", ""
    problems = {}
    if not name.strip():
        problems["business_name"] = "field_missing"
    if since is None:
        problems["business_since"] = "field_missing"
    elif since > on:
        problems["business_since"] = "date_in_future"
    try:
        uscc = usccs.parse(uscc)
    except usccs.UsccError as error:
        problems["business_uscc"] = error.code
    if problems:
        raise InvalidInput(fields=problems)
    return name.strip(), uscc


def _claiming_base(by: Actor, person: Person, bases: list[int]) -> TrainingBase | None:
    """The base in whose name the actor claims, where the actor reaches the person only through it."""
    if by.may(Permission.SUBSIDY_CLAIM, region_path=person.region.path):
        return None
    own = [base for base in by.scope(Permission.SUBSIDY_CLAIM).base_ids if base in bases]
    return TrainingBase.objects.filter(pk__in=own).order_by("pk").first()


def _lock_people(people: Iterable[int]) -> None:
    """Hold the people until the transaction ends, in their order: two claims over one person wait for each other."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=people)
    list(rows.order_by("pk").values_list("pk"))

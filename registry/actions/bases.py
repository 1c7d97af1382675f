"""Registers training bases, accredits them (挂牌) and ends accreditations (摘牌)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max

from registry.actions import base_events
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, Conflict, InvalidInput
from registry.models import (
    Accreditation,
    AccreditationCategory,
    BaseCategory,
    BaseProvision,
    Federation,
    Region,
    TrainingBase,
)
from registry.models.accreditations import LEVEL_OF_REGION
from registry.models.bases import AccessProvision
from registry.models.regions import NATION_CODE
from registry.rules import usccs
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import discloses_disability

MOST_BASES_IN_AREA = 9_999
"""The certificate number has four digits for the base within its prefecture (docs/certificate-format.md)."""


FACTS = (
    *("name", "public_name", "institution_kind", "ownership", "kind", "uscc", "school_permit_number"),
    *("address", "phone"),
)
"""What a base is and where it is found: all of it text."""


class NumbersExhausted(Conflict):
    """A prefecture has as many bases as its certificate numbers can tell apart."""

    code = "numbers_exhausted"


class AlreadyRevoked(Conflict):
    """The plaque was taken down before."""

    code = "accreditation_already_revoked"


@transaction.atomic
def register(
    *,
    by: Actor,
    on: date,
    region: Region,
    name: str,
    public_name: str,
    institution_kind: str,
    ownership: str,
    kind: str = "training",
    uscc: str = "",
    school_permit_number: str = "",
    categories: Collection[str] = (),
    provisions: Collection[str] = (),
    address: str = "",
    phone: str = "",
) -> TrainingBase:
    """Register a base. Its serial and its number prefix go into certificates: given once, never reused.

    A 统一社会信用代码 or a 办学许可证号 is needed (docs/domain.md §3.4).
    Raises NotPermitted, InvalidInput, UsccError, AlreadyHeld.
    """
    require(by, Permission.BASE_EDIT, region_path=region.path)
    values = _checked(
        name=name,
        public_name=public_name,
        institution_kind=institution_kind,
        ownership=ownership,
        kind=kind,
        uscc=uscc,
        school_permit_number=school_permit_number,
        address=address,
        phone=phone,
    )
    _check_offer(categories=categories, provisions=provisions)
    # Serials are given one at a time: whoever registers holds the nation's row until the end.
    Region.objects.select_for_update(no_key=True).get(code=NATION_CODE)
    if values["uscc"] and TrainingBase.objects.filter(uscc=values["uscc"]).exists():
        raise AlreadyHeld(field="uscc")
    serial = (TrainingBase.objects.aggregate(last=Max("serial"))["last"] or 0) + 1
    base = TrainingBase.objects.create(
        region=region, serial=serial, number_prefix=_free_prefix(region.code[:4]), **values
    )
    _offer(base, categories=categories, provisions=provisions)
    base_events.record("base.registered", base, base=base, by=by, on=on, serial=serial, kind=kind)
    return base


@transaction.atomic
def edit(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    provisions: Collection[str],
    address: str,
    phone: str,
    categories: Collection[str] | None = None,
    **facts: str,
) -> TrainingBase:
    """Change what a base tells of itself; what it is (`facts` as in `register`, its categories) only an officer does.

    Region, serial and number prefix stay: they are in certificates. What these print is kept as it was printed.
    Raises NotPermitted, InvalidInput, UsccError, AlreadyHeld.
    """
    path = base.region.path
    require(by, Permission.BASE_APPLY, region_path=path, base_ids=[base.pk])
    if facts or categories is not None:
        require(by, Permission.BASE_EDIT, region_path=path)
    held = TrainingBase.objects.select_for_update(of=("self",), no_key=True).get(pk=base.pk)
    before = {name: getattr(held, name) for name in FACTS}
    values = _checked(**before | facts | {"address": address, "phone": phone})
    taught = set(held.categories.values_list("category", flat=True))
    offered = set(held.provisions.values_list("provision", flat=True))
    categories = taught if categories is None else categories
    _check_offer(categories=categories, provisions=provisions)
    if values["uscc"] and TrainingBase.objects.filter(uscc=values["uscc"]).exclude(pk=held.pk).exists():
        raise AlreadyHeld(field="uscc")
    changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    if taught != set(categories):
        changed["categories"] = [sorted(taught), sorted(set(categories))]
    if offered != set(provisions):
        changed["provisions"] = [sorted(offered), sorted(set(provisions))]
    if not changed:
        return held
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    held.categories.all().delete()
    held.provisions.all().delete()
    _offer(held, categories=categories, provisions=provisions)
    base_events.record("base.edited", held, base=base, by=by, on=on, changed=changed)
    return held


def _checked(**texts: str) -> dict[str, str]:
    """What a base is told by, as it is kept. Raises InvalidInput, UsccError."""
    values = {name: text.strip() for name, text in texts.items()}
    if not values["uscc"] and not values["school_permit_number"]:
        raise InvalidInput(fields={"uscc": "uscc_or_permit_needed"})
    values["uscc"] = usccs.parse(values["uscc"]) if values["uscc"] else ""
    require_valid(TrainingBase, **values)
    if discloses_disability(values["public_name"]):
        raise InvalidInput(fields={"public_name": "public_name_discloses"})
    return values


def _check_offer(*, categories: Collection[str], provisions: Collection[str]) -> None:
    for category in categories:
        require_valid(BaseCategory, category=category)
    for provision in provisions:
        require_valid(BaseProvision, provision=provision)


def _offer(base: TrainingBase, *, categories: Collection[str], provisions: Collection[str]) -> None:
    BaseCategory.objects.bulk_create(BaseCategory(base=base, category=one) for one in sorted(set(categories)))
    BaseProvision.objects.bulk_create(
        BaseProvision(base=base, provision=one) for one in AccessProvision.values if one in provisions
    )


def _free_prefix(area: str) -> str:
    """The area's four digits and the next count in it. Raises NumbersExhausted after 9,999 bases."""
    last = TrainingBase.objects.filter(number_prefix__startswith=area).aggregate(last=Max("number_prefix"))[
        "last"
    ]
    count = int(last[4:]) + 1 if last else 1
    if count > MOST_BASES_IN_AREA:
        raise NumbersExhausted(area=area)
    return f"{area}{count:04}"


@transaction.atomic
def accredit(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    federation: Federation,
    level: str,
    plaque_number: str,
    granted_on: date,
    valid_until: date | None = None,
    document: str = "",
    kind: str = "",
    categories: Collection[str] | None = None,
    renews: Accreditation | None = None,
) -> Accreditation:
    """Put up the plaque of a federation at a base in its region, for what the base is unless told otherwise.

    Called directly it records a plaque of old; what is new begins with an application. Raises NotPermitted,
    InvalidInput, AlreadyHeld.
    """
    region = federation.region
    require(by, Permission.BASE_ACCREDIT, region_path=region.path)
    require(by, Permission.BASE_ACCREDIT, region_path=base.region.path)
    values = {
        "level": level,
        "kind": kind or base.kind,
        "plaque_number": plaque_number.strip(),
        "document": document.strip(),
    }
    require_valid(Accreditation, **values)
    if categories is None:
        categories = base.categories.values_list("category", flat=True)
    for category in categories:
        require_valid(BaseCategory, category=category)
    problems = {}
    if not base.region.path.startswith(region.path):
        problems["federation"] = "federation_of_other_region"
    if level != LEVEL_OF_REGION[region.level]:
        problems["level"] = "level_not_of_federation"
    if valid_until and valid_until < granted_on:
        problems["valid_until"] = "date_before_start"
    if granted_on > on:
        problems["granted_on"] = "date_in_future"
    if problems:
        raise InvalidInput(fields=problems)
    TrainingBase.objects.select_for_update(no_key=True).get(pk=base.pk)
    if Accreditation.objects.filter(federation=federation, plaque_number=plaque_number.strip()).exists():
        raise AlreadyHeld(field="plaque_number")
    accreditation = Accreditation.objects.create(
        base=base,
        federation=federation,
        granted_on=granted_on,
        valid_until=valid_until,
        renews=renews,
        **values,
    )
    AccreditationCategory.objects.bulk_create(
        AccreditationCategory(accreditation=accreditation, category=one) for one in sorted(set(categories))
    )
    base_events.record(
        "base.accredited",
        accreditation,
        base=base,
        by=by,
        on=granted_on,
        note=accreditation.plaque_number,
        plaque_number=accreditation.plaque_number,
        level=level,
        granted_on=granted_on.isoformat(),
        valid_until=valid_until.isoformat() if valid_until else None,
    )
    return accreditation


@transaction.atomic
def revoke_accreditation(
    *, by: Actor, on: date, accreditation: Accreditation, revoked_on: date, reason: str
) -> Accreditation:
    """Take the plaque down from a day on. Raises NotPermitted, InvalidInput, AlreadyRevoked."""
    require(by, Permission.BASE_ACCREDIT, region_path=accreditation.federation.region.path)
    require_valid(Accreditation, revoked_reason=reason.strip())
    if not reason.strip():
        raise InvalidInput(fields={"reason": "field_missing"})
    if revoked_on < accreditation.granted_on:
        raise InvalidInput(fields={"revoked_on": "date_before_start"})
    if revoked_on > on:
        raise InvalidInput(fields={"revoked_on": "date_in_future"})
    held = Accreditation.objects.select_for_update().get(pk=accreditation.pk)
    if held.revoked_on is not None:
        raise AlreadyRevoked(plaque_number=held.plaque_number)
    held.revoked_on, held.revoked_reason = revoked_on, reason.strip()
    held.save(update_fields=["revoked_on", "revoked_reason"])
    base_events.record(
        "base.accreditation_revoked",
        held,
        base=accreditation.base,
        by=by,
        on=revoked_on,
        note=held.revoked_reason,
        plaque_number=held.plaque_number,
        revoked_on=revoked_on.isoformat(),
    )
    return held

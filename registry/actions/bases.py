"""Registers training bases, accredits them (挂牌) and ends accreditations (摘牌)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, Conflict, InvalidInput
from registry.models import Accreditation, BaseCategory, Federation, Region, TrainingBase
from registry.models.regions import NATION_CODE
from registry.rules import usccs
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import discloses_disability

MOST_BASES_IN_AREA = 9_999
"""The certificate number has four digits for the base within its prefecture (docs/certificate-format.md)."""


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
    address: str = "",
    phone: str = "",
) -> TrainingBase:
    """Register a base. Its serial and its number prefix go into certificates: given once, never reused.

    A 统一社会信用代码 or a 办学许可证号 is needed (docs/domain.md §3.4).
    Raises NotPermitted, InvalidInput, UsccError, AlreadyHeld.
    """
    require(by, Permission.BASE_EDIT, region_path=region.path)
    if not uscc.strip() and not school_permit_number.strip():
        raise InvalidInput(fields={"uscc": "uscc_or_permit_needed"})
    values = {
        "name": name.strip(),
        "public_name": public_name.strip(),
        "institution_kind": institution_kind,
        "ownership": ownership,
        "kind": kind,
        "uscc": usccs.parse(uscc) if uscc.strip() else "",
        "school_permit_number": school_permit_number.strip(),
        "address": address.strip(),
        "phone": phone.strip(),
    }
    require_valid(TrainingBase, **values)
    for category in categories:
        require_valid(BaseCategory, category=category)
    if discloses_disability(values["public_name"]):
        raise InvalidInput(fields={"public_name": "public_name_discloses"})
    # Serials are given one at a time: whoever registers holds the nation's row until the end.
    Region.objects.select_for_update(no_key=True).get(code=NATION_CODE)
    if values["uscc"] and TrainingBase.objects.filter(uscc=values["uscc"]).exists():
        raise AlreadyHeld(field="uscc")
    serial = (TrainingBase.objects.aggregate(last=Max("serial"))["last"] or 0) + 1
    base = TrainingBase.objects.create(
        region=region, serial=serial, number_prefix=_free_prefix(region.code[:4]), **values
    )
    BaseCategory.objects.bulk_create(
        BaseCategory(base=base, category=kind) for kind in sorted(set(categories))
    )
    audit.record(
        "base.registered", base, by=by, region_path=region.path, serial=serial, kind=kind, on=on.isoformat()
    )
    return base


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
) -> Accreditation:
    """Put up the plaque of a federation at a base in its region.

    Raises NotPermitted, InvalidInput, AlreadyHeld.
    """
    region = federation.region
    require(by, Permission.BASE_ACCREDIT, region_path=region.path)
    require(by, Permission.BASE_ACCREDIT, region_path=base.region.path)
    require_valid(Accreditation, level=level, plaque_number=plaque_number.strip(), document=document.strip())
    problems = {}
    if not base.region.path.startswith(region.path):
        problems["federation"] = "federation_of_other_region"
    if level != _LEVEL_OF_REGION[region.level]:
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
        level=level,
        plaque_number=plaque_number.strip(),
        granted_on=granted_on,
        valid_until=valid_until,
        document=document.strip(),
    )
    audit.record(
        "base.accredited",
        base,
        by=by,
        region_path=base.region.path,
        plaque_number=accreditation.plaque_number,
        level=level,
        granted_on=granted_on.isoformat(),
        valid_until=valid_until.isoformat() if valid_until else None,
    )
    return accreditation


_LEVEL_OF_REGION = {
    "nation": "national",
    "province": "provincial",
    "prefecture": "prefectural",
    "county": "county",
}


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
    base = accreditation.base
    audit.record(
        "base.accreditation_revoked",
        base,
        by=by,
        region_path=base.region.path,
        plaque_number=held.plaque_number,
        revoked_on=revoked_on.isoformat(),
    )
    return held

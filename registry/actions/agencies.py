"""Keeps the HR agencies and carriers of employment (人力资源服务机构, 就业创业载体) of the public directory."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, InvalidInput
from registry.models import Agency, AgencyProvision, Region
from registry.models.agencies import AgencyService
from registry.models.bases import AccessProvision
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import discloses_disability


@transaction.atomic
def register(
    *, by: Actor, on: date, region: Region, name: str, public_name: str = "", **facts: Any
) -> Agency:
    """Add one; `facts` as in `edit`. Its public name is its name unless told otherwise, and discloses nothing.

    Raises NotPermitted, InvalidInput, AlreadyHeld.
    """
    require(by, Permission.BASE_EDIT, region_path=region.path)
    agency = Agency(region=region)
    _fill(agency, name=name, public_name=public_name, **facts)
    audit.record("agency.registered", agency, by=by, region_path=region.path, on=on.isoformat())
    return agency


@transaction.atomic
def edit(*, by: Actor, on: date, agency: Agency, name: str, public_name: str = "", **facts: Any) -> Agency:
    """Change one, or take it out of the directory. Raises NotPermitted, InvalidInput, AlreadyHeld."""
    require(by, Permission.BASE_EDIT, region_path=agency.region.path)
    held = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    changed = _fill(held, name=name, public_name=public_name, **facts)
    audit.record(
        "agency.edited", held, by=by, region_path=agency.region.path, on=on.isoformat(), fields=changed
    )
    return held


def _fill(
    agency: Agency,
    *,
    name: str,
    public_name: str,
    kind: str,
    services: Collection[str] = (),
    provisions: Collection[str] = (),
    address: str = "",
    phone: str = "",
    is_open: bool = True,
) -> list[str]:
    """Put checked values on the row and save it; which of them are new."""
    values: dict[str, Any] = {
        "name": name.strip(),
        "public_name": public_name.strip() or name.strip(),
        "kind": kind,
        "address": address.strip(),
        "phone": phone.strip(),
    }
    require_valid(Agency, **values)
    problems = {
        field: "directory_discloses"
        for field in ("public_name", "address")
        if discloses_disability(values[field])
    }
    if not set(services) <= set(AgencyService.values):
        problems["services"] = "field_choice"
    if not set(provisions) <= set(AccessProvision.values):
        problems["provisions"] = "field_choice"
    if problems:
        raise InvalidInput(fields=problems)
    if Agency.objects.filter(region=agency.region, name=values["name"]).exclude(pk=agency.pk).exists():
        raise AlreadyHeld(field="name")
    values |= {"services": [one for one in AgencyService.values if one in services], "is_open": is_open}
    changed = [field for field, value in values.items() if getattr(agency, field) != value]
    for field, value in values.items():
        setattr(agency, field, value)
    agency.save()
    wanted = [one for one in AccessProvision.values if one in provisions]
    if wanted != list(agency.provisions.values_list("provision", flat=True)):
        changed.append("provisions")
        agency.provisions.all().delete()
        AgencyProvision.objects.bulk_create(AgencyProvision(agency=agency, provision=one) for one in wanted)
    return changed

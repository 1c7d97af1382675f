"""Founds federations: one per region."""

from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, InvalidInput
from registry.models import Federation, Region
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import discloses_disability


@transaction.atomic
def found(*, by: Actor, on: date, region: Region, name: str, public_name: str = "") -> Federation:
    """Set up the federation of a region.

    `public_name` signs certificates; a federation's full name would disclose the holder's disability, so the
    default is a neutral one. Raises NotPermitted, InvalidInput, AlreadyHeld.
    """
    require(by, Permission.ACCOUNT_MANAGE, region_path=region.path)
    public_name = public_name.strip() or f"{region.name}职业培训证书管理机构"
    require_valid(Federation, name=name.strip(), public_name=public_name)
    if discloses_disability(public_name):
        raise InvalidInput(fields={"public_name": "public_name_discloses"})
    if Federation.objects.filter(region=region).exists():
        raise AlreadyHeld(field="region")
    federation = Federation.objects.create(name=name.strip(), public_name=public_name, region=region)
    audit.record("federation.founded", federation, by=by, region_path=region.path, on=on.isoformat())
    return federation

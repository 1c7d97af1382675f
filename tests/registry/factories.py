"""Builds the registry's rows by calling its actions; numbers are deterministic, their check digits right."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from registry.actions import accounts, bases, federations, people, regions
from registry.models import Account, Federation, Person, Region, TrainingBase
from registry.queries.actors import actor_for
from registry.rules import citizen_ids, disability_numbers, usccs
from registry.rules.access import FEDERATION_ROLES, SYSTEM, Actor, Grant, Role
from tests.conftest import TODAY

# Shares no letter with a username of `an_account`: "read-only-189" is too similar to a word like garden-1985.
PASSWORD = "Wxqz&kjhz+wqzk"
_numbers = count(1)


def a_region(code: str = "620502") -> Region:
    """The region of this code with all above it, exactly as `load_regions` makes them, but only these."""
    held = Region.objects.filter(code=code).first()
    if held is not None:
        return held
    place = next(place for place in regions.from_sources() if place.code == code)
    return Region.objects.create(
        code=place.code,
        name=place.name,
        level=place.level,
        parent=a_region(place.parent) if place.parent else None,
        path=place.path,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        is_statutory=place.is_statutory,
    )


def all_regions() -> None:
    """The whole tree: takes about three seconds, so only tests of the tree itself ask for it."""
    regions.load()


def a_citizen_id(n: int, region_code: str = "620502", birth: date = date(1985, 3, 15)) -> str:
    """The n-th citizen ID of this place and birth date (n below 1000; an odd n is male)."""
    body = f"{region_code}{birth:%Y%m%d}{n % 1000:03d}"
    return body + citizen_ids.check_character(body)


def a_disability_number(citizen_id: str, category: str = "visual", grade: int = 2, reissue: str = "") -> str:
    """The 残疾人证 number of a citizen ID."""
    return f"{citizen_id}{disability_numbers.DisabilityCategory(category).digit}{grade}{reissue}"


def a_uscc(n: int, kind: str = "52", region_code: str = "620502") -> str:
    """The n-th 统一社会信用代码 of this place."""
    body = f"{kind}{region_code}{n:09d}"
    return body + usccs.check_character(body)


def a_federation(region: Region | str = "620500", **values: Any) -> Federation:
    """The federation of a region, founded if need be."""
    region = a_region(region) if isinstance(region, str) else region
    held = Federation.objects.filter(region=region).first()
    if held is not None:
        return held
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "region": region,
        "name": f"{region.name}残疾人联合会",
    }
    return federations.found(**asked | values)


def a_base(region: Region | str = "620502", n: int | None = None, **values: Any) -> TrainingBase:
    """A new base in a region."""
    n = next(_numbers) if n is None else n
    region = a_region(region) if isinstance(region, str) else region
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "region": region,
        "name": f"{region.name}第{n}残疾人职业培训基地",
        "public_name": f"{region.name}第{n}职业培训学校",
        "institution_kind": "training_institution",
        "ownership": "private",
        "uscc": a_uscc(n, region_code=region.code),
        "categories": ["general"],
    }
    return bases.register(**asked | values)


def an_accreditation(base: TrainingBase, federation: Federation | None = None, **values: Any) -> Any:
    """A plaque of the federation of the base's region, or of another one above it."""
    federation = federation or a_federation(base.region)
    level = {"nation": "national", "province": "provincial", "prefecture": "prefectural", "county": "county"}
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "base": base,
        "federation": federation,
        "level": level[federation.region.level],
        "plaque_number": f"P{next(_numbers):05d}",
        "granted_on": date(2022, 5, 20),
    }
    return bases.accredit(**asked | values)


def a_person(
    n: int = 1,
    region: Region | str = "620502",
    base: TrainingBase | None = None,
    category: str = "visual",
    grade: int = 2,
    **values: Any,
) -> Person:
    """The n-th person of a region, with a 残疾人证 (none with category="")."""
    region = a_region(region) if isinstance(region, str) else region
    citizen_id = values.pop("citizen_id", None) or a_citizen_id(n, region_code=region.code)
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "region": region,
        "name": a_name(n),
        "citizen_id": citizen_id,
        "disability_number": a_disability_number(citizen_id, category, grade) if category else "",
        "base": base,
        "phone": f"138{n:08d}",
    }
    return people.register(**asked | values)


_SURNAMES = "王李张刘陈杨赵黄周吴"
_GIVEN = "伟芳娜敏静丽强磊军洋"


def a_name(n: int) -> str:
    """The n-th of a thousand different three-character names."""
    return _SURNAMES[n % 10] + _GIVEN[n // 10 % 10] + _GIVEN[n // 100 % 10]


def an_account(
    role: str = "federation_officer",
    organisation: Federation | TrainingBase | None = None,
    username: str = "",
    **values: Any,
) -> Account:
    """An account that holds one role in one organisation; its password is PASSWORD."""
    organisation = organisation or (a_federation() if role in FEDERATION_ROLES else a_base())
    place = "federation" if isinstance(organisation, Federation) else "base"
    n = next(_numbers)
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "username": username or f"{role.replace('_', '-')}-{n}",
        "name": "账号" + _SURNAMES[n % 10],
        "password": PASSWORD,
        "role": role,
        place: organisation,
    }
    return accounts.open_account(**asked | values)


def an_actor(
    role: str = "federation_officer", organisation: Federation | TrainingBase | None = None
) -> Actor:
    """The actor of a new account, as a request would see it."""
    return actor_for(an_account(role, organisation), on=TODAY)


def an_unsaved_actor(*grants: Mapping[str, Any]) -> Actor:
    """An actor without an account, from grants such as {"role": "auditor", "region_path": "000000/"}."""
    held = tuple(Grant(**{**one, "role": Role(one["role"])}) for one in grants)
    return Actor(account_id=None, name="测试员", grants=held)

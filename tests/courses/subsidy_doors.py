"""Who may open which door of subsidies, schemes, other offices' payments and grants."""

from datetime import date
from typing import Any

from tests.access import APPROVER, AUDITOR, COUNSELLOR, EVERYONE, MANAGER, OFFICER, Door, World
from tests.courses.factories import a_completed_cohort
from tests.courses.subsidy_factories import (
    a_claim,
    a_grant,
    a_scheme,
    a_startup_claim,
    other_funding_of,
)

READS = frozenset({OFFICER, APPROVER, COUNSELLOR, AUDITOR, MANAGER})
CLAIMS = frozenset({OFFICER, COUNSELLOR, MANAGER})
OFFICERS = frozenset({OFFICER})
APPROVERS = frozenset({APPROVER})
ACCOUNT = "6222020000007654321"


def build(world: World) -> None:
    """A scheme of the city, a claim of the world's person, one of a cohort of the world's base, money from elsewhere."""
    world.scheme = a_scheme("startup")
    a_scheme("training_fee")
    world.claim = a_startup_claim(world.person, bank_account=ACCOUNT)
    world.claim.base = world.base
    world.claim.save(update_fields=["base"])
    world.certified = a_completed_cohort(world.base, course=world.course)
    world.cohort_claim = a_claim(world.certified, state="paid")
    world.funding = other_funding_of(world.person, payer="目标就业局")
    world.grant = a_grant(world.base, document="目标文件")
    world.secrets |= {world.claim.public_id, world.cohort_claim.public_id, "目标就业局", "目标文件"}
    world.sealed |= {ACCOUNT}


def nothing(world: World) -> dict[str, Any]:
    return {}


def scheme_id(world: World) -> list[str]:
    return [world.scheme.public_id]


def claim_id(world: World) -> list[str]:
    return [world.claim.public_id]


def person_id(world: World) -> list[str]:
    return [world.person.public_id]


def base_id(world: World) -> list[str]:
    return [world.base.public_id]


def funding_id(world: World) -> list[str]:
    return [world.funding.public_id]


def grant_id(world: World) -> list[str]:
    return [world.grant.public_id]


def cohort_id(world: World) -> list[str]:
    return [world.certified.public_id]


def a_new_scheme(world: World) -> dict[str, Any]:
    return {
        "kind": "living",
        "name": "新办法",
        "basis": "day",
        "rate": "50",
        "funding_sources": ["fiscal"],
        "document": "文",
        "valid_from": str(date(2024, 1, 1)),
    }


def some_claims(world: World) -> dict[str, Any]:
    return {"claims": [world.claim.public_id]}


DOORS = [
    Door("courses:schemes", READS, listing=True),
    Door("courses:new-scheme", OFFICERS, listing=True, post=nothing),
    # Schemes are public policy: whoever deals with subsidies reads those of any place.
    Door("courses:scheme", READS, listing=True, args=scheme_id),
    Door("courses:scheme", OFFICERS, READS, args=scheme_id, get=False, post=nothing),
    Door("courses:replace-scheme", OFFICERS, READS, args=scheme_id, post=nothing),
    Door("courses:subsidies", READS, listing=True),
    Door("courses:subsidy-figures", READS, listing=True),
    Door("courses:subsidy-batch", OFFICERS, listing=True, args=lambda world: ["check"], post=nothing),
    Door("courses:subsidy-batch", APPROVERS, listing=True, args=lambda world: ["approve"], post=nothing),
    Door("courses:subsidy-batch", OFFICERS, listing=True, args=lambda world: ["pay"], post=nothing),
    Door("courses:subsidy-notice", OFFICERS, listing=True, post=nothing),
    Door("courses:subsidy-payments", OFFICERS, listing=True, post=nothing),
    Door("courses:subsidy", READS, args=claim_id),
    Door(
        "courses:subsidy-step",
        OFFICERS,
        READS,
        args=lambda world: [world.claim.public_id, "return"],
        post=nothing,
    ),
    Door(
        "courses:subsidy-step",
        CLAIMS,
        READS,
        args=lambda world: [world.claim.public_id, "withdraw"],
        post=nothing,
    ),
    Door("courses:subsidy-evidence", CLAIMS, READS, args=claim_id, get=False, post=nothing),
    Door("courses:subsidy-accounts", CLAIMS, READS, args=claim_id, post=nothing),
    Door(
        "courses:recover-subsidy",
        OFFICERS,
        READS,
        args=lambda world: [world.cohort_claim.public_id],
        post=nothing,
    ),
    Door("courses:cohort-subsidies", READS, EVERYONE, args=cohort_id),
    Door("courses:cohort-subsidies", CLAIMS, EVERYONE, args=cohort_id, get=False, post=nothing),
    Door("courses:person-subsidies", READS, EVERYONE, args=person_id),
    Door(
        "courses:new-subsidy",
        CLAIMS,
        EVERYONE,
        args=lambda world: [world.person.public_id, "startup"],
        post=nothing,
    ),
    Door("courses:new-other-funding", OFFICERS, EVERYONE, args=person_id, post=nothing),
    Door("courses:other-funding", READS, listing=True),
    Door("courses:upload-other-funding", OFFICERS, listing=True, post=nothing),
    Door("courses:other-funding-template", OFFICERS, listing=True),
    Door("courses:undo-other-funding", OFFICERS, READS, args=funding_id, post=nothing),
    Door("courses:base-grants", READS, EVERYONE, args=base_id),
    Door("courses:base-grants", OFFICERS, EVERYONE, args=base_id, get=False, post=nothing),
    Door("courses:pay-base-grant", OFFICERS, READS, args=grant_id, post=nothing),
    Door("courses:undo-base-grant", OFFICERS, READS, args=grant_id, post=nothing),
    # The API says the same.
    Door("api:list_schemes", READS, listing=True),
    Door(
        "api:decide_scheme",
        OFFICERS,
        READS,
        get=False,
        post=lambda world: a_new_scheme(world) | {"region": "620500"},
    ),
    Door("api:get_scheme", READS, listing=True, args=scheme_id),
    Door("api:replace_scheme", OFFICERS, READS, args=scheme_id, get=False, post=a_new_scheme),
    Door(
        "api:end_scheme",
        OFFICERS,
        READS,
        args=scheme_id,
        get=False,
        post=lambda world: {"valid_until": "2030-01-01"},
    ),
    Door("api:list_subsidies", READS, listing=True),
    Door(
        "api:claim_for_cohort",
        CLAIMS,
        EVERYONE,
        get=False,
        post=lambda world: {"cohort": world.certified.public_id, "kind": "living"},
    ),
    Door(
        "api:claim_for_person",
        CLAIMS,
        EVERYONE,
        get=False,
        post=lambda world: {"person": world.person.public_id, "kind": "startup", "funding_source": "fiscal"},
    ),
    Door("api:take_subsidy_step", OFFICERS, READS, get=False, args=lambda world: ["check"], post=some_claims),
    Door(
        "api:publish_subsidy_notice",
        OFFICERS,
        READS - {MANAGER},
        get=False,
        post=lambda world: some_claims(world) | {"region": "620500", "title": "公示"},
    ),
    Door(
        "api:export_subsidy_payments",
        OFFICERS,
        READS,
        get=False,
        post=lambda world: some_claims(world) | {"purpose": "funds", "recipient": "财政局"},
    ),
    Door("api:get_subsidy", READS, args=claim_id),
    Door("api:list_subsidy_items", READS, args=claim_id),
    Door(
        "api:recover_subsidy",
        OFFICERS,
        READS,
        args=lambda world: [world.cohort_claim.public_id],
        get=False,
        post=lambda world: {
            "people": [world.cohort_claim.items.all()[0].person.public_id],
            "recovered_on": "2024-07-01",
            "reason": "冒名",
        },
    ),
    Door("api:list_other_funding", READS, listing=True),
    Door(
        "api:record_other_funding",
        OFFICERS,
        EVERYONE,
        get=False,
        post=lambda world: {
            "person": world.person.public_id,
            "item": "living",
            "payer": "就业局",
            "funding_source": "fiscal",
            "amount": "5",
            "paid_on": "2024-05-05",
        },
    ),
    Door(
        "api:undo_other_funding",
        OFFICERS,
        READS,
        args=funding_id,
        get=False,
        post=lambda world: {"reason": "登记错人"},
    ),
    Door("api:list_base_grants", READS, listing=True),
    Door(
        "api:record_base_grant",
        OFFICERS,
        EVERYONE,
        get=False,
        post=lambda world: {
            "base": world.base.public_id,
            "region": "620500",
            "year": 2024,
            "purpose": "award",
            "amount": "5",
            "funding_source": "fiscal",
            "document": "文",
        },
    ),
    Door(
        "api:pay_base_grant",
        OFFICERS,
        READS,
        args=grant_id,
        get=False,
        post=lambda world: {"paid_on": "2024-06-04", "payment_number": "1"},
    ),
    Door(
        "api:undo_base_grant",
        OFFICERS,
        READS,
        args=grant_id,
        get=False,
        post=lambda world: {"reason": "重复"},
    ),
]

"""Who may open which door of `registry`."""

from datetime import timedelta

from registry.actions import accounts, consents, evidence, hardship
from registry.rules.access import SYSTEM
from tests.access import (
    APPROVER,
    AUDITOR,
    COUNSELLOR,
    EVERYONE,
    MANAGER,
    OFFICER,
    Door,
    World,
)
from tests.conftest import TODAY
from tests.registry import base_doors, exchange_doors, notice_doors, standard_doors
from tests.registry.factories import a_base, a_federation, a_person, an_account, an_accreditation

EVIDENCE_READERS = frozenset({OFFICER, APPROVER, COUNSELLOR, AUDITOR, MANAGER})
EDITORS = frozenset({OFFICER, COUNSELLOR, MANAGER})
REVEALERS = EDITORS | {APPROVER}


def build(world: World) -> None:
    """The target: a base of the prefecture 620500 with a plaque, a person it knows, and an account of its staff."""
    world.federation = a_federation("620500")
    world.base = a_base("620500", name="目标基地甲乙丙", public_name="目标学校甲乙丙")
    world.plaque = an_accreditation(world.base, world.federation)
    world.person = a_person(901, region="620500", base=world.base, name="欧阳目标", phone="13812349901")
    world.consent = consents.give(
        by=SYSTEM,
        on=TODAY,
        person=world.person,
        purpose="registration",
        channel="audio",
        text_version="2024-01",
        given_on=TODAY,
    )
    world.hardship = hardship.record(
        by=SYSTEM, on=TODAY, person=world.person, kind="unstable_household", since=TODAY
    )
    world.account = an_account("trainer", world.base, username="target-trainer", name="司徒目标")
    world.membership = world.account.memberships.get()
    world.token, _text = accounts.issue_token(
        by=SYSTEM, on=TODAY, account=world.account, label="目标令牌", expires_on=TODAY + timedelta(days=30)
    )
    world.evidence = evidence.add(
        by=SYSTEM,
        on=TODAY,
        subject=world.plaque,
        region=world.base.region,
        base=world.base,
        name="目标材料.pdf",
        data=b"%PDF-1.7 target",
    )
    exchange_doors.build(world)
    notice_doors.build(world)
    base_doors.build(world)
    # What whoever does not reach the target must never read, and what nobody must read unmasked.
    world.secrets |= {
        world.base.name,
        world.base.public_name,
        world.base.uscc,
        world.plaque.plaque_number,
        world.person.name,
        world.person.public_id,
        world.account.username,
        world.account.name,
        world.token.label,
        world.evidence.name,
    }
    world.sealed |= {world.person.citizen_id, world.person.phone}


def person_id(world: World) -> list[str]:
    return [world.person.public_id]


def hardship_id(world: World) -> list[str]:
    return [world.person.public_id, world.hardship.public_id]


def base_id(world: World) -> list[str]:
    return [world.base.public_id]


def account_id(world: World) -> list[str]:
    return [world.account.public_id]


def evidence_id(world: World) -> list[str]:
    return [world.evidence.public_id]


def nothing(world: World) -> dict[str, str]:
    return {}


DOORS = [
    Door(
        "registry:sign-in",
        public=True,
        post=lambda world: {"username": "nobody", "password": "wrong"},
    ),
    Door("registry:help", public=True),
    Door("registry:accessibility", public=True),
    Door("registry:home", EVERYONE, listing=True),
    Door("registry:password", EVERYONE, listing=True, post=nothing),
    Door("registry:sign-out", EVERYONE, listing=True, get=False, post=nothing),
    Door("registry:people", EVERYONE, listing=True, post=lambda world: {"text": world.person.citizen_id}),
    Door(
        "registry:people",
        EVERYONE,
        listing=True,
        get=False,
        post=lambda world: {"text": world.person.name[:2]},
    ),
    Door("registry:new-person", EDITORS, listing=True, post=nothing),
    Door("registry:person", EVERYONE, args=person_id),
    Door("registry:reveal", REVEALERS, EVERYONE, args=person_id, get=False, post=nothing),
    # Only a federation hands a person over; for a base the region is not its own.
    Door("registry:move", frozenset({OFFICER, COUNSELLOR}), EVERYONE, args=person_id, post=nothing),
    Door("registry:employment", EDITORS, EVERYONE, args=person_id, post=nothing),
    Door("registry:need", EDITORS, EVERYONE, args=person_id, post=nothing),
    Door("registry:hardship", EDITORS, EVERYONE, args=person_id, post=nothing),
    Door("registry:end-hardship", EDITORS, EVERYONE, args=hardship_id, post=nothing),
    Door("registry:consent", EDITORS, EVERYONE, args=person_id, post=nothing),
    Door(
        "registry:withdraw-consent",
        EDITORS,
        EVERYONE,
        args=lambda world: [world.person.public_id, world.consent.pk],
        get=False,
        post=nothing,
    ),
    Door("registry:bases", EVERYONE, listing=True),
    Door("registry:new-base", frozenset({OFFICER}), listing=True, post=nothing),
    Door("registry:base", EVERYONE, args=base_id),
    Door("registry:accredit", frozenset({APPROVER}), EVERYONE, args=base_id, post=nothing),
    Door(
        "registry:revoke-accreditation",
        frozenset({APPROVER}),
        EVERYONE,
        args=lambda world: [world.base.public_id, world.plaque.pk],
        post=nothing,
    ),
    Door("registry:accounts", frozenset({OFFICER}), listing=True),
    Door("registry:new-account", frozenset({OFFICER}), listing=True, post=nothing),
    Door("registry:account", frozenset({OFFICER}), args=account_id),
    Door("registry:grant", frozenset({OFFICER}), args=account_id, post=nothing),
    Door(
        "registry:end-grant",
        frozenset({OFFICER}),
        args=lambda world: [world.account.public_id, world.membership.pk],
        get=False,
        post=nothing,
    ),
    Door("registry:token", frozenset({OFFICER}), args=account_id, post=nothing),
    Door(
        "registry:end-token",
        frozenset({OFFICER}),
        args=lambda world: [world.account.public_id, world.token.pk],
        get=False,
        post=nothing,
    ),
    Door("registry:audit", frozenset({AUDITOR}), listing=True),
    # The API says the same.
    Door("api:openapi-json", public=True),
    Door("api:api-root", public=True, answers=frozenset({404})),
    Door("api:search_regions", EVERYONE, listing=True, answers=frozenset({422})),
    Door("api:get_region", EVERYONE, listing=True, args=lambda world: ["620500"]),
    Door("api:list_child_regions", EVERYONE, listing=True, args=lambda world: ["620500"]),
    Door("api:list_bases", EVERYONE, listing=True),
    Door("api:get_base", EVERYONE, args=base_id),
    Door("api:list_people", EVERYONE, listing=True),
    Door(
        "api:register_person",
        EDITORS,
        EVERYONE,
        get=False,
        post=lambda world: {
            "name": "无",
            "citizen_id": "none",
            "region": "620500",
            "base": world.base.public_id,
        },
    ),
    Door(
        "api:look_up_person",
        EVERYONE,
        get=False,
        post=lambda world: {"citizen_id": world.person.citizen_id},
    ),
    Door("api:get_person", EVERYONE, args=person_id),
    Door("api:list_hardship", EDITORS, EVERYONE, args=person_id),
    Door(
        "api:record_hardship",
        EDITORS,
        EVERYONE,
        args=person_id,
        get=False,
        post=lambda world: {"kind": "none of them", "since": str(TODAY)},
    ),
    Door(
        "api:end_hardship",
        EDITORS,
        EVERYONE,
        args=hardship_id,
        get=False,
        post=lambda world: {"ended_on": "2001-01-01"},
    ),
    Door(
        "api:reveal_number",
        REVEALERS,
        EVERYONE,
        args=person_id,
        get=False,
        post=lambda world: {"field": "phone", "reason": "none of them"},
    ),
    Door("registry:evidence", EVIDENCE_READERS, args=evidence_id, post=nothing),
    Door("api:get_evidence", EVIDENCE_READERS, args=evidence_id),
    Door("api:open_evidence", EVIDENCE_READERS, args=evidence_id, get=False, post=nothing),
    Door("api:list_audit_events", frozenset({AUDITOR}), listing=True),
    *exchange_doors.DOORS,
    *notice_doors.DOORS,
    *standard_doors.DOORS,
    *base_doors.DOORS,
]

MODELS = {
    "registry.Account": "scoped",
    "registry.Accreditation": "internal",
    "registry.AccreditationCategory": "internal",
    "registry.Agency": "scoped",
    "registry.AgencyProvision": "internal",
    "registry.ApiToken": "internal",
    "registry.Application": "scoped",
    "registry.AuditEvent": "scoped",
    "registry.BaseCategory": "internal",
    "registry.BaseEvaluation": "scoped",
    "registry.BaseEvent": "internal",
    "registry.BaseProvision": "internal",
    "registry.BaseRegistration": "internal",
    "registry.Consent": "internal",
    "registry.DisabilityCertificate": "internal",
    "registry.EmploymentStatus": "internal",
    "registry.Evidence": "scoped",
    "registry.Export": "scoped",
    "registry.Federation": "scoped",
    "registry.HardshipStatus": "scoped",
    "registry.Lease": "internal",
    "registry.LocalStandard": "public",
    "registry.Membership": "internal",
    "registry.NeedRegistration": "internal",
    "registry.NoticeItem": "internal",
    "registry.Objection": "scoped",
    "registry.Person": "scoped",
    "registry.PublicNotice": "scoped",
    "registry.Region": "public",
    "registry.Suspension": "internal",
    "registry.Throttle": "internal",
    "registry.TrainingBase": "scoped",
}

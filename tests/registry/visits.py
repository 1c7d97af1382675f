"""Pages of `registry` that the browser visits, in the states that look different."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from registry.actions import accounts, bases, consents, evidence, hardship, standing
from registry.models import Account, Person, TrainingBase
from registry.rules.access import FEDERATION_ROLES, SYSTEM, Role
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.registry import base_visits, export_visits, notice_visits, standard_visits
from tests.registry.factories import (
    PASSWORD,
    a_base,
    a_citizen_id,
    a_federation,
    a_person,
    an_account,
    an_accreditation,
)

LONG_NAME = "古丽娜尔·买买提明·阿卜杜热合曼"
WRONG = "62050219850315001?"


def staff(role: str = "federation_officer", organisation: Any = None) -> Account:
    """An account of the city's federation, or of the base given."""
    return an_account(role, organisation or a_federation("620500"))


def page(
    name: str,
    *args: Any,
    account: Account | None = None,
    post: Mapping[str, Any] | None = None,
    query: str = "",
    status: int = 0,
) -> Visit:
    """A page of the registry, opened by an officer of the city unless another account is given."""
    address = reverse(f"registry:{name}", args=args) + query
    return Visit(account or staff(), address, post, status)


def a_known_person(base: TrainingBase | None = None) -> Person:
    """A person of whom everything is recorded."""
    person = a_person(
        1,
        base=base,
        name=LONG_NAME,
        residence="rural",
        ethnicity="维吾尔族",
        education="初中",
        access_needs=["screen_reader", "wheelchair", "home_teaching"],
    )
    standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="employed", since=date(2024, 1, 8))
    standing.record_need(
        by=SYSTEM, on=TODAY, person=person, training_need=True, employment_need=False, employable=True
    )
    poor = {"person": person, "since": date(2024, 1, 8)}
    hardship.record(by=SYSTEM, on=TODAY, kind="unstable_household", **poor)
    left = hardship.record(by=SYSTEM, on=TODAY, kind="subsistence_allowance", **poor)
    hardship.end(by=SYSTEM, on=TODAY, status=left, ended_on=TODAY)
    for purpose in ("registration", "follow_up"):
        held = consents.give(
            by=SYSTEM,
            on=TODAY,
            person=person,
            purpose=purpose,
            channel="audio",
            text_version="2024-01",
            given_on=TODAY,
        )
    consents.withdraw(by=SYSTEM, on=TODAY, consent=held)
    return person


def a_decorated_base() -> TrainingBase:
    """A base with a plaque in force and one taken down."""
    base = a_base(
        categories=["general", "e_commerce"], address="甘肃省天水市秦州区民主西路 26 号", phone="0938-8210000"
    )
    an_accreditation(base, a_federation("620500"), level="prefectural", valid_until=date(2099, 5, 20))
    old = an_accreditation(base, a_federation("620500"), level="prefectural", valid_until=date(2023, 5, 20))
    bases.revoke_accreditation(
        by=SYSTEM, on=TODAY, accreditation=old, revoked_on=TODAY, reason="检查中发现场地不再符合无障碍要求"
    )
    return base


def a_colleague(**values: Any) -> Account:
    """An account with two roles and a token."""
    held = an_account("trainer", a_base(), **values)
    accounts.grant(by=SYSTEM, on=TODAY, account=held, role="read_only", base=a_base())
    accounts.issue_token(
        by=SYSTEM, on=TODAY, account=held, label="教务系统每晚上传名单", expires_on=TODAY + timedelta(days=30)
    )
    return held


def every_role() -> Account:
    """Who holds every role sees the longest menu."""
    base = a_base()
    account = an_account(Role.BASE_MANAGER, base)
    for role in sorted(FEDERATION_ROLES):
        accounts.grant(by=SYSTEM, on=TODAY, account=account, role=role, federation=a_federation("620500"))
    for n in (1, 2):
        a_person(n, base=base)
    return account


def no_role() -> Account:
    return accounts.open_account(by=SYSTEM, on=TODAY, username="nobody-yet", name="新同事", password=PASSWORD)


def signing_in(username: str = "li.ming", status: int = 0) -> Visit:
    path = reverse("registry:sign-in")
    return Visit(None, path, {"username": username, "password": "wrong"} if username else {}, status)


def signing_in_too_often() -> Visit:
    wrong = signing_in(status=429)
    for _try in range(5):
        Client().post(wrong.path, wrong.post)
    return wrong


def list_of_people(count: int, **values: Any) -> Visit:
    for n in range(1, count + 1):
        a_person(n, **{"name": LONG_NAME} if n == 1 else {})
    return page("people", **values)


def of_person(name: str, **values: Any) -> Visit:
    return page(name, a_known_person().public_id, **values)


def leaving_a_class() -> Visit:
    person = a_known_person()
    return page("end-hardship", person.public_id, person.hardships.get(ended_on=None).public_id)


def new_person_for_a_base(**values: Any) -> Visit:
    return page("new-person", account=staff("base_manager", a_base()), **values)


def list_of_bases() -> Visit:
    a_decorated_base()
    a_base()
    return page("bases")


def of_base(name: str, **values: Any) -> Visit:
    return page(name, a_decorated_base().public_id, account=staff("approver"), **values)


def revoking(**values: Any) -> Visit:
    base = a_decorated_base()
    plaque = base.accreditations.get(revoked_on__isnull=True)
    return page("revoke-accreditation", base.public_id, plaque.pk, account=staff("approver"), **values)


def of_account(name: str, **values: Any) -> Visit:
    return page(name, a_colleague().public_id, **values)


def own_account() -> Visit:
    account = staff()
    return page("account", account.public_id, account=account)


def audit_trail(**values: Any) -> Visit:
    a_known_person()
    a_decorated_base()
    return page("audit", account=staff("auditor"), **values)


def a_scanned_paper() -> Visit:
    base = a_base("620502")
    kept = evidence.add(
        by=SYSTEM,
        on=TODAY,
        subject=an_accreditation(base, a_federation("620502")),
        region=base.region,
        base=base,
        name="营业执照和办学许可证（正本和副本）扫描件.pdf",
        data=b"%PDF-1.7",
    )
    return page("evidence", kept.public_id)


VISITS: dict[str, Callable[[], Visit]] = {
    "registry:home, every role": lambda: page("home", account=every_role()),
    "registry:home, nothing to do": lambda: page("home", account=staff("trainer", a_base())),
    "registry:home, without a role": lambda: page("home", account=no_role()),
    "registry:sign-in": lambda: Visit(None, reverse("registry:sign-in")),
    "registry:sign-in, nothing filled in": lambda: signing_in(""),
    "registry:sign-in, wrong": signing_in,
    "registry:sign-in, too often": signing_in_too_often,
    "registry:password": lambda: page("password"),
    "registry:password, nothing filled in": lambda: page("password", post={}),
    "registry:password, too common": lambda: page(
        "password", post={"old_password": PASSWORD, "password": "12345678"}
    ),
    "registry:password, changed": lambda: page(
        "password", post={"old_password": PASSWORD, "password": "Hangzhou-tea-1999"}, status=200
    ),
    "registry:people, nobody": lambda: list_of_people(0),
    "registry:people, two pages": lambda: list_of_people(51),
    "registry:people, nobody fits the filter": lambda: list_of_people(1, query="?kind=household"),
    "registry:people, nothing searched for": lambda: list_of_people(1, post={}),
    "registry:people, found": lambda: list_of_people(12, post={"text": "伟"}, status=200),
    "registry:people, none found": lambda: list_of_people(1, post={"text": "欧阳"}, status=200),
    "registry:new-person": lambda: page("new-person"),
    "registry:new-person, nothing filled in": lambda: page("new-person", post={}),
    "registry:new-person, wrong numbers": lambda: page(
        "new-person",
        post={
            "name": LONG_NAME,
            "citizen_id": WRONG,
            "kind": "disabled",
            "disability_number": "123",
            "region": "620502",
        },
    ),
    "registry:new-person, for a base": new_person_for_a_base,
    "registry:new-person, for a base, no such place": lambda: new_person_for_a_base(
        post={"name": "王芳", "citizen_id": a_citizen_id(3), "kind": "disabled", "region": "桃花源"}
    ),
    "registry:person": lambda: of_person("person"),
    "registry:person, to look at": lambda: of_person("person", account=staff("read_only")),
    "registry:person, little known": lambda: page("person", a_person(1, category="").public_id),
    "registry:reveal, without a reason": lambda: of_person("reveal", post={}),
    "registry:reveal, shown": lambda: of_person(
        "reveal", post={"field": "citizen_id", "reason": "check_document"}, status=200
    ),
    "registry:move": lambda: of_person("move"),
    "registry:move, no such place": lambda: of_person("move", post={"region": "桃花源"}),
    "registry:employment": lambda: of_person("employment"),
    "registry:employment, nothing filled in": lambda: of_person("employment", post={}),
    "registry:employment, too late": lambda: of_person(
        "employment", post={"status": "employed", "since": "2199-01-01"}
    ),
    "registry:need": lambda: of_person("need"),
    "registry:need, nothing filled in": lambda: of_person("need", post={}),
    "registry:hardship": lambda: of_person("hardship"),
    "registry:hardship, nothing filled in": lambda: of_person("hardship", post={}),
    "registry:end-hardship": leaving_a_class,
    "registry:consent": lambda: of_person("consent"),
    "registry:consent, nothing filled in": lambda: of_person("consent", post={}),
    "registry:bases, none": lambda: page("bases"),
    "registry:bases": list_of_bases,
    "registry:new-base": lambda: page("new-base"),
    "registry:new-base, nothing filled in": lambda: page("new-base", post={}),
    "registry:base": lambda: of_base("base"),
    "registry:base, without a plaque": lambda: page("base", a_base().public_id),
    "registry:accredit": lambda: of_base("accredit"),
    "registry:accredit, nothing filled in": lambda: of_base("accredit", post={}),
    "registry:revoke-accreditation": revoking,
    "registry:revoke-accreditation, nothing filled in": lambda: revoking(post={}),
    "registry:accounts": lambda: page("accounts", account=(staff(), a_colleague())[0]),
    "registry:new-account": lambda: page("new-account"),
    "registry:new-account, nothing filled in": lambda: page("new-account", post={}),
    "registry:account": lambda: of_account("account"),
    "registry:account, one's own": own_account,
    "registry:grant": lambda: of_account("grant"),
    "registry:grant, nothing filled in": lambda: of_account("grant", post={}),
    "registry:token": lambda: of_account("token"),
    "registry:token, nothing filled in": lambda: of_account("token", post={}),
    "registry:evidence": a_scanned_paper,
    **export_visits.VISITS,
    **notice_visits.VISITS,
    **standard_visits.VISITS,
    **base_visits.VISITS,
    "registry:audit": audit_trail,
    "registry:audit, nothing fits": lambda: audit_trail(query="?until=2001-01-01"),
    "registry:audit, no such day": lambda: audit_trail(query="?since=yesterday", status=422),
}

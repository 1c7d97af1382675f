"""Pages of holders, and of staff who print slips for them, in the states that look different."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from certificates.actions import certificates, external, shares, slips
from certificates.limits import WRONG_HOLDERS
from certificates.models import Certificate
from certificates.rules.holders import HOLDER
from certificates.views import holder_sessions
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import ISSUED_ON, an_external_certificate, an_issued_certificate
from tests.certificates.holder_factories import a_share, a_slip
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_person, an_account
from tests.registry.visits import LONG_NAME


def a_holder(name: str = LONG_NAME) -> Person:
    return an_issued_certificate(a_person(1, name=name)).person


def a_holder_of_all_sorts() -> Person:
    """In force, suspended, withdrawn, and three of other authorities."""
    person = a_holder()
    for skill, change, reason in (
        ("embroidery", certificates.suspend, "under_review"),
        ("health-massage", certificates.withdraw, "requirements_not_met"),
    ):
        held = an_issued_certificate(person, skill=skill)
        change(by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class=reason)
    for values in ({}, {"valid_until": TODAY}):
        verified = an_external_certificate(person, skill="embroidery", **values)
        external.verify(by=SYSTEM, on=TODAY, external=verified, how="在全国联网查询网站查到")
    external.cancel(by=SYSTEM, on=TODAY, external=verified, reason="登记错了")
    return person


def session(person: Person) -> dict[str, str]:
    """The cookie of somebody who opened their certificates with their slip."""
    client = Client()
    _slip, token = a_slip(person)
    client.post(reverse("certificates:slip", args=[token]), {"last_four": person.citizen_id[-4:]})
    name = holder_sessions.cookie_name()
    return {name: client.cookies[name].value}


def mine(
    person: Person,
    name: str = "my",
    post: Mapping[str, Any] | None = None,
    status: int = 0,
    args: list[Any] | None = None,
) -> Visit:
    return Visit(None, reverse(f"certificates:{name}", args=args), post, status, session(person))


def one_of(held: Certificate, name: str = "my-certificate") -> Visit:
    return mine(held.person, name, args=[held.public_id])


def badge_in(form: str) -> Visit:
    asked = one_of(a_holder().certificates.get(), "my-open-badge")
    return replace(asked, path=f"{asked.path}?name=hidden&format={form}", status=422)


def not_in_force(change: str) -> Certificate:
    held = an_issued_certificate(a_holder(), skill="embroidery")
    act = getattr(certificates, change)
    return act(by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class="holder_request")


def replaced() -> Certificate:
    person = a_holder()
    old, new = person.certificates.get(), an_issued_certificate(person, skill="embroidery")
    Certificate.objects.filter(pk=old.pk).update(status="replaced", reason_class="corrected")
    Certificate.objects.filter(pk=new.pk).update(replaces=old)
    return old


def to_open(post: Mapping[str, Any] | None = None, cookies: Mapping[str, str] | None = None) -> Visit:
    return Visit(None, reverse("certificates:my"), post, cookies=cookies or {})


def nobody() -> dict[str, str]:
    return {"number": a_holder().certificates.get().number or "", "name": "王芳", "last_four": "999X"}


def by_slip(post: Mapping[str, Any] | None = None, *, wrong: int = 0, ended: bool = False) -> Visit:
    slip, token = a_slip(a_holder())
    address = reverse("certificates:slip", args=[token])
    for _try in range(wrong):
        Client().post(address, {"last_four": "999X"})
    if ended:
        slips.end(by=SYSTEM, at=now(), slip=slip)
    return Visit(None, address, post, 429 if wrong else 410 if ended else 0)


def of_staff(name: str = "issue-slip", *, printed: bool = False) -> Visit:
    person = a_holder()
    if printed:
        a_slip(person)
    account = an_account("federation_officer", a_federation("620500"))
    post = None if name == "person" else {}
    return Visit(account, reverse(f"certificates:{name}", args=[person.public_id]), post, 200)


def shares_of(person: Person) -> Person:
    """One link that was opened, with what its holder noted, and one that was ended."""
    long_label = "甘肃省天水市秦州区启明职业技能人力资源服务有限责任公司的招聘专员"
    used = a_share(person, label=long_label, shows_full_name=True)
    shares.count_opening(share=used, on=localdate())
    shares.end(by=HOLDER, on=localdate(), share=a_share(person))
    return person


def one_share(ended: bool = False) -> Visit:
    person = shares_of(a_holder_of_all_sorts())
    share = person.shares.get(ended_on__isnull=not ended)
    return mine(person, "my-share", args=[share.public_id])


def shared(standing: str = "", *, full_name: bool = False) -> Visit:
    """What the employer sees: `standing` is of one certificate or of the link."""
    person = a_holder()
    an_issued_certificate(person, skill="embroidery")
    share = a_share(person, shows_full_name=full_name)
    held = list(person.certificates.all())
    for one in held[: {"one suspended": 1, "none in force": 2}.get(standing, 0)]:
        certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=one, reason_class="under_review")
    if standing == "ended":
        shares.end(by=HOLDER, on=localdate(), share=share)
    token = "A" * 26 if standing == "unknown" else share.token
    status = {"ended": 410, "unknown": 404}.get(standing, 200)
    return Visit(None, reverse("certificates:shared", args=[token]), status=status)


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:my, to open": to_open,
    "certificates:my, nothing filled in": lambda: to_open({}),
    "certificates:my, not the holder": lambda: to_open(nobody()),
    "certificates:my, after half an hour": lambda: to_open(cookies={holder_sessions.cookie_name(): "over"}),
    "certificates:my, one certificate": lambda: mine(a_holder("李")),
    "certificates:my, all sorts": lambda: mine(a_holder_of_all_sorts()),
    "certificates:my-help": lambda: Visit(None, reverse("certificates:my-help")),
    "certificates:my-end": lambda: mine(a_holder(), "my-end", {}, 200),
    "certificates:slip, to open": by_slip,
    "certificates:slip, wrong": lambda: by_slip({"last_four": "999X"}),
    "certificates:slip, too often": lambda: by_slip({"last_four": "999X"}, wrong=WRONG_HOLDERS["limit"]),
    "certificates:slip, ended": lambda: by_slip(ended=True),
    "certificates:my-certificate, in force": lambda: one_of(a_holder().certificates.get()),
    "certificates:my-certificate, suspended": lambda: one_of(not_in_force("suspend")),
    "certificates:my-certificate, withdrawn": lambda: one_of(not_in_force("withdraw")),
    "certificates:my-certificate, replaced": lambda: one_of(replaced()),
    "certificates:my-open-badge": lambda: one_of(a_holder().certificates.get(), "my-open-badge"),
    "certificates:my-open-badge, another format": lambda: badge_in("xml"),
    "certificates:my-qr": lambda: one_of(a_holder().certificates.get(), "my-qr"),
    "certificates:my-shares, none": lambda: mine(a_holder(), "my-shares"),
    "certificates:my-shares": lambda: mine(shares_of(a_holder()), "my-shares"),
    "certificates:new-share": lambda: mine(a_holder_of_all_sorts(), "new-share"),
    "certificates:new-share, nothing chosen": lambda: mine(a_holder(), "new-share", {}),
    "certificates:new-share, nothing in force": lambda: mine(not_in_force("suspend").person, "new-share"),
    "certificates:my-share, open": one_share,
    "certificates:my-share, ended": lambda: one_share(ended=True),
    "certificates:shared": shared,
    "certificates:shared, full name": lambda: shared(full_name=True),
    "certificates:shared, one suspended": lambda: shared("one suspended"),
    "certificates:shared, none in force": lambda: shared("none in force", full_name=True),
    "certificates:shared, ended": lambda: shared("ended"),
    "certificates:shared, unknown": lambda: shared("unknown"),
    "certificates:issue-slip": of_staff,
    "certificates:person, with a slip": lambda: of_staff("person", printed=True),
}

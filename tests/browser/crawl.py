"""Every page that links lead to, one of each kind, and a small registry to find them in."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from registry.actions import accounts
from registry.models import Account
from registry.rules.access import FEDERATION_ROLES, SYSTEM, Role
from tests.certificates.factories import an_external_certificate, an_issued_certificate, an_issuing_base
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.registry.factories import a_federation, an_account

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


def a_small_registry() -> Account:
    """A base, cohorts in several states, people, certificates; an account that holds every role over it."""
    base = an_issuing_base()
    for state in ("draft", "submitted", "running"):
        a_cohort(base, state=state)
    an_external_certificate(person=an_issued_certificate(base=base).enrolment.person, skill="health-massage")
    account = an_account(Role.BASE_MANAGER, base)
    for role in sorted(FEDERATION_ROLES):
        federation = a_federation("620500")
        accounts.grant(by=SYSTEM, on=TODAY, account=account, role=role, federation=federation)
    return account


@dataclass
class Crawl:
    """`pages`: kind of page (its URL name) → an address of it. `dead`: links that lead nowhere, in words."""

    pages: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)


def every_page(account: Account) -> Crawl:
    """Follow links from the first page on, as this account, until no new kind of page turns up."""
    client = Client(raise_request_exception=False)
    client.force_login(account)
    crawl, seen = Crawl(), set()
    waiting = [(reverse("registry:home"), "the start")]
    while waiting:
        address, linked_from = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            crawl.dead.append(f"{linked_from} links to {address}, which is no page")
            continue
        if kind in seen:
            continue
        seen.add(kind)
        response = client.get(address, follow=True)
        if response.status_code != 200:
            crawl.dead.append(f"{linked_from} links to {address}, which answers {response.status_code}")
        elif response.headers["Content-Type"].startswith("text/html"):
            crawl.pages[kind] = address
            waiting += [(link, address) for link in _links(response, address)]
    return crawl


def _links(response: HttpResponse, address: str) -> list[str]:
    """Addresses on this site that the page links to; to itself in another language or size is no link."""
    links = [urlsplit(urljoin(address, unescape(link))) for link in LINK.findall(response.content.decode())]
    here = [link for link in links if not link.scheme and not link.path.startswith("/static/")]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in here if link.path != address]

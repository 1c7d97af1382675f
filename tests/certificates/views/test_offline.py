"""What a phone keeps for later: the page, the service worker that shows it, and the names behind the numbers."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from certificates.queries.names import public_names
from certificates.views import offline
from courses.models import Skill
from tests.certificates.factories import an_issued_certificate
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db


def kept(client: Client) -> list[str]:
    """The addresses that the service worker fetches when it is installed."""
    script = client.get("/sw.js").content.decode()
    pages = json.loads(re.findall(r"const SHELLS = (.*);", script)[0])
    return [*pages.values(), *json.loads(re.findall(r"const FILES = (.*);", script)[0])]


def test_all_that_the_worker_keeps_is_there_and_all_that_the_page_needs_is_kept(client: Client) -> None:
    files = kept(client)
    for address in files:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            page = client.get(address).content.decode()
            for needed in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
                assert needed in files


def test_the_page_is_there_in_every_language(client: Client) -> None:
    pages = {code: client.get(f"/verify/offline/{code}") for code, _name in settings.LANGUAGES}

    assert [pages[code]["Content-Language"] for code in pages] == ["zh-hans", "zh-hant", "en"]
    assert len({page.content for page in pages.values()}) == 3
    assert client.get("/verify/offline/fr").status_code == 404


def test_the_page_is_the_same_for_everybody_since_caches_keep_it(client: Client) -> None:
    plain = client.get("/verify/offline/zh-hans")
    account = an_account("approver", a_federation("620500"))
    client.force_login(account)
    client.cookies["text"] = "largest"
    client.cookies["lang"] = "en"
    signed_in = client.get("/verify/offline/zh-hans")

    assert signed_in.content == plain.content
    assert account.name not in signed_in.content.decode()
    assert signed_in["Cache-Control"].startswith("public")


def test_the_worker_changes_when_anything_that_it_keeps_changes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/sw.js").content
    assert client.get("/sw.js").content == before
    real = offline.source
    monkeypatch.setattr(
        offline, "source", lambda name: real(name) + (" " if name.endswith("site.css") else "")
    )
    offline._version.cache_clear()
    try:
        assert client.get("/sw.js").content != before
    finally:
        offline._version.cache_clear()


def test_the_worker_may_answer_for_the_whole_site_but_is_asked_for_anew_each_time(client: Client) -> None:
    worker = client.get("/sw.js")

    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Cache-Control"] == "no-cache"


def test_names_are_public_and_disclose_nothing(client: Client, django_assert_num_queries: object) -> None:
    certificate = an_issued_certificate()
    Skill.objects.filter(pk=certificate.skill_id).update(name="盲人保健按摩")
    with django_assert_num_queries(3):  # type: ignore[operator]
        names = public_names()
    answer = client.get("/.well-known/twoskills-names.json")
    told = answer.json()

    assert (
        told["skills"][str(certificate.skill.number)] == names.skills[certificate.skill.number] == "保健按摩"
    )
    assert told["bases"][str(certificate.base.serial)] == certificate.base_name
    assert told["status_lists"] == 1
    assert "盲" not in answer.content.decode()
    assert not answer.cookies

"""A phone that opened one certificate verifies any other with the server stopped (service worker, offline page)."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from certificates.actions import certificates, keys, status_lists
from certificates.models import Certificate, SigningKey
from certificates.models.keys import KeyPurpose
from registry.rules.access import SYSTEM
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.conftest import TODAY
from tests.registry.factories import a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
ROOT = Path(__file__).parents[2]


@dataclass
class Server:
    """A server in a process of its own, which dies like one."""

    url: str
    port: int
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Server]:
    """Serves this test's database; the keys are the same because the settings' folder is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL,
    }
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    made = Server(settings.PUBLIC_BASE_URL, port, process)
    while process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield made
    made.kill()


@contextmanager
def gateway(port: int) -> Iterator[None]:
    """What stands in front of a server that is down, and answers 502 to everything."""

    class Down(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(502)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    listening = ThreadingHTTPServer(("127.0.0.1", port), Down)
    Thread(target=listening.serve_forever, daemon=True).start()
    yield
    listening.shutdown()
    listening.server_close()


def opened_once(page: Page, server: Server, certificate: Certificate, query: str = "") -> None:
    """Opens a certificate as a scan does, and waits until the phone has what it keeps."""
    page.goto(f"{server.url}/C/{certificate.code}{query}#{certificate.fragment}")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function(
        "caches.open('twoskills-kept').then(cache => cache.match('/status/0')).then(found => !!found)"
    )


def address(server: Server, certificate: Certificate) -> str:
    return f"{server.url}/C/{certificate.code}#{certificate.fragment}"


def headline(page: Page) -> str:
    """The answer: what the title begins with is what the only heading says."""
    expect(page.locator("html.checking")).to_have_count(0)
    heading = page.locator("h1")
    expect(heading).to_have_count(1)
    text = re.sub(r"\s+", " ", heading.inner_text())
    assert page.title().startswith(text)
    return text


def six() -> dict[str, Certificate]:
    """Certificates in every status; the register knows them, and the lists that a phone fetches say so."""
    held = {
        name: an_issued_certificate(a_person(n, name=f"欧阳{'甲乙丙丁戊'[n]}"))
        for n, name in enumerate(["opened", "in force", "suspended", "withdrawn", "replaced"])
    }
    certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=held["suspended"], reason_class="under_review")
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=held["withdrawn"], reason_class="fraud")
    replace(held["replaced"])
    return held


def replace(certificate: Certificate) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(status="replaced")
    certificate.refresh_from_db()
    with transaction.atomic():
        status_lists.record([certificate])


def forget(page: Page, what: str) -> None:
    """Takes something from what the phone kept, and all from the browser's own cache."""
    page.evaluate("what => caches.open('twoskills-kept').then(cache => cache.delete(what))", what)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def shown(page: Page) -> str:
    return str(page.locator("main").inner_text())


def test_every_answer_without_the_server(open_page: Open, server: Server) -> None:
    held = six()
    page = open_page(width=360)
    opened_once(page, server, held["opened"])
    server.kill()

    # Never opened before: everything comes from its own address and from what the first visit left.
    page.goto(address(server, held["in force"]))
    assert re.fullmatch(r"证书真实，\d{4}年\d+月\d+日 \d\d:\d\d ?核对时有效", headline(page))
    expect(page.locator(".answer-good")).to_have_count(1)
    for said in ("欧阳乙", held["in force"].base_name, held["in force"].skill_name, "登记状态最后核对于"):
        assert said in shown(page)
    assert_accessible(page)
    assert_fits(page)
    for name, said in (
        ("suspended", "证书真实，但已暂停使用"),
        ("withdrawn", "证书已被撤销，不再有效"),
        ("replaced", "这张证书已换发新证，请看新证书"),
    ):
        page.goto(address(server, held[name]))
        assert headline(page) == said
        expect(page.locator(".answer-good")).to_have_count(0)
    page.goto(f"{server.url}/C/{held['in force'].code}#{held['withdrawn'].fragment}")
    assert headline(page) == "核对不通过，不能认作真证书"
    assert "signature_wrong" in shown(page)


def test_without_a_signature_or_a_status_nothing_is_green_and_nothing_is_called_false(
    open_page: Open, server: Server
) -> None:
    held = six()
    page = open_page(width=360)
    opened_once(page, server, held["opened"])
    server.kill()

    page.goto(f"{server.url}/C/{held['in force'].code}")
    assert headline(page) == "现在无法核对这张证书"
    forget(page, "/status/0")
    page.goto(address(server, held["withdrawn"]))
    assert headline(page) == "证书真实，但没有核对到登记状态"
    forget(page, "/.well-known/twoskills-trust.json")
    page.goto(address(server, held["in force"]))
    assert headline(page) == "现在无法核对这张证书"
    expect(page.locator(".answer-good, .answer-bad")).to_have_count(0)


def test_a_list_that_has_expired_says_when_it_was_right_and_no_more(open_page: Open, server: Server) -> None:
    held = six()
    page = open_page(width=360)
    opened_once(page, server, held["opened"])
    server.kill()
    page.clock.install(time=timezone.now() + timedelta(days=3))

    page.goto(address(server, held["in force"]))
    assert headline(page) == "证书真实，但没有核对到登记状态"
    assert "时间太久，不能说明今天的情况" in shown(page)
    # Who was withdrawn stays withdrawn.
    page.goto(address(server, held["withdrawn"]))
    assert headline(page) == "证书已被撤销，不再有效"


def test_the_page_speaks_the_language_last_used(open_page: Open, server: Server) -> None:
    held = six()
    page = open_page(width=360)
    page.context.add_cookies([{"name": "text", "value": "largest", "url": server.url}])
    opened_once(page, server, held["opened"], "?lang=en")
    server.kill()

    page.goto(address(server, held["suspended"]))
    assert headline(page) == "Genuine, but suspended"
    expect(page.locator("html.text-largest[lang=en]")).to_have_count(1)
    page.get_by_role("link", name="繁體中文").click()
    assert headline(page) == "證書真實，但已暫停使用"
    assert page.url.endswith(held["suspended"].fragment)


def test_a_gateway_s_error_is_no_answer_either(open_page: Open, server: Server) -> None:
    held = six()
    page = open_page(width=360)
    opened_once(page, server, held["opened"])
    port = server.port
    server.kill()
    with gateway(port):
        page.goto(address(server, held["suspended"]))
        assert headline(page) == "证书真实，但已暂停使用"


def test_keys_that_the_known_ones_have_not_signed_are_refused_loudly(open_page: Open, server: Server) -> None:
    held = six()
    page = open_page(width=360)
    opened_once(page, server, held["opened"])
    # As a thief of the address would: a ring of keys of their own, which no key that the phone knows has signed.
    SigningKey.objects.filter(purpose="service").delete()
    keys.create(by=SYSTEM, on=TODAY, owner=None, purpose=KeyPurpose.SERVICE, not_before=TODAY)
    page.evaluate(
        "fetch('/.well-known/twoskills-trust.json', {cache: 'reload', credentials: 'omit'}).then(() => 0)"
    )
    page.goto(address(server, held["in force"]))

    expect(page.locator("[data-say=refused]")).to_be_visible()
    assert page.title().startswith("注意：网站给出的新密钥名单没有旧密钥的签名")
    # The keys it knew still check the signature.
    expect(page.locator("[data-say=agrees]")).to_be_visible()

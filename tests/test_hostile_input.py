"""Every form of every page takes whatever is sent: it is refused in words or accepted, never a 500."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.browser.visits import every_visit, first_states, url_name

DAYS = ["0001-01-01", "9999-12-31", "2024-02-30", "２０２４-０６-０３"]
NUMBERS = ["-1", "99999999999999999999", "1e400", "NaN", "٣", ""]
TEXTS = ["", "\u202e盲\u0000人", "𠮷" * 5000, "=1+1'; DROP TABLE registry_person; --?\n"]
CHOICES = ["", "no-such-choice", "-1", "99999999999999999999"]


class Forms(HTMLParser):
    """The forms of a page: (method, action, {name: (kind, value)})."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, tuple[str, str]]]] = []
        self.inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((has.get("method", "get").lower(), has.get("action", ""), {}))
            self.inside = True
        if not self.inside or tag not in ("input", "textarea", "select", "option"):
            return
        fields = self.found[-1][2]
        if tag == "option" and self.select:
            kind, value = fields[self.select]
            fields[self.select] = (kind, value or has.get("value", ""))
        name = has.get("name", "")
        if not name or (has.get("type") in ("radio", "checkbox") and name in fields):
            return
        if tag == "select":
            self.select, fields[name] = name, ("choice", "")
        elif tag == "textarea":
            fields[name] = ("text", "")
        elif tag == "input":
            kind = has.get("type", "text")
            if kind == "text" and has.get("inputmode") in ("numeric", "decimal"):
                kind = "number"
            kind = "choice" if kind in ("radio", "checkbox", "hidden") else kind
            fields[name] = (kind, has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""


def hostile(kind: str) -> list[str]:
    return {"date": DAYS, "number": NUMBERS, "choice": CHOICES, "file": []}.get(kind, TEXTS)


# One state of each page: its other states have the same fields.
PAGES = sorted(name for name in first_states(every_visit()) if url_name(name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_no_field_of_a_page_can_be_filled_so_that_it_fails(name: str, settings: Any) -> None:
    visit = every_visit()[name]()
    client = Client()
    if visit.account:
        client.force_login(visit.account)
    page = client.get(visit.path)
    forms = Forms()
    forms.feed(page.content.decode(errors="replace") if not page.streaming else "")
    for method, action, fields in forms.found:
        address = action or visit.path
        if "sign-out" in address or not address.startswith("/"):
            continue
        # Of the fields of many rows (session-1-on, session-2-on, …) one: the others are read by the same code.
        alike = {re.sub(r"\d+", "#", field): field for field in reversed(fields)}
        for field in alike.values():
            kind = fields[field][0]
            if field == "csrfmiddlewaretoken":
                continue
            for wrong in hostile(kind):
                sent = {each: value for each, (_kind, value) in fields.items()} | {field: wrong}
                with transaction.atomic():
                    answer = getattr(client, method)(address, sent)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, (address, field, wrong[:40], answer.status_code)

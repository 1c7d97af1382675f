"""What anyone may open says nothing of disability, in any language: not even that the site has to do with it."""

import html
import re

import pytest
from django.test import Client

from certificates.rules.wording import disclosing_word
from tests.browser.visits import every_visit, public_pages, url_name

PUBLIC = public_pages()
# What goals tells the public is the statistics of a federation.
PAGES = sorted(name for name in every_visit() if url_name(name) in PUBLIC and not name.startswith("goals:"))
LANGUAGES = ("zh-hans", "zh-hant", "en")


def words_of(page: str) -> str:
    """What is read, seen or heard: without tags, scripts and styles."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    shown = re.findall(r'(?:alt|aria-label|title|content|placeholder)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *shown]))


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_does_not_speak_of_disability(name: str) -> None:
    visit = every_visit()[name]()
    if visit.account is not None or visit.cookies:
        return  # for staff, or for the holder alone
    client = Client()
    for language in LANGUAGES:
        if visit.post is None:
            answer = client.get(visit.path, headers={"Accept-Language": language})
        else:
            answer = client.post(visit.path, dict(visit.post), headers={"Accept-Language": language})
        if not answer.streaming:
            assert disclosing_word(words_of(answer.content.decode())) == "", (name, language)

"""The frame of every page: links, weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse

from registry import context
from registry.rules.access import ANONYMOUS


@pytest.mark.django_db
def test_every_page_has_the_same_help_at_its_foot_and_tells_its_language(client):
    for path in (reverse("registry:help"), reverse("registry:accessibility"), "/nowhere/"):
        for code, tag in context.LANGUAGE_TAGS.items():
            html = client.get(path, {"lang": code}).content.decode()
            assert f'<html lang="{tag}"' in html
            foot = html[html.index("<footer") :]
            assert re.findall(r'href="([^"]+)"', foot) == ["/help/", "/accessibility/"]


@pytest.mark.django_db
def test_text_size_is_chosen_by_a_link_and_remembered(client):
    client.get("/help/?text=largest")
    assert 'class="text-largest"' in client.get("/accessibility/").content.decode()


@pytest.mark.django_db
def test_no_page_has_script_or_style_of_its_own(client):
    for path in ("/help/", "/accessibility/", "/nowhere/"):
        html = client.get(path).content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)


@pytest.mark.django_db
def test_a_page_is_light_enough_for_a_slow_phone(client):
    """15 KB in all is the budget of the verify page; the frame and the style sheet must leave it room."""
    sheet = gzip.compress(Path(finders.find("registry/site.css")).read_bytes())
    frame = gzip.compress(client.get("/nowhere/").content)
    assert len(sheet) <= 6 * 1024
    assert len(frame) <= 2 * 1024


def test_the_frame_can_be_rendered_before_anyone_is_known():
    assert context.page(RequestFactory().get("/"))["actor"] is ANONYMOUS

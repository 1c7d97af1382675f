"""The frame of every page: menu, links, weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse

from registry import context
from registry.rules.access import ANONYMOUS, FEDERATION_ROLES, Actor, Grant, Role


def an_actor(role):
    grant = Grant(role, region_path="62/") if role in FEDERATION_ROLES else Grant(role, base_id=1)
    return Actor(account_id=1, name="", grants=(grant,))


def labels(actor, path="/"):
    return {str(entry["label"]) for entry in context.menu(actor, path)}


@pytest.mark.parametrize("role", Role)
def test_the_menu_offers_what_the_role_may_open_and_nothing_else(role):
    actor = an_actor(role)
    for label, name, permissions in context.AREAS:
        may = not permissions or any(actor.may_somewhere(permission) for permission in permissions)
        assert (str(label) in labels(actor)) == (may and bool(context.address(name)))


def test_the_public_is_offered_the_public_pages_only():
    assert labels(ANONYMOUS) <= {str(label) for label, _name, _permissions in context.PUBLIC_AREAS}


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

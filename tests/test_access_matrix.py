"""Every URL × every role × every place it can be held in: nobody reads beyond their reach.

`tests/access.py` tells how an app lists its doors. A URL or a model that no table lists fails here.
"""

import json
from collections.abc import Iterator
from copy import copy
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from registry import middleware
from registry.queries.actors import actor_for
from registry.requests import today
from tests.access import BASE, EVERYONE, MANAGER, OFFICER, RELATIONS, Door, World, names, reaches
from tests.registry.factories import a_base, a_federation, an_account

APPS = ("registry", "courses", "certificates", "goals")
TABLES = {
    app: import_module(f"tests.{app}.access_table") for app in APPS if find_spec(f"tests.{app}.access_table")
}
DOORS = [(app, door) for app, table in TABLES.items() for door in table.DOORS]

# Where each role is held, seen from the target in the prefecture 620500.
FEDERATIONS = {
    "own": "620500",
    "child": "620502",
    "sibling": "620600",
    "parent": "620000",
    "stranger": "360000",
}
BASES = {"child": "620502", "sibling": "620500", "parent": "620000", "stranger": "360100"}


def test_every_url_is_listed_in_a_table() -> None:
    listed = {door.name for _app, door in DOORS}
    assert set(names(get_resolver().url_patterns)) - listed == set()


def test_every_listed_door_exists() -> None:
    assert {door.name for _app, door in DOORS} - set(names(get_resolver().url_patterns)) == set()


def test_every_model_is_classified_and_scoped_ones_have_a_scope() -> None:
    kinds = {name: kind for table in TABLES.values() for name, kind in table.MODELS.items()}
    models = {model._meta.label: model for app in APPS for model in apps.get_app_config(app).get_models()}
    assert set(models) == set(kinds)
    assert set(kinds.values()) <= {"scoped", "public", "internal"}
    for name, kind in kinds.items():
        assert (kind == "scoped") == hasattr(models[name].objects, "visible_to"), name


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, in a transaction in which each test has one of its own."""
    built = World(secrets=set(), sealed=set())
    with django_db_blocker.unblock(), transaction.atomic():
        for table in TABLES.values():
            table.build(built)
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def asked_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who signed in, and with which roles, is read at an account's first request only: here nothing changes it.

    A third of what a refused request costs. Sessions and roles themselves are looked after in tests/registry/.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    backend, day = ModelBackend(), today()
    account = cache(backend.get_user)
    roles = cache(lambda pk: actor_for(account(pk), on=day))
    monkeypatch.setattr(ModelBackend, "get_user", lambda self, pk: copy(account(pk)))
    monkeypatch.setattr(middleware, "actor_for", lambda of, on: roles(of.pk))


def actors(world: World, relation: str) -> Iterator[tuple[str, Client]]:
    """A signed-in client for every role, held in this relation to the target."""
    federation = a_federation(FEDERATIONS[relation])
    base = world.base if relation == "own" else a_base(BASES[relation])
    for role in sorted(EVERYONE):
        held = "read_only" if role == "base_read_only" else role
        client = Client(raise_request_exception=False)
        client.force_login(an_account(held, base if role in BASE else federation))
        yield role, client


def ask(client: Client, door: Door, world: World) -> Iterator[HttpResponse]:
    """Every request that the door describes; what it writes is undone."""
    url = reverse(door.name, args=door.args(world))
    if door.get:
        yield client.get(url)
    if door.post is not None:
        with transaction.atomic():
            if door.name.startswith("api:") and door.method != "upload":
                send = getattr(client, door.method)
                yield send(url, json.dumps(door.post(world)), content_type="application/json")
            else:
                yield client.post(url, door.post(world))
            transaction.set_rollback(True)


def problems(
    response: Any, door: Door, world: World, expected: frozenset[int], *, may_read: bool
) -> list[str]:
    found = []
    if response.status_code not in expected:
        found.append(f"answered {response.status_code}, expected {sorted(expected)}")
    text = response.content.decode(errors="replace") + response.headers.get("Location", "")
    leaked = world.sealed if may_read else world.sealed | world.secrets
    return found + [f"shows {secret}" for secret in leaked if secret and secret in text]


def tried(door: Door, role: str, relation: str) -> bool:
    """A public door knows no roles, and far away is only beside once more: one role of each kind tries those.

    One below reaches as little as one beside, where every role tries: below, those for whom there is a key.
    """
    if role in (OFFICER, MANAGER):
        return True
    if door.public or relation == "stranger":
        return False
    return relation != "child" or role in door.opens | door.sees


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("app", TABLES)
def test_nobody_opens_a_door_or_reads_a_secret_beyond_their_reach(
    app: str, relation: str, world: World, asked_once: None
) -> None:
    leaks = []
    for role, client in actors(world, relation):
        for door in TABLES[app].DOORS:
            if not tried(door, role, relation):
                continue
            session = client.cookies["session"].value
            for response in ask(client, door, world):
                found = problems(
                    response,
                    door,
                    world,
                    door.expected(role, relation),
                    may_read=reaches(role, relation),
                )
                leaks += [f"{door.name} {role} {relation}: {problem}" for problem in found]
            client.cookies["session"] = session
    assert "\n".join(leaks) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("app", TABLES)
def test_a_stranger_without_an_account_opens_public_doors_only(app: str, world: World) -> None:
    leaks = []
    for door in TABLES[app].DOORS:
        refused = frozenset({401}) if door.name.startswith("api:") else frozenset({302})
        for response in ask(Client(raise_request_exception=False), door, world):
            expected = door.answers if door.public else refused
            found = problems(response, door, world, expected, may_read=True)
            if (
                not door.public
                and response.status_code == 302
                and not response["Location"].startswith("/sign-in/")
            ):
                found.append(f"sends to {response['Location']}")
            if not door.public and SESSION_KEY in response.client.session:
                found.append("signs in")
            leaks += [f"{door.name} anonymous: {problem}" for problem in found]
    assert leaks == []

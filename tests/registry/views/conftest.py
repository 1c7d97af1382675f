"""A browser that is signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.registry.factories import an_account


@pytest.fixture
def browser() -> Callable[..., Client]:
    """`browser(role, organisation)`: a client signed in as a new account with this role."""

    def signed_in(role: str, organisation: Any = None) -> Client:
        client = Client()
        client.force_login(an_account(role, organisation))
        return client

    return signed_in

"""How a programme or a page signs in to the API."""

import hashlib
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from registry.models import ApiToken
from registry.queries.actors import actor_for
from registry.requests import today


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`; the actor is the token's account with its roles of today."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        held = (
            ApiToken.objects.select_related("account")
            .filter(
                digest=hashlib.sha256(token.encode()).digest(),
                ended_at__isnull=True,
                expires_on__gte=today(),
                account__is_active=True,
            )
            .first()
        )
        if held is None:
            return None
        request.actor = actor_for(held.account, on=today())  # type: ignore[attr-defined]
        return held.account


session = SessionAuth(csrf=True)
bearer = Bearer()

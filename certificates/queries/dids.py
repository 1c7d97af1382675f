"""Who signs exported certificates: the DID of this registry, its keys, and which of them signs today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from certificates.credentials import did
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose, KeyState
from certificates.proof import base64url
from certificates.queries.keys import installation_key

# The key in use first: some verifiers try no other.
_ORDER = [KeyState.ACTIVE, KeyState.NEXT, KeyState.RETIRED]


@dataclass(frozen=True, slots=True)
class Method:
    """The key that signs a kind of document today."""

    did: str
    id: str
    """The DID URL that signatures cite."""
    kid: bytes
    """Its name in the key store."""


def own_did() -> str:
    return did.did_web(settings.PUBLIC_BASE_URL)


def method(purpose: KeyPurpose, on: date) -> Method:
    """The key of the installation that signs today. Raises NoServiceKey. One query."""
    kid = base64url.decode(installation_key(purpose, on).kid)
    return Method(did=own_did(), id=did.method_id(own_did(), kid), kid=kid)


def document() -> dict[str, Any]:
    """The DID document: every key that signed exports or status lists, but those that leaked. One query."""
    keys = list(
        SigningKey.objects.filter(purpose__in=[KeyPurpose.SERVICE, KeyPurpose.CREDENTIAL], state__in=_ORDER)
    )
    keys.sort(key=lambda key: (key.purpose != KeyPurpose.SERVICE, _ORDER.index(KeyState(key.state)), -key.pk))
    return did.document(own_did(), [_method_of(key) for key in keys])


def _method_of(key: SigningKey) -> dict[str, Any]:
    kid, x = base64url.decode(key.kid), base64url.decode(key.x)
    if key.purpose == KeyPurpose.CREDENTIAL:
        return did.ed25519_method(own_did(), kid, public_key=x)
    return did.es256_method(own_did(), kid, x=x, y=base64url.decode(key.y))

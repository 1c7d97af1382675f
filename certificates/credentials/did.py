"""Who signs: this registry as `did:web`, the host name that is printed in every certificate's address.

The document keeps every key that ever signed, so that what a retired key signed keeps verifying. A key that
leaked is left out: no signature shows when it was made, so nothing it signed can be relied on any more, and
verifiers answer that they could not check. Its holders export anew.

Source: the did:web method specification (W3C Credentials Community Group); W3C DID Core v1.0; Controlled Identifiers v1.0.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from certificates.credentials.multibase import ed25519_multikey
from certificates.proof import base64url

CONTEXT = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


def did_web(base_url: str) -> str:
    """The DID of the site at `base_url`; its document is at /.well-known/did.json. A port's colon is escaped."""
    return "did:web:" + quote(urlsplit(base_url).netloc, safe=".-")


def method_id(did: str, kid: bytes) -> str:
    """The name of one key of this DID, as signatures cite it."""
    return f"{did}#{base64url.encode(kid)}"


def es256_method(did: str, kid: bytes, *, x: bytes, y: bytes) -> dict[str, Any]:
    """The verification method of a P-256 key, by its coordinates."""
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "kid": base64url.encode(kid),
        "x": base64url.encode(x),
        "y": base64url.encode(y),
    }
    return {"id": method_id(did, kid), "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}


def ed25519_method(did: str, kid: bytes, *, public_key: bytes) -> dict[str, Any]:
    """The verification method of an Ed25519 key, by its 32 bytes."""
    return {
        "id": method_id(did, kid),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": ed25519_multikey(public_key),
    }


def document(did: str, methods: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The DID document. Of several keys of one kind the present one comes first: some verifiers try no other."""
    listed = list(methods)
    return {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": listed,
        "assertionMethod": [method["id"] for method in listed],
    }

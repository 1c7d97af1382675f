"""Signing keys: which one signs for a base, and the bundle of those that verifiers trust."""

import base64
from datetime import date

from django.db.models import Q

from certificates.errors import NoSigningKey
from certificates.models import SigningKey
from certificates.models.keys import KeyState
from certificates.proof.keys import KeyState as ProofKeyState
from certificates.proof.keys import PublicKey
from certificates.proof.trust import TrustBundle
from registry.models import TrainingBase


def signing_key_for(base: TrainingBase, on: date) -> SigningKey:
    """The active key of the nearest federation up the tree from the base's region; of two, the newest.

    Raises NoSigningKey. One query.
    """
    keys = SigningKey.objects.filter(
        Q(not_after__isnull=True) | Q(not_after__gte=on),
        owner__region__code__in=base.region.ancestor_codes,
        state=KeyState.ACTIVE,
        not_before__lte=on,
    ).select_related("owner__region")
    nearest = max(keys, key=lambda key: (len(key.owner.region.path), key.not_before, key.pk), default=None)
    if nearest is None:
        raise NoSigningKey(region=base.region.code, on=on.isoformat())
    return nearest


def trust_bundle(on: date) -> TrustBundle:
    """All keys ever made: what a retired one signed keeps verifying."""
    keys = SigningKey.objects.select_related("owner").order_by("not_before", "pk")
    return TrustBundle(as_of=on, keys=tuple(public_key(key) for key in keys))


def public_key(key: SigningKey) -> PublicKey:
    """The key as verifiers know it. Its owner appears under the name printed on certificates."""
    return PublicKey(
        x=decode(key.x),
        y=decode(key.y),
        owner=key.owner.public_name,
        not_before=key.not_before,
        not_after=key.not_after,
        state=ProofKeyState(key.state),
        compromised_from=key.compromised_from,
    )


def encode(data: bytes) -> str:
    """Bytes as unpadded base64url, the spelling of JWK."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

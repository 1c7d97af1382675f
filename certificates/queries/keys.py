"""Signing keys: which one signs what on a day, and the bundle of those that verifiers trust."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from certificates.errors import NoServiceKey, NoSigningKey
from certificates.models import Certificate, SigningKey
from certificates.models.certificates import CertificateStatus as Status
from certificates.models.keys import KeyPurpose, KeyState
from certificates.proof import base64url
from certificates.proof.keys import KeyPurpose as ProofKeyPurpose
from certificates.proof.keys import KeyState as ProofKeyState
from certificates.proof.keys import PublicKey
from certificates.proof.trust import TrustBundle
from registry.models import Federation, TrainingBase
from registry.queries.regions import nearest_first


def ring(purpose: KeyPurpose, owner: Federation | None) -> QuerySet[SigningKey]:
    """All keys of one purpose of a federation, or of the installation."""
    return SigningKey.objects.select_related("owner__region").filter(purpose=purpose, owner=owner)


def signing_key_for(base: TrainingBase, on: date) -> SigningKey:
    """The active key of the nearest federation up the tree from the base's region; of two, the newest.

    Raises NoSigningKey. One query.
    """
    keys = SigningKey.objects.filter(
        Q(not_after__isnull=True) | Q(not_after__gte=on),
        purpose=KeyPurpose.CERTIFICATE,
        state=KeyState.ACTIVE,
        not_before__lte=on,
    )
    nearest = nearest_first(keys, base.region, "-not_before", "-pk", owner="owner").first()
    if nearest is None:
        raise NoSigningKey(region=base.region.code, on=on.isoformat())
    return nearest


def installation_key(purpose: KeyPurpose, on: date) -> SigningKey:
    """The active key of the installation for this purpose; of two, the newest. Raises NoServiceKey. One query."""
    usable = ring(purpose, None).filter(state=KeyState.ACTIVE, not_before__lte=on)
    key = usable.order_by("-not_before", "-pk").first()
    if key is None:
        raise NoServiceKey(purpose=purpose.value, on=on.isoformat())
    return key


def touched_by(key: SigningKey) -> QuerySet[Certificate]:
    """The certificates that closing a key made worthless: signed by it, dated on or after the day it is closed
    from, and not yet replaced or withdrawn."""
    if key.compromised_from is None:
        return Certificate.objects.none()
    held = Certificate.objects.filter(signing_key=key, issued_on__gte=key.compromised_from)
    return held.exclude(status__in=[Status.REPLACED, Status.WITHDRAWN]).order_by("base_id", "number")


def trust_bundle(on: date, issued_at: datetime | None = None) -> TrustBundle:
    """All keys ever made: what a retired one signed keeps verifying. Those that sign exports are published by
    other means (did:web)."""
    keys = SigningKey.objects.exclude(purpose=KeyPurpose.CREDENTIAL)
    keys = keys.select_related("owner").order_by("not_before", "pk")
    return TrustBundle(
        as_of=on,
        keys=tuple(public_key(key) for key in keys),
        issuer=settings.PUBLIC_BASE_URL,
        issued_at=issued_at,
    )


def public_key(key: SigningKey) -> PublicKey:
    """The key as verifiers know it. Its owner appears under the name printed on certificates; the installation's
    own keys, under its address."""
    return PublicKey(
        x=base64url.decode(key.x),
        y=base64url.decode(key.y),
        owner=key.owner_name or settings.PUBLIC_BASE_URL,
        purpose=ProofKeyPurpose(key.purpose),
        not_before=key.not_before,
        not_after=key.not_after,
        state=ProofKeyState(key.state),
        compromised_from=key.compromised_from,
    )

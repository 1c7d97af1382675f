"""Makes, rotates and closes signing keys: work for whoever runs the server (docs/keys.md).

A ring is the keys of one purpose and one owner: one is active, the next may already be published, older ones are
retired. The private half is in the key store before the public half is in the database: a failure in between
leaves an unused key in the store, never a key here that cannot sign.
"""

from contextlib import suppress
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from certificates.errors import KeyKindWrong, KeyNotActive, KeyStoreReadOnly, NoNextKey
from certificates.keystore import PublicHalf, key_store
from certificates.keystore.pem import ed25519_kid
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose, KeyState
from certificates.proof import base64url
from certificates.proof.keys import kid_of
from certificates.queries.keys import ring
from registry.actions import audit
from registry.errors import NotPermitted
from registry.models import Federation
from registry.rules.access import Actor
from registry.rules.regions import NATION


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    not_before: date,
    owner: Federation | None = None,
    purpose: KeyPurpose = KeyPurpose.CERTIFICATE,
    kid: bytes | None = None,
) -> SigningKey:
    """A new key of a federation, or without `owner` of the installation, for what is dated from `not_before` on.

    The first key of its ring is active at once; a later one is the next, published and waiting for `rotate`.
    With `kid`, a key that is in the store already is taken into use. Raises NotPermitted, KeyStoreReadOnly,
    KeyFileMissing, KeyFileUnsafe, KeyKindWrong.
    """
    _require_operator(by)
    store = key_store()
    public = store.create(purpose) if kid is None else store.public(kid)
    has_active = any(held.state == KeyState.ACTIVE for held in _held(purpose, owner))
    key = SigningKey.objects.create(
        purpose=purpose,
        owner=owner,
        not_before=not_before,
        state=KeyState.NEXT if has_active else KeyState.ACTIVE,
        **_coordinates(public, purpose),
    )
    _record(key, "created", by=by, on=on, state=key.state, not_before=not_before.isoformat())
    return key


@transaction.atomic
def equip(*, by: Actor, on: date) -> list[SigningKey]:
    """The keys that the installation itself signs with, made where they are missing.

    The service key has a next one from the beginning: verifiers take a new bundle only when a key signed it that
    they know already, so the one that takes over after a leak must have been published before. Raises like `create`.
    """
    _require_operator(by)
    made = []
    for purpose, wanted in ((KeyPurpose.SERVICE, 2), (KeyPurpose.CREDENTIAL, 1)):
        usable = [key for key in _held(purpose, None) if key.state in (KeyState.ACTIVE, KeyState.NEXT)]
        with suppress(KeyStoreReadOnly):
            for _missing in range(len(usable), wanted):
                made.append(create(by=by, on=on, not_before=on, purpose=purpose))
    return made


@transaction.atomic
def rotate(*, by: Actor, on: date, owner: Federation | None, purpose: KeyPurpose) -> SigningKey:
    """The oldest next key of a ring takes over: see `activate`. Raises NotPermitted, NoNextKey."""
    _require_operator(by)
    following = [key for key in _held(purpose, owner) if key.state == KeyState.NEXT]
    if not following:
        raise NoNextKey(purpose=purpose.value)
    return activate(by=by, on=on, key=following[0])


@transaction.atomic
def activate(*, by: Actor, on: date, key: SigningKey) -> SigningKey:
    """A next key signs from now on, and the active one is retired. Raises NotPermitted, KeyNotActive."""
    _require_operator(by)
    key, others = _among_its_ring(key)
    _require_state(key, KeyState.NEXT)
    for older in others:
        if older.state == KeyState.ACTIVE:
            _retire(older, by=by, on=on)
    _change(key, "activated", by=by, on=on, state=KeyState.ACTIVE)
    return key


@transaction.atomic
def retire(*, by: Actor, on: date, key: SigningKey) -> None:
    """The key signs nothing dated after `on`; what it signed keeps verifying.

    Raises NotPermitted, KeyNotActive.
    """
    _require_operator(by)
    key, _others = _among_its_ring(key)
    _require_state(key, KeyState.ACTIVE)
    _retire(key, by=by, on=on)


@transaction.atomic
def close(*, by: Actor, on: date, key: SigningKey, from_: date, reason: str) -> SigningKey | None:
    """Somebody else may have had the private key since `from_`: what it signed from that day on verifies no more.

    Closing again moves the day back, never forward. Where the key was the active one, the next takes over or,
    for want of one, a key made now: issuing and publishing go on. `reason` is for the audit row. Answers the key
    that took over. Raises NotPermitted, KeyNotActive, and like `create`.
    """
    _require_operator(by)
    key, others = _among_its_ring(key)
    if key.compromised_from is not None and key.compromised_from <= from_:
        raise KeyNotActive(kid=key.kid, state=key.state)
    was_active = key.state == KeyState.ACTIVE
    _change(key, "closed", by=by, on=on, reason=reason, state=KeyState.COMPROMISED, compromised_from=from_)
    if not was_active:
        return None
    if following := [other for other in others if other.state == KeyState.NEXT]:
        return activate(by=by, on=on, key=following[0])
    return create(by=by, on=on, not_before=on, owner=key.owner, purpose=KeyPurpose(key.purpose))


def _held(purpose: KeyPurpose, owner: Federation | None) -> list[SigningKey]:
    """The keys of one ring, oldest first and locked: two operators must not both promote one."""
    return list(ring(purpose, owner).select_for_update(of=("self",), no_key=True).order_by("pk"))


def _among_its_ring(key: SigningKey) -> tuple[SigningKey, list[SigningKey]]:
    """The key as it is behind the lock, and the others of its ring."""
    held = _held(KeyPurpose(key.purpose), key.owner)
    return next(one for one in held if one.pk == key.pk), [one for one in held if one.pk != key.pk]


def _retire(key: SigningKey, *, by: Actor, on: date) -> None:
    _change(key, "retired", by=by, on=on, state=KeyState.RETIRED, not_after=max(on, key.not_before))


def _change(key: SigningKey, verb: str, *, by: Actor, on: date, reason: str = "", **values: Any) -> None:
    for name, value in values.items():
        setattr(key, name, value)
    key.save(update_fields=[*values, "changed_at"])
    facts = {name: str(value) for name, value in values.items()} | ({"reason": reason} if reason else {})
    _record(key, verb, by=by, on=on, **facts)


def _record(key: SigningKey, verb: str, *, by: Actor, on: date, **facts: str) -> None:
    # What concerns the whole installation is read by the nation's auditors.
    region_path = key.owner.region.path if key.owner else f"{NATION}/"
    audit.record(
        f"signing_key.{verb}",
        key,
        by=by,
        region_path=region_path,
        kid=key.kid,
        purpose=key.purpose,
        on=on.isoformat(),
        **facts,
    )


def _coordinates(public: PublicHalf, purpose: KeyPurpose) -> dict[str, str]:
    """Raises KeyKindWrong."""
    if purpose == KeyPurpose.CREDENTIAL:
        if not isinstance(public, Ed25519PublicKey):
            raise KeyKindWrong(purpose=purpose.value)
        return {
            "kid": base64url.encode(ed25519_kid(public)),
            "x": base64url.encode(public.public_bytes_raw()),
        }
    if not (isinstance(public, EllipticCurvePublicKey) and isinstance(public.curve, SECP256R1)):
        raise KeyKindWrong(purpose=purpose.value)
    point = public.public_numbers()
    x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
    return {"kid": base64url.encode(kid_of(public)), "x": base64url.encode(x), "y": base64url.encode(y)}


def _require_state(key: SigningKey, state: KeyState) -> None:
    if key.state != state:
        raise KeyNotActive(kid=key.kid, state=key.state)


def _require_operator(by: Actor) -> None:
    # A role would be a door to a whole province's certificates; the operator has the key files anyway.
    if not by.is_system:
        raise NotPermitted(permission="signing_key:manage")

"""Makes and retires signing keys: work for whoever runs the server, by `manage.py create_signing_key`."""

from datetime import date

from django.db import transaction

from certificates.errors import KeyNotActive
from certificates.keystore import key_store
from certificates.models import SigningKey
from certificates.models.keys import KeyState
from certificates.proof.keys import PublicKey
from certificates.queries.keys import encode
from registry.actions import audit
from registry.errors import NotPermitted
from registry.models import Federation
from registry.rules.access import Actor


@transaction.atomic
def create(*, by: Actor, on: date, owner: Federation, not_before: date) -> SigningKey:
    """A new active key of a federation, for certificates dated from `not_before` on.

    The private half is in the key store before the public half is in the database: a failure in between
    leaves an unused file, never a key that cannot sign. Raises NotPermitted.
    """
    _require_operator(by)
    public = PublicKey.of(key_store().create(), owner=owner.public_name, not_before=not_before)
    key = SigningKey.objects.create(
        kid=encode(public.kid), x=encode(public.x), y=encode(public.y), owner=owner, not_before=not_before
    )
    audit.record(
        "signing_key.created",
        key,
        by=by,
        region_path=owner.region.path,
        kid=key.kid,
        on=on.isoformat(),
        not_before=not_before.isoformat(),
    )
    return key


@transaction.atomic
def retire(*, by: Actor, on: date, key: SigningKey) -> None:
    """The key signs nothing dated after `on`; what it signed keeps verifying.

    Raises NotPermitted, KeyNotActive.
    """
    _require_operator(by)
    key = SigningKey.objects.select_for_update(no_key=True).select_related("owner__region").get(pk=key.pk)
    if key.state != KeyState.ACTIVE:
        raise KeyNotActive(kid=key.kid, state=key.state)
    key.state, key.not_after = KeyState.RETIRED, max(on, key.not_before)
    key.save(update_fields=["state", "not_after"])
    audit.record(
        "signing_key.retired", key, by=by, region_path=key.owner.region.path, kid=key.kid, on=on.isoformat()
    )


def _require_operator(by: Actor) -> None:
    # A role would be a door to a whole province's certificates; the operator has the key files anyway.
    if not by.is_system:
        raise NotPermitted(permission="signing_key:manage")

"""The trust bundle as published: signed with every service key that verifiers may know.

It is made once for each day and each change of a key, not for each request, and comes out the same in every
process: signatures are deterministic, and its time is the day's beginning or the last change of a key.
"""

from datetime import datetime, time
from functools import lru_cache

from django.db.models import Count, Max, Min
from django.utils import timezone

from certificates.errors import KeyFileMissing
from certificates.keystore import key_store
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose, KeyState
from certificates.proof import base64url
from certificates.proof.jws import MAX_SIGNATURES
from certificates.proof.keys import BEIJING
from certificates.proof.sign import Signer
from certificates.proof.trust import sign_bundle
from certificates.queries.keys import installation_key, ring, trust_bundle

# What tells one state of the keys from another. Ids are random: no two databases have the same.
Stamp = tuple[tuple[str, int, datetime, str, str], ...]


def signed_bundle(at: datetime) -> str:
    """The bundle (JWS, general JSON) as of this moment. Raises NoServiceKey, KeyFileMissing or KeyFileUnsafe.

    One query, unless something changed.
    """
    return _signed(timezone.localtime(at, BEIJING).date().isoformat(), _stamp())


def _stamp() -> Stamp:
    groups = SigningKey.objects.values_list("state").annotate(
        Count("pk"), Max("changed_at"), Min("kid"), Max("kid")
    )
    return tuple(groups.order_by("state"))


@lru_cache(maxsize=4)
def _signed(day: str, stamp: Stamp) -> str:
    on = datetime.fromisoformat(day).date()
    begun = datetime.combine(on, time(), BEIJING)
    issued_at = max([begun, *(changed_at for _state, _count, changed_at, _least, _most in stamp)])
    return sign_bundle(
        trust_bundle(on, issued_at=issued_at), _signers(installation_key(KeyPurpose.SERVICE, on))
    )


def _signers(active: SigningKey) -> list[Signer]:
    """The active service key, then those that verifiers with an older or a newer bundle may know.

    A phone that was last here two keys ago knows only the one that is retired by now; the next one may be kept
    in a safe. So these sign as well where the store has them.
    """
    store = key_store()
    signers = [store.signer(base64url.decode(active.kid))]
    others = ring(KeyPurpose.SERVICE, None).exclude(pk=active.pk)
    for key in others.exclude(state=KeyState.COMPROMISED).order_by("-not_before", "-pk")[
        : MAX_SIGNATURES - 1
    ]:
        try:
            signers.append(store.signer(base64url.decode(key.kid)))
        except KeyFileMissing:
            continue
    return signers

"""What verifiers of exported certificates fetch: who signs (did:web), and the W3C status lists.

Open to all and from any site; signed when asked for, and kept while nothing changed.
"""

import json
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates.credentials import data_integrity, status_credential, vc_jwt
from certificates.keystore import key_store
from certificates.models.keys import KeyPurpose
from certificates.queries import dids
from certificates.queries.dids import Method
from certificates.queries.status_lists import Stamp, open_lists, stamps, statuses
from certificates.views import published
from certificates.views.open_badges import MEDIA_TYPES, Form
from registry.errors import NotFound
from registry.requests import today

TTL = timedelta(minutes=5)
LASTS = timedelta(days=1)


@login_not_required
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The DID document of this registry, /.well-known/did.json."""
    text = json.dumps(dids.document(), indent=1) + "\n"
    return published.file(request, text.encode(), "application/did+ld+json", seconds=300)


@login_not_required
@require_safe
def status_list(request: HttpRequest, number: int, purpose: str, form: str = "") -> HttpResponse:
    """One status list as a credential, in the form asked for: JSON, or a JWT at the address with `.jwt`.

    The whole list, so that nobody learns which certificate is being checked.
    """
    if purpose not in status_credential.PURPOSES or number not in open_lists():
        raise NotFound(what="status list")
    chosen = Form(form) if form else _wanted(request)
    method = dids.method(KeyPurpose.SERVICE if chosen is Form.JWT else KeyPurpose.CREDENTIAL, today())
    state, begun = stamps([number])[number], _begun(timezone.now())
    text = _signed(number, purpose, state, method, begun, chosen, settings.PUBLIC_BASE_URL)
    response = published.file(request, text.encode(), MEDIA_TYPES[chosen], seconds=int(TTL.total_seconds()))
    response["Vary"] = "Accept"
    return response


def _wanted(request: HttpRequest) -> Form:
    """A JWT for whoever names its type or says nothing (openbadgeslib does not, and reads no other form)."""
    accept = request.headers.get("Accept", "")
    return Form.JWT if not accept or MEDIA_TYPES[Form.JWT] in accept else Form.JSON


def _begun(at: datetime) -> datetime:
    """The beginning of the five minutes: within them, an unchanged list stays the same to the byte."""
    return at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % TTL


@lru_cache(maxsize=64)
def _signed(
    number: int, purpose: str, state: Stamp, method: Method, valid_from: datetime, form: Form, base: str
) -> str:
    """The signed list. What it says is at least as new as `state`, and no later state has that stamp again."""
    credential = status_credential.credential(
        status_credential.encode(statuses(number).packed(), purpose),
        purpose=purpose,
        address=f"{base}/status/{number}/{purpose}",
        did=method.did,
        valid_from=valid_from,
        lasts=LASTS,
        ttl=TTL,
    )
    signer = key_store().signer(method.kid)
    if form is Form.JWT:
        return vc_jwt.sign(credential, method=method.id, signer=signer)
    return json.dumps(data_integrity.with_proof(credential, method=method.id, signer=signer)) + "\n"

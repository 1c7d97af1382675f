"""The status lists as they stand at this moment, signed.

What is read is the folded list with the changes that came since, so it is right at every commit, whether or not
anybody folds. A signed list is made once for each change and each hour, not for each request, and comes out the
same in every process: signatures are deterministic, and its time is the hour's beginning or the last change.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from certificates.keystore import key_store
from certificates.models import Certificate, StatusChange, StatusList
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url, status_token
from certificates.proof.status import Status
from certificates.proof.status import StatusList as Statuses
from certificates.queries.keys import installation_key
from certificates.rules import status_indexes

LASTS = timedelta(hours=48)
"""How long a copy may stand for the present, should nothing newer be reached."""
TTL = timedelta(minutes=1)
"""How long a copy need not be asked for again."""
SIGNED_EVERY = timedelta(hours=1)
"""A list is signed again when it is this old, so that its age says little else than that nothing changed."""


class Form(StrEnum):
    JWT = "jwt"
    CWT = "cwt"


@dataclass(frozen=True)
class Stamp:
    """Which state of a list something was made from."""

    version: int
    last_change: int
    unfolded: int
    changed_at: datetime | None


def open_lists() -> range:
    """The numbers of the lists in which certificates may be. One query."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return range(status_indexes.block_for(last).stop // status_indexes.BLOCK)


def signed_list(number: int, form: Form, *, at: datetime, every: timedelta = SIGNED_EVERY) -> bytes | None:
    """List `number` as of this moment, or None if there is no such list. Raises NoServiceKey, KeyFileMissing …

    `every` divides the local day: how often an unchanged list is signed anew. Three queries, or four for a list in
    which nothing ever changed, unless it must be signed.
    """
    if number > status_indexes.LAST_BLOCK:
        return None
    stamp = stamps([number])[number]
    if stamp.changed_at is None and number not in open_lists():
        return None
    kid = installation_key(KeyPurpose.SERVICE, timezone.localdate(at)).kid
    return _signed(number, form, stamp, _issued_at(stamp, at, every), kid, settings.PUBLIC_BASE_URL)


def stamps(numbers: Collection[int]) -> dict[int, Stamp]:
    """The present state of each of these lists. Two queries.

    The changes are read before the folded list, here and in `statuses`: a fold in between then shows a change
    twice, which does no harm; the other way round it would be missing.
    """
    changes = StatusChange.objects.filter(list_number__in=numbers).order_by().values_list("list_number")
    new = {row[0]: row[1:] for row in changes.annotate(Max("pk"), Count("pk"), Max("at"))}
    rows = StatusList.objects.filter(number__in=numbers).values_list("number", "version", "changed_at")
    folded = {row[0]: row[1:] for row in rows}
    return {
        number: _stamp(*new.get(number, (0, 0, None)), *folded.get(number, (0, None))) for number in numbers
    }


def _stamp(last: int, count: int, at: datetime | None, version: int, folded_at: datetime | None) -> Stamp:
    changed_at = max((moment for moment in (at, folded_at) if moment), default=None)
    return Stamp(version=version, last_change=last, unfolded=count, changed_at=changed_at)


def statuses(number: int) -> Statuses:
    """The status at every place of a list now. Two queries."""
    changes = list(_changes(number))
    folded = StatusList.objects.filter(number=number).values_list("folded", flat=True).first()
    now = Statuses.from_compressed(bytes(folded)) if folded else Statuses()
    for place, status in changes:
        now.set(place, status)
    return now


def _changes(number: int) -> Iterator[tuple[int, Status]]:
    rows = StatusChange.objects.filter(list_number=number).order_by("pk").values_list("place", "status")
    return ((place, Status(status)) for place, status in rows.iterator())


def _issued_at(stamp: Stamp, at: datetime, every: timedelta) -> datetime:
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    begun = midnight + (local - midnight) // every * every
    # A change that another machine's clock puts into the future is told as of now.
    return max(begun, min(stamp.changed_at or begun, at))


@lru_cache(maxsize=64)
def _signed(number: int, form: Form, stamp: Stamp, issued_at: datetime, kid: str, base: str) -> bytes:
    """The signed list. What it says is at least as new as `stamp`, and no later state has that stamp again."""
    sign = status_token.sign_jwt if form is Form.JWT else status_token.sign_cwt
    signed = sign(
        statuses(number),
        uri=f"{base}/status/{number}",
        issued_at=issued_at,
        expires_at=issued_at + LASTS,
        ttl=int(TTL.total_seconds()),
        signer=key_store().signer(base64url.decode(kid)),
    )
    return signed.encode() if isinstance(signed, str) else signed

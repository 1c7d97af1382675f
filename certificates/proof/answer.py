"""What may honestly be said of a certificate: one of six answers, or that this verifier cannot tell.

A signature shows who signed what; only a signed status list shows what holds today. So nothing is called in force
without a status that was read and has not expired, nothing is called false because a list or network is missing,
and every answer says how old its knowledge is.

verify.js gives the same answers; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .errors import ProofError, StatusError
from .status import Status
from .status_token import StatusToken
from .trust import TrustBundle
from .verify import Verified


class Kind(StrEnum):
    """The six answers, and the one that is none."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    STATUS_UNKNOWN = "status_unknown"
    """Genuine; whether it is in force was never asked, or too long ago (`status_at`)."""
    NOT_GENUINE = "not_genuine"
    """Not shown to be genuine: `step` and `reason` say what failed."""
    CANNOT_TELL = "cannot_tell"
    """No answer: only the registry's own record can settle it (`reason` registry_needed)."""


# Beside the codes of `errors`, what `Answer.reason` can be. Permanent, like those.
REASONS = {
    "status_missing": "No status list for this certificate was given.",
    "status_expired": "The status list has expired: it tells what was true then.",
    "registry_needed": "The key was closed on a later day: only the registry's record can settle it.",
}
_KINDS = {
    Status.VALID: Kind.IN_FORCE,
    Status.SUSPENDED: Kind.SUSPENDED,
    Status.INVALID: Kind.WITHDRAWN,
    Status.REPLACED: Kind.REPLACED,
}
_FINAL = (Status.INVALID, Status.REPLACED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer and all that it rests on."""

    kind: Kind
    reason: str | None = None
    """Why it is not genuine, not known or cannot be told: a permanent code."""
    step: int | None = None
    """With NOT_GENUINE: the step of verification that failed, 1 to 7."""
    verified: Verified | None = None
    """Who signed what; None with NOT_GENUINE."""
    status: Status | None = None
    """What the list says, be it expired or not; None when no list was read."""
    status_at: datetime | None = None
    """When the registry said so."""
    status_age: timedelta | None = None
    bundle_at: datetime
    """When the registry's keys were as this verifier knows them."""
    bundle_age: timedelta

    @property
    def genuine(self) -> bool | None:
        """True or False; None where this verifier cannot tell."""
        if self.kind is Kind.CANNOT_TELL:
            return None
        return self.kind is not Kind.NOT_GENUINE


def answer(
    found: Verified | ProofError,
    *,
    bundle: TrustBundle,
    status: StatusToken | StatusError | None,
    at: datetime,
) -> Answer:
    """The answer from what `verify` gave or raised and what `status_token.read` gave or raised.

    `status` is None when there is no list. Withdrawn and replaced are final, so an expired list still says so;
    an expired "in force" or "suspended" says nothing of today.
    """
    bundle_at, bundle_age = bundle.known_at, bundle.age(at)
    if isinstance(found, ProofError):
        return Answer(
            kind=Kind.NOT_GENUINE,
            reason=found.code,
            step=found.step,
            bundle_at=bundle_at,
            bundle_age=bundle_age,
        )
    index = found.claims.status_index
    token = status if isinstance(status, StatusToken) else None
    kind, reason = _standing(status, index, at)
    if found.registry_needed:
        # An unused place in the list reads VALID, so the list cannot vouch for what a thief may have made.
        kind, reason = Kind.CANNOT_TELL, "registry_needed"
    return Answer(
        kind=kind,
        reason=reason,
        verified=found,
        status=token.status(index) if token else None,
        status_at=token.issued_at if token else None,
        status_age=token.age(at) if token else None,
        bundle_at=bundle_at,
        bundle_age=bundle_age,
    )


def _standing(status: StatusToken | StatusError | None, index: int, at: datetime) -> tuple[Kind, str | None]:
    """What a genuine certificate's status makes of it, and why it is unknown if it is."""
    if status is None:
        return Kind.STATUS_UNKNOWN, "status_missing"
    if isinstance(status, StatusError):
        return Kind.STATUS_UNKNOWN, status.code
    says = status.status(index)
    if status.expired(at) and says not in _FINAL:
        return Kind.STATUS_UNKNOWN, "status_expired"
    return _KINDS[says], None

"""A status list as the credential that Open Badges point to: one for revocation, one for suspension.

A replaced certificate counts as revoked: the W3C's list has no word for it, and the old paper is no longer good.

Source: W3C Bitstring Status List v1.0, §2.2.
"""

from datetime import datetime, timedelta
from typing import Any

from certificates.credentials.bitstring import encoded_list, from_status_list
from certificates.credentials.canonical import CREDENTIALS_V2
from certificates.proof.status import Status

PURPOSES: dict[str, tuple[Status, ...]] = {
    "revocation": (Status.INVALID, Status.REPLACED),
    "suspension": (Status.SUSPENDED,),
}


def encode(packed: bytes, purpose: str) -> str:
    """The list of one purpose, out of the two-bit list `packed`, as it stands in the credential."""
    return encoded_list(from_status_list(packed, PURPOSES[purpose]))


def credential(
    encoded: str,
    *,
    purpose: str,
    address: str,
    did: str,
    valid_from: datetime,
    lasts: timedelta,
    ttl: timedelta,
) -> dict[str, Any]:
    """The unsigned credential of a list, published at `address`.

    A verifier may keep a copy for `ttl`, and takes none that is older than `lasts`.
    """
    return {
        "@context": [CREDENTIALS_V2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": did},
        "validFrom": valid_from.isoformat(timespec="seconds"),
        "validUntil": (valid_from + lasts).isoformat(timespec="seconds"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
            "ttl": int(ttl.total_seconds() * 1000),
        },
    }

"""The credential as a JWT signed with ES256: compact, and checked by any JWT library.

Source: W3C Securing Verifiable Credentials using JOSE and COSE, §3.1 (`vc+jwt`: the payload is the credential
itself); Open Badges 3.0, §8.2.4 (which claims stand beside it).
"""

import json
from datetime import datetime
from typing import Any

from certificates.proof import base64url
from certificates.proof.cose import SIGNATURE_SIZE
from certificates.proof.errors import JwsError
from certificates.proof.sign import Signer

TYPE = "vc+jwt"


def sign(credential: dict[str, Any], *, method: str, signer: Signer) -> str:
    """The JWT of a credential. `signer` has the P-256 key that `method`, a DID URL, names.

    Raises JwsError (jws_signature_size) when a key store answers with something that is not 64 bytes.
    """
    header = {"alg": "ES256", "typ": TYPE, "cty": "vc", "kid": method}
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
        **credential,
    }
    if "validUntil" in credential:
        claims["exp"] = int(datetime.fromisoformat(credential["validUntil"]).timestamp())
    signed = f"{_part(header)}.{_part(claims)}"
    signature = signer.sign(signed.encode())
    if len(signature) != SIGNATURE_SIZE:
        raise JwsError("jws_signature_size")
    return f"{signed}.{base64url.encode(signature)}"


def _part(content: dict[str, Any]) -> str:
    return base64url.encode(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())

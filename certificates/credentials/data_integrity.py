"""Data Integrity with `eddsa-rdfc-2022`: the signature stands in the JSON, which may be laid out anew.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, §3.2. The proof has no `created`, which is optional: the
signature is then the same whenever it is made.
"""

import hashlib
from functools import lru_cache
from typing import Any

from certificates.credentials.canonical import n_quads
from certificates.credentials.multibase import base58btc
from certificates.proof.sign import Signer

SUITE = "eddsa-rdfc-2022"


def with_proof(credential: dict[str, Any], *, method: str, signer: Signer) -> dict[str, Any]:
    """The credential with its proof. `signer` has the Ed25519 key that `method`, a DID URL, names."""
    signed = (
        _config_hash(tuple(credential["@context"]), method) + hashlib.sha256(n_quads(credential)).digest()
    )
    return {**credential, "proof": {**_proof(method), "proofValue": base58btc(signer.sign(signed))}}


def _proof(method: str) -> dict[str, str]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }


@lru_cache(maxsize=16)
def _config_hash(contexts: tuple[str, ...], method: str) -> bytes:
    """The proof's own part of what is signed: the same for every credential of one kind and key."""
    return hashlib.sha256(n_quads({"@context": list(contexts), **_proof(method)})).digest()

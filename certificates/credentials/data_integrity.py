"""Data Integrity with `eddsa-rdfc-2022`: the signature stands in the JSON, which may be laid out anew.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, §3.2. The proof has no `created`, which is optional: the
signature is then the same whenever it is made.
"""

import hashlib
from typing import Any

from certificates.credentials.canonical import n_quads
from certificates.credentials.multibase import base58btc
from certificates.proof.sign import Signer

SUITE = "eddsa-rdfc-2022"


def with_proof(credential: dict[str, Any], *, method: str, signer: Signer) -> dict[str, Any]:
    """The credential with its proof. `signer` has the Ed25519 key that `method`, a DID URL, names."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    config = {"@context": credential["@context"], **proof}
    signed = hashlib.sha256(n_quads(config)).digest() + hashlib.sha256(n_quads(credential)).digest()
    return {**credential, "proof": {**proof, "proofValue": base58btc(signer.sign(signed))}}

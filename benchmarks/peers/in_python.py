"""The peers of benchmarks/issue.py in Python, on the same certificate; runs in .venv-interop.

Standard input: {"claims": …, "badge": …, "seconds": …}. Standard output: [{"who", "form", "bytes", "sign",
"verify"}], rates in a second of one core. Each verifies what it signed once, and refuses it when a byte is changed.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cwt import COSE, COSEAlgs, COSEHeaders, COSEKey
from openbadgeslib.ob3 import OB3LdpSigner, OB3LdpVerifier, OB3Signer, OB3Verifier, OpenBadgeCredential
from rates import per_second

P256 = ec.generate_private_key(ec.SECP256R1())
ED25519 = ed25519.Ed25519PrivateKey.generate()


def main() -> None:
    question = json.load(sys.stdin)
    found = [
        *open_badges(question["badge"], question["seconds"]),
        cose(question["claims"], question["seconds"]),
        *claim_169(question["claims"], question["seconds"]),
    ]
    json.dump(found, sys.stdout)


def measured(
    who: str, form: str, sign: Callable[[], Any], verify: Callable[[Any], Any], seconds: float
) -> dict[str, Any]:
    signed = sign()
    size = len(json.dumps(signed, ensure_ascii=False).encode() if isinstance(signed, dict) else signed)
    verify(signed)
    try:
        verify(spoilt(signed))
    except (NameError, AttributeError):  # our own mistake
        raise
    except Exception:  # each library has its own; what counts is that it does not say yes
        refused = True
    else:
        refused = False
    if not refused:
        raise AssertionError(f"{who} {form} accepts a spoilt signature")
    return {
        "who": f"{who} {version(who)}",
        "form": form,
        "bytes": size,
        "sign": per_second(sign, seconds),
        "verify": per_second(lambda: verify(signed), seconds),
    }


def spoilt(signed: Any) -> Any:
    """With one character of the signature changed, and still of its alphabet."""
    if isinstance(signed, dict):
        proof = signed["proof"]
        return {**signed, "proof": {**proof, "proofValue": spoilt(proof["proofValue"])}}
    place = len(signed) - 20
    if isinstance(signed, bytes):
        return signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    return signed[:place] + ("A" if signed[place] != "A" else "B") + signed[place + 1 :]


def open_badges(document: dict[str, Any], seconds: float) -> list[dict[str, Any]]:
    """Open Badges 3.0, as a JWT and with a Data Integrity proof, from our own unsigned credential."""
    credential = OpenBadgeCredential.from_vc_document(document)
    jwt, jwt_reader = OB3Signer(pem(P256), "ES256"), OB3Verifier(public_pem(P256))
    linked, linked_reader = OB3LdpSigner(pem(ED25519)), OB3LdpVerifier(public_pem(ED25519))
    return [
        measured(
            "openbadgeslib",
            "OB3 JWT, ES256",
            lambda: jwt.sign(credential),
            lambda signed: jwt_reader.verify(signed),
            seconds,
        ),
        measured(
            "openbadgeslib",
            "OB3 Data Integrity, Ed25519",
            lambda: linked.sign(credential),
            lambda signed: linked_reader.verify(signed),
            seconds,
        ),
    ]


def cose(claims: dict[str, Any], seconds: float) -> dict[str, Any]:
    """A COSE_Sign1 message over the same integer-keyed map and the same code as external data."""
    payload = {int(key): value for key, value in claims["map"].items()}
    code, coder = claims["code"].encode(), COSE.new()
    key = COSEKey.from_pem(pem(P256), alg=COSEAlgs.ES256, kid=b"kid001")
    reader = COSEKey.from_pem(public_pem(P256), alg=COSEAlgs.ES256, kid=b"kid001")
    head = {COSEHeaders.ALG: COSEAlgs.ES256, COSEHeaders.KID: b"kid001"}
    return measured(
        "cwt",
        "COSE_Sign1, ES256",
        lambda: coder.encode_and_sign(payload, key, protected=head, external_aad=code),
        lambda signed: coder.decode(signed, reader, external_aad=code),
        seconds,
    )


def claim_169(claims: dict[str, Any], seconds: float) -> list[dict[str, Any]]:
    """MOSIP Claim 169: CWT, zlib, base45. It has no place for training, so that stands in its address text."""
    try:
        import claim169
    except ImportError:  # no wheel for this machine
        return []
    person = claim169.Claim169Input(id=claims["code"], full_name=claims["map"]["1"])
    person.address = " ".join(str(claims["map"][key]) for key in "23456")
    meta = claim169.CwtMetaInput(issuer="did:web:certs.example.org")
    meta.issued_at = int(time.time()) - 60
    secret = P256.private_numbers().private_value.to_bytes(32, "big")
    point = P256.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    seed, public = ED25519.private_bytes_raw(), ED25519.public_key().public_bytes_raw()
    return [
        measured(
            "claim169",
            "Claim 169 (Rust), ES256",
            lambda: claim169.encode_with_ecdsa_p256(person, meta, secret),
            lambda signed: claim169.decode_with_ecdsa_p256(signed, point),
            seconds,
        ),
        measured(
            "claim169",
            "Claim 169 (Rust), Ed25519",
            lambda: claim169.encode_with_ed25519(person, meta, seed),
            lambda signed: claim169.decode_with_ed25519(signed, public),
            seconds,
        ),
    ]


def pem(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def public_pem(key: Any) -> bytes:
    return bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


if __name__ == "__main__":
    main()

"""Make the frozen vectors: `python tests/certificates/proof/make_vectors.py`.

The vectors are committed and must never change while version 1 of the format lives: a change here that
changes a file breaks certificates already printed. `test_vectors.py` makes them again and compares. The
private keys are computed from a sentence that everyone can read, so they protect nothing and are used
nowhere else.

Each hostile vector has one thing wrong and is named after it. Wherever the fault is inside the signed part,
the signature is right, so that only the check for that fault can find it.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[2]))

from certificates.proof import cbor, codes, cose, fragment  # noqa: E402
from certificates.proof.claims import Claims  # noqa: E402
from certificates.proof.keys import KeyState, PublicKey  # noqa: E402
from certificates.proof.sign import LocalSigner, sign  # noqa: E402
from certificates.proof.trust import TrustBundle  # noqa: E402

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
OWNER = "天水市残疾人联合会"


def fixed_signer(name: str) -> LocalSigner:
    scalar = int.from_bytes(hashlib.sha256(f"TwoSkills test vector key: {name}".encode()).digest(), "big")
    return LocalSigner(ec.derive_private_key(scalar % (P256_ORDER - 1) + 1, ec.SECP256R1()))


def fixed_code(name: str) -> str:
    return codes.new_code(lambda size: hashlib.sha256(name.encode()).digest()[:size])


SIGNER = fixed_signer("current")
STRANGER = fixed_signer("stranger")
CODE = fixed_code("certificate")
CLAIMS = Claims(
    name="李明月", skill=20, level=5, hours=120, issued_on=date(2024, 6, 18), base=1705, status_index=123456
)
CLAIMS_MAP = CLAIMS.to_map()
PROTECTED = cose.protected_header(SIGNER.kid)


def public(**changes: Any) -> PublicKey:
    entry: dict[str, Any] = {"owner": OWNER, "not_before": date(2022, 1, 1), "not_after": date(2025, 12, 31)}
    return PublicKey.of(SIGNER.public_key, **(entry | changes))


def bundle(*keys: PublicKey) -> str:
    """A bundle as it was before keys had purposes: all of them are for certificates."""
    content = json.loads(TrustBundle(as_of=date(2024, 7, 1), keys=keys).to_json())
    for jwk in content["keys"]:
        assert jwk.pop("purpose") == "certificate"
    return as_text(content)


def as_text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def off_curve(text: str) -> str:
    """The bundle with the last bit of each y changed: no such point is on the curve."""
    content = json.loads(text)
    for jwk in content["keys"]:
        jwk["y"] = jwk["y"][:-1] + ("Q" if jwk["y"][-1] != "Q" else "U")
    return as_text(content)


def for_service(text: str) -> str:
    """The bundle with every key as one that signs bundles and status lists, never certificates."""
    content = json.loads(text)
    for jwk in content["keys"]:
        jwk["purpose"] = "service"
    return as_text(content)


BUNDLES = {
    "bundle": bundle(
        public(),
        PublicKey.of(
            fixed_signer("other federation").public_key,
            owner="天津市残疾人联合会",
            not_before=date(2023, 1, 1),
        ),
    ),
    "bundle_retired": bundle(public(state=KeyState.RETIRED)),
    "bundle_closed_from_issue_date": bundle(
        public(state=KeyState.COMPROMISED, compromised_from=CLAIMS.issued_on)
    ),
    "bundle_closed_the_day_after": bundle(
        public(state=KeyState.COMPROMISED, compromised_from=date(2024, 6, 19))
    ),
    "bundle_not_yet_valid": bundle(public(not_before=date(2024, 6, 19))),
    "bundle_no_longer_valid": bundle(public(not_after=date(2024, 6, 17))),
    "bundle_service_key": for_service(bundle(public())),
    "bundle_off_curve": off_curve(bundle(public())),
}


def message(
    *,
    payload: bytes | None = None,
    protected: bytes = PROTECTED,
    unprotected: bytes = b"\xa0",
    start: bytes = b"\xd2\x84",
    signature: Callable[[bytes], bytes] = SIGNER.sign,
    encoded_signature: Callable[[bytes], bytes] = cbor2.dumps,
) -> bytes:
    """A COSE_Sign1 message, piece by piece, rightly signed unless `signature` says otherwise."""
    payload = cbor.encode(CLAIMS_MAP) if payload is None else payload
    signed = cbor2.dumps(["Signature1", protected, CODE.encode(), payload])
    pieces = [cbor2.dumps(protected), unprotected, cbor2.dumps(payload), encoded_signature(signature(signed))]
    return start + b"".join(pieces)


def claims(**changes: Any) -> bytes:
    """A signed message whose claims map is changed: `k3=0` sets key 3 to 0, `k3=None` removes it."""
    content: dict[int, Any] = dict(CLAIMS_MAP)
    for name, value in changes.items():
        content[int(name[1:])] = value
    return message(payload=cbor2.dumps({key: value for key, value in content.items() if value is not None}))


def high_s(signature: bytes) -> bytes:
    """The other signature that is as valid: (r, n - s), whichever of the two s was smaller."""
    return signature[:32] + (P256_ORDER - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")


def pair(signature: bytes) -> tuple[bytes, bytes]:
    """Both signatures that fit wherever one of them does."""
    return signature, high_s(signature)


def s_of(signature: bytes) -> int:
    return int.from_bytes(signature[32:], "big")


def flipped(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data, "big") ^ 1 << bit).to_bytes(len(data), "big")


def der(signature: bytes) -> bytes:
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))


def vector(
    about: str,
    data: bytes | None,
    *,
    fails: tuple[int, str] | None = None,
    cose_library: str | None = None,
    text: str | None = None,
    code: str = CODE,
    bundle: str = "bundle",
    expected: Claims | None = None,
) -> dict[str, Any]:
    """One vector. `cose_library`: what a general COSE library must say of the bytes, given the right key:
    "accept", "reject", or None where our rules are stricter than COSE or lie outside it."""
    outcome: dict[str, Any] = {
        "genuine": fails is None,
        "step": None,
        "code": None,
        "claims": None,
        "owner": None,
    }
    if fails is None:
        found = expected or CLAIMS
        outcome["claims"] = {
            "version": found.version,
            "name": found.name,
            "skill": found.skill,
            "level": found.level,
            "hours": found.hours,
            "issued_on": found.issued_on.isoformat(),
            "base": found.base,
            "status_index": found.status_index,
        }
        outcome["owner"] = OWNER
    else:
        outcome["step"], outcome["code"] = fails
    return {
        "about": about,
        "code": code,
        "fragment": fragment.to_digits(data) if text is None and data is not None else text,
        "cose_hex": None if data is None else data.hex(),
        "bundle": bundle,
        "cose_library": cose_library,
        "expect": outcome,
    }


def valid() -> dict[str, dict[str, Any]]:
    vectors = {}
    for name, holder in {
        "valid_two_hanzi": "李明",
        "valid_three_hanzi": "李明月",
        "valid_four_hanzi": "欧阳明月",
        "valid_minority_name": "阿依古丽·买买提",
        "valid_extension_a": "王㛃",
        "valid_extension_b": "陈𠅤",
        "valid_extension_e": "张𬱖",
        "valid_long_name": "阿卜杜热合曼·阿卜杜克热木·买买提依明江",
        "valid_latin_name": "Müller Anna",
    }.items():
        content = replace(CLAIMS, name=holder)
        data = sign(content, code=CODE, signer=SIGNER)
        vectors[name] = vector("A good certificate.", data, cose_library="accept", expected=content)
    smallest = Claims(
        name="一", skill=1, level=0, hours=1, issued_on=date(2022, 1, 1), base=1, status_index=0
    )
    largest = Claims(
        name="𬱖" * 32,
        skill=99_999,
        level=5,
        hours=9_999,
        issued_on=date(2025, 12, 31),
        base=2**32 - 1,
        status_index=2**32 - 1,
    )
    for name, content in (("valid_smallest_values", smallest), ("valid_largest_values", largest)):
        data = sign(content, code=CODE, signer=SIGNER)
        vectors[name] = vector("Every value at its limit.", data, cose_library="accept", expected=content)
    good = message()
    return vectors | {
        "valid_base32": vector(
            "The fragment in base32.", good, cose_library="accept", text=fragment.to_base32(good)
        ),
        "valid_base32_lower_case": vector(
            "The fragment in base32, lower case.",
            good,
            cose_library="accept",
            text=fragment.to_base32(good).lower(),
        ),
        "valid_code_as_typed": vector(
            "The code in lower case, full width, with dashes and O for 0.",
            good,
            code="－".join(codes.format_code(CODE).split()).lower().replace("0", "o"),
        ),
        "valid_malleated_signature": vector(
            "(r, n - s) in place of (r, s): still the same certificate, as codes are compared.",
            message(signature=lambda signed: high_s(SIGNER.sign(signed))),
            cose_library="accept",
        ),
        "valid_low_s": vector(
            "The signature with the lower s of its pair.",
            message(signature=lambda signed: min(pair(SIGNER.sign(signed)), key=s_of)),
            cose_library="accept",
        ),
        "valid_high_s": vector(
            "The signature with the higher s of its pair: some libraries refuse it, no verifier of ours may.",
            message(signature=lambda signed: max(pair(SIGNER.sign(signed)), key=s_of)),
            cose_library="accept",
        ),
        "valid_dated_in_the_future": vector(
            "Dated on the last day of all: without a last day, the key may sign it, and no step asks a clock.",
            claims(k4=36_523),
            cose_library="accept",
            bundle="registry",
            expected=replace(CLAIMS, issued_on=date(2119, 12, 31)),
        ),
        "valid_retired_key": vector(
            "Signed by a key that has since retired.", good, cose_library="accept", bundle="bundle_retired"
        ),
    }


def hostile_codes_and_fragments() -> dict[str, dict[str, Any]]:
    good = message()
    digits = fragment.to_digits(good)
    swapped = CODE[:4] + CODE[5] + CODE[4] + CODE[6:]
    unpadded = fragment.to_base32(b"\xd2\x84\x00")
    bad_code = {
        "code_too_short": (CODE[:-1], "code_length", "One character is missing."),
        "code_empty": ("", "code_length", "No code at all."),
        "code_with_unused_letter": (CODE[:-1] + "N", "code_characters", "N is never used."),
        "code_with_swapped_characters": (swapped, "code_check", "Two neighbours swapped."),
    }
    bad_fragment = {
        "fragment_empty": ("", "fragment_missing", "Nothing after the #."),
        "fragment_oversize": ("1" * 618, "fragment_too_long", "More digits than any certificate has."),
        "fragment_oversize_base32": ("A" * 411, "fragment_too_long", "More base32 than any certificate has."),
        "fragment_nested_10000_deep": (
            fragment.to_base32(b"\xd2" + b"\x81" * 10_000),
            "fragment_too_long",
            "Arrays in arrays, ten thousand deep.",
        ),
        "fragment_of_oversize_message": (
            fragment.to_digits(claims(k1="一" * 60)),
            "fragment_too_long",
            "A rightly signed message of more than 256 bytes.",
        ),
        "fragment_not_digits": ("+" + digits, "fragment_characters", "A sign before the digits."),
        "fragment_full_width_digits": ("１" + digits, "fragment_characters", "Only ASCII digits are digits."),
        "fragment_with_space": (digits[:4] + " " + digits[4:], "fragment_characters", "A space inside."),
        "fragment_leading_zero": ("0" + digits, "fragment_not_canonical", "A zero before the number."),
        "fragment_without_prefix": (
            str(int.from_bytes(good, "big")),
            "fragment_prefix",
            "The number without its 0x01 byte.",
        ),
        "fragment_zero": ("0", "fragment_not_canonical", "The number zero."),
        "fragment_base32_spare_bits": (
            unpadded[:-1] + "B",
            "fragment_not_canonical",
            "Base32 whose unused last bits are not zero.",
        ),
        "fragment_base32_impossible_length": (
            "AAA",
            "fragment_not_canonical",
            "No bytes give three characters.",
        ),
    }
    return {
        name: vector(about, good, fails=(1, reason), code=code)
        for name, (code, reason, about) in bad_code.items()
    } | {
        name: vector(about, None, fails=(2, reason), text=text)
        for name, (text, reason, about) in bad_fragment.items()
    }


def hostile_envelopes() -> dict[str, dict[str, Any]]:
    good = message()
    payload = cbor2.dumps(CLAIMS_MAP)
    kid = SIGNER.kid

    def header(content: Any) -> bytes:
        return message(protected=content if isinstance(content, bytes) else cbor2.dumps(content))

    # "either" also where cwt, the library we ask, takes the algorithm from the key and ignores the header's.
    reject, either = "reject", None
    rows: dict[str, tuple[str, bytes, str, str | None]] = {
        "cbor_empty": ("No bytes at all.", b"", "cose_tag", reject),
        "cbor_truncated": ("The last byte is missing.", good[:-1], "cbor_truncated", reject),
        "cbor_huge_length": (
            "A byte string of 2^53 - 1 bytes.",
            b"\xd2\x84\x5b\0\x1f" + b"\xff" * 6,
            "cbor_truncated",
            reject,
        ),
        "cbor_integer_over_2_53": (
            "A length of 2^53.",
            b"\xd2\x84\x5b\0\x20" + b"\0" * 6,
            "cbor_too_large",
            reject,
        ),
        "cbor_trailing_byte": ("A zero byte after the end.", good + b"\0", "cbor_trailing_bytes", either),
        "cbor_indefinite_array": (
            "The outer array with an indefinite length.",
            message(start=b"\xd2\x9f") + b"\xff",
            "cbor_indefinite_length",
            either,
        ),
        "cbor_indefinite_bytes": (
            "The signature in two chunks.",
            message(
                encoded_signature=lambda s: b"\x5f" + cbor2.dumps(s[:32]) + cbor2.dumps(s[32:]) + b"\xff"
            ),
            "cbor_indefinite_length",
            either,
        ),
        "cbor_long_array_length": (
            "The outer array's length in two bytes.",
            message(start=b"\xd2\x98\x04"),
            "cbor_not_shortest",
            either,
        ),
        "cbor_long_string_length": (
            "The signature's length in three bytes.",
            message(encoded_signature=lambda s: b"\x59\x00\x40" + s),
            "cbor_not_shortest",
            either,
        ),
        "cbor_reserved_length": ("An initial byte that CBOR reserves.", b"\xd2\x9c", "cbor_type", reject),
        "cbor_float": (
            "A float for a signature.",
            message(encoded_signature=lambda s: cbor2.dumps(1.5)),
            "cbor_type",
            reject,
        ),
        "cbor_null_payload": (
            "A detached payload.",
            b"\xd2\x84" + cbor2.dumps(PROTECTED) + b"\xa0\xf6" + cbor2.dumps(SIGNER.sign(b"")),
            "cbor_type",
            reject,
        ),
        "cbor_inner_tag": ("A tag inside.", message(unprotected=b"\xc1\xa0"), "cbor_type", either),
        "cbor_too_deep": (
            "Arrays in arrays.",
            message(unprotected=b"\x81\x81\x81\x81\xa0"),
            "cbor_too_deep",
            reject,
        ),
        "cbor_nested_as_deep_as_fits": (
            "Arrays in arrays as far as a fragment reaches.",
            b"\xd2" + b"\x81" * 254,
            "cbor_too_deep",
            reject,
        ),
        "cbor_bad_utf8": (
            "A text that is not UTF-8.",
            message(unprotected=b"\x62\xc3\x28"),
            "cbor_text",
            reject,
        ),
        "cbor_utf8_surrogate": (
            "Half a surrogate pair.",
            message(unprotected=b"\x63\xed\xa0\x80"),
            "cbor_text",
            reject,
        ),
        "cose_untagged": ("The message without its tag.", good[1:], "cose_tag", either),
        "cose_tag_of_mac0": ("Tag 17, COSE_Mac0.", b"\xd1" + good[1:], "cose_tag", reject),
        "cose_long_tag": ("Tag 18 in two bytes.", b"\xd8\x12" + good[1:], "cose_tag", either),
        "cose_map_not_array": ("A map in the envelope's place.", b"\xd2\xa0", "cose_shape", reject),
        "cose_three_parts": (
            "The signature is missing.",
            b"\xd2\x83" + cbor2.dumps(PROTECTED) + b"\xa0" + cbor2.dumps(payload),
            "cose_shape",
            reject,
        ),
        "cose_five_parts": ("One part too many.", message(start=b"\xd2\x85") + b"\x00", "cose_shape", reject),
        "cose_unprotected_algorithm": (
            "The algorithm a second time, where it is not signed.",
            message(unprotected=cbor2.dumps({1: -7})),
            "cose_shape",
            either,
        ),
        "cose_protected_not_map": ("An array for a header.", header([1, -7]), "cose_header", either),
        "cose_protected_empty": ("An empty header.", header(b""), "cbor_truncated", either),
        "cose_header_extra": (
            "A third header field.",
            header({1: -7, 4: kid, 5: b"iv"}),
            "cose_header",
            either,
        ),
        "cose_header_critical": (
            "A critical header.",
            header({1: -7, 2: [4], 4: kid}),
            "cose_header",
            either,
        ),
        "cose_header_no_kid": ("No key id.", header({1: -7}), "cose_header", either),
        "cose_header_duplicate_key": (
            "The algorithm twice: first ES256, then EdDSA.",
            header(b"\xa3\x01\x26\x01\x27\x04\x46" + kid),
            "cbor_duplicate_key",
            either,
        ),
        "cose_header_wrong_order": (
            "Key id before algorithm.",
            header(b"\xa2\x04\x46" + kid + b"\x01\x26"),
            "cbor_key_order",
            either,
        ),
        "cose_header_text_key": ("A text for a map key.", header({"alg": -7}), "cbor_key", either),
        "cose_alg_none": ("No algorithm.", header({4: kid}), "cose_algorithm", either),
        "cose_alg_zero": ("Algorithm 0, reserved.", header({1: 0, 4: kid}), "cose_algorithm", either),
        "cose_alg_es384": ("Algorithm ES384.", header({1: -35, 4: kid}), "cose_algorithm", either),
        "cose_alg_eddsa": ("Algorithm EdDSA.", header({1: -8, 4: kid}), "cose_algorithm", either),
        "cose_alg_hmac": ("Algorithm HMAC 256/256.", header({1: 5, 4: kid}), "cose_algorithm", either),
        "cose_alg_text": ("The algorithm's name.", header({1: "ES256", 4: kid}), "cose_algorithm", either),
        "cose_kid_too_short": ("A key id of 5 bytes.", header({1: -7, 4: kid[:5]}), "cose_key_id", either),
        "cose_kid_text": ("A key id in text.", header({1: -7, 4: "abcdef"}), "cose_key_id", either),
        "cose_signature_der": (
            "The signature in DER.",
            message(signature=lambda signed: der(SIGNER.sign(signed))),
            "cose_signature_size",
            reject,
        ),
    }
    vectors = {}
    for name, (about, data, reason, library) in rows.items():
        if not data:
            vectors[name] = vector(about, data, fails=(3, reason), text="1", cose_library=library)
        else:
            vectors[name] = vector(about, data, fails=(3, reason), cose_library=library)
    return vectors


def hostile_keys_and_signatures() -> dict[str, dict[str, Any]]:
    good = message()
    other = fixed_code("another certificate")
    name_at = good.index("李".encode())
    stranger_header = cose.protected_header(STRANGER.kid)
    wrong = (5, "signature_wrong")

    def bare(r: int, s: int) -> bytes:
        return message(signature=lambda _: r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    own = SIGNER.sign(b"")
    r_of_own = int.from_bytes(own[:32], "big")
    return {
        "key_unknown": vector(
            "Rightly signed, by a key that is not in the bundle.",
            message(protected=stranger_header, signature=STRANGER.sign),
            fails=(4, "key_unknown"),
            cose_library="reject",
        ),
        "key_id_bit_flipped": vector(
            "One bit of the key id changed.",
            flipped(good, 8 * (len(good) - good.index(SIGNER.kid) - 1)),
            fails=(4, "key_unknown"),
            cose_library="reject",
        ),
        "key_for_service": vector(
            "Signed by a key that may sign bundles and status lists, but no certificates.",
            good,
            fails=(4, "key_purpose"),
            bundle="bundle_service_key",
        ),
        "key_off_curve": vector(
            "The bundle's key is not a point of the curve.",
            good,
            fails=(4, "key_off_curve"),
            bundle="bundle_off_curve",
        ),
        "key_id_of_another": vector(
            "A stranger's signature under our key id.",
            message(signature=STRANGER.sign),
            fails=wrong,
            cose_library="reject",
        ),
        "signature_for_other_code": vector(
            "A good fragment moved to another certificate's code.",
            good,
            fails=wrong,
            code=other,
            cose_library="reject",
        ),
        "signature_without_code": vector(
            "Signed with an empty external_aad.",
            message(
                signature=lambda _: SIGNER.sign(
                    cose.to_be_signed(protected=PROTECTED, payload=cbor.encode(CLAIMS_MAP), code="")
                )
            ),
            fails=wrong,
            cose_library="reject",
        ),
        "signature_bit_flipped": vector(
            "The last bit of the signature changed.", flipped(good, 0), fails=wrong, cose_library="reject"
        ),
        "name_bit_flipped": vector(
            "One bit of the name changed.",
            flipped(good, 8 * (len(good) - name_at - 3)),
            fails=wrong,
            cose_library="reject",
        ),
        "name_replaced": vector(
            "Another name of the same length.",
            good.replace("李明月".encode(), "王明月".encode()),
            fails=wrong,
            cose_library="reject",
        ),
        "signature_zero": vector("r = s = 0.", bare(0, 0), fails=wrong, cose_library="reject"),
        "signature_zero_s": vector("s = 0.", bare(r_of_own, 0), fails=wrong, cose_library="reject"),
        "signature_order": vector(
            "r = s = n.", bare(P256_ORDER, P256_ORDER), fails=wrong, cose_library="reject"
        ),
        "signature_swapped": vector(
            "(s, r) in place of (r, s).",
            message(signature=lambda signed: SIGNER.sign(signed)[32:] + SIGNER.sign(signed)[:32]),
            fails=wrong,
            cose_library="reject",
        ),
    }


def hostile_claims() -> dict[str, dict[str, Any]]:
    payload = cbor2.dumps(CLAIMS_MAP)
    rows: dict[str, tuple[bytes, str]] = {
        "payload_empty": (message(payload=b""), "cbor_truncated"),
        "payload_trailing_byte": (message(payload=payload + b"\x00"), "cbor_trailing_bytes"),
        "payload_indefinite_map": (
            message(payload=b"\xbf" + payload[1:] + b"\xff"),
            "cbor_indefinite_length",
        ),
        "payload_long_integer": (
            message(payload=payload.replace(b"\x03\x18\x78", b"\x03\x19\x00\x78")),
            "cbor_not_shortest",
        ),
        "payload_duplicate_key": (message(payload=b"\xa8\x00\x01" + payload[1:]), "cbor_duplicate_key"),
        "payload_wrong_order": (message(payload=b"\xa7" + payload[3:] + payload[1:3]), "cbor_key_order"),
        "payload_float_hours": (claims(k3=120.0), "cbor_type"),
        "payload_true_version": (claims(k0=True), "cbor_type"),
        "claims_array": (message(payload=cbor2.dumps(list(CLAIMS_MAP.values()))), "claims_shape"),
        "claims_text": (message(payload=cbor2.dumps("李明月")), "claims_shape"),
        "claims_missing_key": (claims(k3=None), "claims_shape"),
        "claims_extra_key": (claims(k7=1), "claims_shape"),
        "claims_other_key": (claims(k6=None, k7=1), "claims_shape"),
        "claims_version_2": (claims(k0=2), "claims_version"),
        "claims_version_missing": (claims(k0=None), "claims_version"),
        "claims_name_bytes": (claims(k1="李明月".encode()), "claims_name"),
        "claims_name_empty": (claims(k1=""), "claims_name"),
        "claims_name_number": (claims(k1=1), "claims_name"),
        "claims_name_too_long": (claims(k1="一" * 43), "claims_name"),
        "claims_name_not_nfc": (claims(k1="Mu\u0308ller"), "claims_name"),
        "claims_name_compatibility_ideograph": (claims(k1="\uf9e1明"), "claims_name"),
        "claims_name_leading_space": (claims(k1=" 李明"), "claims_name"),
        "claims_name_trailing_wide_space": (claims(k1="李明\u3000"), "claims_name"),
        "claims_name_newline": (claims(k1="李\n明"), "claims_name"),
        "claims_name_zero_width": (claims(k1="李\u200b明"), "claims_name"),
        "claims_name_right_to_left": (claims(k1="李\u202e明"), "claims_name"),
        "claims_name_byte_order_mark": (claims(k1="\ufeff李明"), "claims_name"),
        "claims_name_tag_character": (claims(k1="李明\U000e0041"), "claims_name"),
        "claims_skill_zero": (claims(k2=5), "claims_skill"),
        "claims_skill_too_large": (claims(k2=1_000_001), "claims_skill"),
        "claims_skill_negative": (claims(k2=-1), "claims_skill"),
        "claims_skill_text": (claims(k2="20"), "claims_skill"),
        "claims_level_6": (claims(k2=206), "claims_skill"),
        "claims_hours_zero": (claims(k3=0), "claims_hours"),
        "claims_hours_10000": (claims(k3=10_000), "claims_hours"),
        "claims_hours_text": (claims(k3="120"), "claims_hours"),
        "claims_issued_on_negative": (claims(k4=-1), "claims_issued_on"),
        "claims_issued_on_too_late": (claims(k4=36_524), "claims_issued_on"),
        "claims_issued_on_text": (claims(k4="2024-06-18"), "claims_issued_on"),
        "claims_base_zero": (claims(k5=0), "claims_base"),
        "claims_base_too_large": (claims(k5=2**32), "claims_base"),
        "claims_status_index_negative": (claims(k6=-1), "claims_status_index"),
        "claims_status_index_too_large": (claims(k6=2**32), "claims_status_index"),
    }
    return {
        name: vector("Rightly signed content that is not a certificate's.", data, fails=(6, reason))
        for name, (data, reason) in rows.items()
    }


def key_windows() -> dict[str, dict[str, Any]]:
    good = message()
    outside, closed = (7, "key_outside_window"), (7, "key_compromised")
    vectors = {
        "window_not_yet": vector(
            "Dated the day before the key began.", good, fails=outside, bundle="bundle_not_yet_valid"
        ),
        "window_no_longer": vector(
            "Dated the day after the key ended.", good, fails=outside, bundle="bundle_no_longer_valid"
        ),
        "window_dated_in_the_future": vector(
            "Dated long after the key's last day.", claims(k4=36_523), fails=outside
        ),
        "window_closed_that_day": vector(
            "Dated on the day from which the key is closed.",
            good,
            fails=closed,
            bundle="bundle_closed_from_issue_date",
        ),
        "window_closed_later": vector(
            "Dated before the key was closed: a thief can date back, so only the registry's record can tell.",
            good,
            bundle="bundle_closed_the_day_after",
        ),
    }
    vectors["window_closed_later"]["expect"]["genuine"] = None
    return vectors


def files() -> dict[str, str]:
    """Every vector file's path under `vectors/` and its text."""
    everything = {
        **valid(),
        **hostile_codes_and_fragments(),
        **hostile_envelopes(),
        **hostile_keys_and_signatures(),
        **hostile_claims(),
        **key_windows(),
    }
    texts = {f"bundles/{name}.json": text for name, text in BUNDLES.items()}
    for name, content in everything.items():
        texts[f"{name}.json"] = as_text(content)
    return texts


if __name__ == "__main__":
    for path, text in files().items():
        target = HERE / "vectors" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    print(f"{len(files())} files written to {HERE / 'vectors'}")

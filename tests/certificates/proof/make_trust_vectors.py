"""Make the frozen vectors of trust bundles and status lists: `python tests/certificates/proof/make_trust_vectors.py`.

`vectors/trust` holds bundles as a verifier may meet them, `vectors/status` certificates with a status list; each
hostile one has one thing wrong and is named after it. Like the certificates' vectors they must never change.

The compressed lists are constants: what a compressor writes differs between its versions.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parents[2]):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))

from make_vectors import CLAIMS, CODE, OWNER, SIGNER, as_text, fixed_signer  # noqa: E402

from certificates.proof import base64url, cose, fragment, jws  # noqa: E402
from certificates.proof.keys import KeyPurpose, KeyState, PublicKey  # noqa: E402
from certificates.proof.sign import LocalSigner, sign  # noqa: E402
from certificates.proof.status_token import CWT_TYPE, JWT_TYPE  # noqa: E402
from certificates.proof.trust import BUNDLE_TYPE, TrustBundle, sign_bundle  # noqa: E402

AT = datetime(2024, 7, 1, 4, tzinfo=UTC)
NOW = int(AT.timestamp())
HOUR, DAY = 3600, 86_400
ISSUER = "https://cert.example.cn"
URI = f"{ISSUER}/status/0"
SERVICE, COMING, USURPER = fixed_signer("service"), fixed_signer("coming service"), fixed_signer("usurper")

# draft-ietf-oauth-status-list-21, appendix C.2: 2^20 entries; withdrawn at 0, suspended at 1993, replaced at 159495.
LIST = base64url.decode(
    "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEB5WwIAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQA"
    "AAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81gAQw"
)
# The draft's own example of §4.1: twelve entries.
SHORT_LIST = bytes.fromhex("78da3be9f2130003df0207")
WITHDRAWN, SUSPENDED, REPLACED = 0, 1993, 159_495
IN_FORCE = CLAIMS.status_index


def service(signer: LocalSigner = SERVICE, **changes: Any) -> PublicKey:
    entry: dict[str, Any] = {"owner": "登记处", "purpose": KeyPurpose.SERVICE, "not_before": date(2024, 1, 1)}
    return PublicKey.of(signer.public_key, **(entry | changes))


def federation(**changes: Any) -> PublicKey:
    return PublicKey.of(SIGNER.public_key, **({"owner": OWNER, "not_before": date(2022, 1, 1)} | changes))


def bundle(*keys: PublicKey, **changes: Any) -> TrustBundle:
    whole = TrustBundle(as_of=AT.date(), keys=keys or (federation(), service()), issuer=ISSUER, issued_at=AT)
    return replace(whole, **changes)


COMPROMISED: dict[str, Any] = {"state": KeyState.COMPROMISED, "compromised_from": date(2024, 6, 19)}
BUNDLES = {
    "registry": bundle(),
    "registry_service_compromised": bundle(federation(), service(**COMPROMISED)),
    "registry_service_retired": bundle(
        federation(), service(state=KeyState.RETIRED, not_after=date(2024, 6, 30))
    ),
    "registry_service_next": bundle(federation(), service(state=KeyState.NEXT, not_before=date(2024, 7, 1))),
    "registry_service_not_yet": bundle(
        federation(), service(state=KeyState.NEXT, not_before=date(2024, 7, 2))
    ),
    "registry_key_closed": bundle(federation(**COMPROMISED), service()),
}


def pin(signer: LocalSigner = SERVICE) -> str:
    return base64url.encode(service(signer).thumbprint)


def trust(
    about: str,
    text: str,
    code: str | None = None,
    *,
    pins: list[str] | None = None,
    held: TrustBundle | None = None,
) -> dict[str, Any]:
    """`text` is offered to a verifier that has these pins, or that holds that bundle already; `code` refuses it."""
    return {
        "about": about,
        "text": text,
        "pins": pins,
        "held": None if held is None else json.loads(held.to_json()),
        "expect": code,
    }


def payload(whole: TrustBundle, **changes: Any) -> dict[str, Any]:
    content = json.loads(whole.to_json()) | changes
    return {name: value for name, value in content.items() if value is not None}


def signed(content: Any, *signers: LocalSigner, typ: str = BUNDLE_TYPE) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return jws.sign_general(raw, typ=typ, signers=signers or (SERVICE,))


def with_key(**changes: Any) -> str:
    """A rightly signed bundle whose first key is changed; None takes a member away."""
    content = payload(bundle())
    key = content["keys"][0] | changes
    content["keys"][0] = {name: value for name, value in key.items() if value is not None}
    return signed(content)


def with_header(**changes: Any) -> str:
    """A bundle rightly signed under a changed header; None takes a member away."""
    encoded = base64url.encode(json.dumps(payload(bundle())).encode())
    header = {"alg": "ES256", "kid": base64url.encode(SERVICE.kid), "typ": BUNDLE_TYPE} | changes
    kept = {name: value for name, value in header.items() if value is not None}
    protected = base64url.encode(json.dumps(kept).encode())
    signature = base64url.encode(SERVICE.sign(f"{protected}.{encoded}".encode()))
    return json.dumps({"payload": encoded, "signatures": [{"protected": protected, "signature": signature}]})


def with_message(**changes: Any) -> str:
    return json.dumps(json.loads(signed(payload(bundle()))) | changes)


def damaged(text: str) -> str:
    """The message with one letter of its payload changed, so that it says another year."""
    content = json.loads(text)
    changed = base64url.decode(content["payload"]).replace(b"2022-01-01", b"2021-01-01")
    return json.dumps(content | {"payload": base64url.encode(changed)})


class Namesake:
    """A stranger who signs under our key id."""

    kid = SERVICE.kid
    sign = USURPER.sign


def good_bundles() -> dict[str, dict[str, Any]]:
    good, both = bundle(), bundle(federation(), service(), service(COMING))
    early = bundle(federation(), service(), service(COMING, state=KeyState.NEXT, not_before=date(2024, 7, 1)))
    later = replace(early, issued_at=AT + timedelta(hours=1))
    foreign = payload(good)
    foreign["keys"].append({"kty": "OKP", "crv": "Ed25519", "x": "AA", "purpose": "credential"})
    beside = json.loads(signed(payload(good)))
    beside["signatures"].insert(0, {"protected": base64url.encode(b'{"alg":"SM2SM3"}'), "signature": "AAAA"})
    return {
        "good_pinned": trust("Signed by the pinned service key.", sign_bundle(good, [SERVICE]), pins=[pin()]),
        "good_one_of_two_pins": trust(
            "One of the pins fits.", sign_bundle(good, [SERVICE]), pins=[pin(USURPER), pin()]
        ),
        "good_two_signatures": trust(
            "Two service keys signed; the second is the pinned one.",
            sign_bundle(both, [SERVICE, COMING]),
            pins=[pin(COMING)],
        ),
        "good_first_seen": trust("Signed, and no pin to hold it to.", sign_bundle(good, [SERVICE])),
        "good_plain": trust("Not signed, got by hand.", good.to_json()),
        "good_renewed": trust("Newer, by a key we hold.", sign_bundle(later, [SERVICE]), held=good),
        "good_renewed_by_next_key": trust(
            "Newer, by a key announced before its time.", sign_bundle(later, [COMING]), held=early
        ),
        "good_renewed_same": trust("The one we hold.", sign_bundle(good, [SERVICE]), held=good),
        "good_key_for_something_else": trust(
            "A key of another kind, for a purpose we do not know, is passed over.",
            signed(foreign),
            pins=[pin()],
        ),
        "good_later_algorithm_beside": trust(
            "A signature of an algorithm we do not know, beside ours.", json.dumps(beside), pins=[pin()]
        ),
    }


def hostile_bundles() -> dict[str, dict[str, Any]]:
    good, older = bundle(), bundle(issued_at=AT - timedelta(seconds=1))
    usurped = bundle(federation(), service(), service(USURPER))
    text, wrong = sign_bundle(good, [SERVICE]), "bundle_signature"
    compromised = BUNDLES["registry_service_compromised"]
    vectors = {
        "not_json": trust("Not JSON.", "{", "bundle_format"),
        "not_an_object": trust("JSON, but no object.", "[]", "bundle_format"),
        "nested_10000_deep": trust("Ten thousand arrays.", "[" * 10_000 + "]" * 10_000, "bundle_format"),
        "format_unknown": trust("A later format.", signed(payload(good, format="x-2")), "bundle_format"),
        "unsigned": trust(
            "No signature, but there is a pin.", good.to_json(), "bundle_unsigned", pins=[pin()]
        ),
        "unsigned_renewal": trust("Newer, but not signed.", good.to_json(), "bundle_unsigned", held=older),
        "pin_of_another": trust("No pinned key signed it.", text, wrong, pins=[pin(USURPER)]),
        "payload_changed": trust("A day in the payload changed.", damaged(text), wrong, pins=[pin()]),
        "signature_of_stranger": trust(
            "A stranger signed under our key id.", sign_bundle(good, [Namesake()]), wrong, pins=[pin()]
        ),
        "signed_by_certificate_key": trust(
            "Signed by a federation's key.", sign_bundle(good, [SIGNER]), wrong
        ),
        "signed_by_compromised_key": trust(
            "The pinned key signed it, and the bundle calls that key compromised.",
            sign_bundle(compromised, [SERVICE]),
            wrong,
            pins=[pin()],
        ),
        "signed_by_retired_key": trust(
            "Signed the day after the key's last day.",
            sign_bundle(BUNDLES["registry_service_retired"], [SERVICE]),
            wrong,
        ),
        "signed_before_time": trust(
            "Signed the day before the key's first day.",
            sign_bundle(BUNDLES["registry_service_not_yet"], [SERVICE]),
            wrong,
        ),
        "renewed_by_its_own_key": trust(
            "Newer, signed only by a key that it brings along itself.",
            sign_bundle(usurped, [USURPER]),
            wrong,
            held=older,
        ),
        "renewed_by_compromised_key": trust(
            "Newer, by a key that the bundle we hold calls compromised.",
            text,
            wrong,
            held=replace(compromised, issued_at=older.issued_at),
        ),
        "older": trust(
            "Older than the one we hold.", sign_bundle(older, [SERVICE]), "bundle_older", held=good
        ),
        "issuer_of_another": trust(
            "Another registry's.",
            sign_bundle(replace(good, issuer="https://other.example.cn"), [SERVICE]),
            "bundle_issuer",
            held=older,
        ),
        "without_time": trust("Signed without a time.", signed(payload(good, iat=None)), "bundle_format"),
        "without_issuer": trust(
            "Signed without an issuer.", signed(payload(good, issuer=None)), "bundle_format"
        ),
        "issuer_with_path": trust(
            "The issuer has a path.", signed(payload(good, issuer=f"{ISSUER}/x")), "bundle_format"
        ),
        "payload_not_json": trust("A signed payload that is not JSON.", signed(b"{"), "jws_format"),
        "payload_bad_utf8": trust("A signed payload that is not UTF-8.", signed(b'"\xff"'), "jws_format"),
        "payload_padded": trust(
            "The payload's base64url has padding.", with_message(payload="e30="), "jws_format"
        ),
        "no_signatures": trust("An empty list of signatures.", with_message(signatures=[]), "jws_format"),
        "nine_signatures": trust(
            "More signatures than eight.", with_message(signatures=[{}] * 9), "jws_format"
        ),
        "header_none": trust("The algorithm none.", with_header(alg="none"), "jws_algorithm"),
        "header_hmac": trust("An HMAC.", with_header(alg="HS256"), "jws_algorithm"),
        "header_critical": trust("A critical header.", with_header(crit=["b64"], b64=True), "jws_critical"),
        "header_type": trust("A status list's type.", with_header(typ=JWT_TYPE), "jws_type"),
        "header_no_type": trust("No type.", with_header(typ=None), "jws_type"),
        "header_short_key_id": trust("A key id of 3 bytes.", with_header(kid="AAAA"), "jws_key_id"),
        "header_no_key_id": trust("No key id.", with_header(kid=None), "jws_format"),
    }
    short = json.loads(text)
    short["signatures"][0]["signature"] = base64url.encode(bytes(63))
    vectors["signature_short"] = trust("63 bytes of signature.", json.dumps(short), "jws_signature_size")
    unprotected = json.loads(text)
    unprotected["signatures"][0]["header"] = {"kid": "x"}
    vectors["header_unprotected"] = trust("An unprotected header.", json.dumps(unprotected), "jws_format")
    return vectors


def hostile_keys() -> dict[str, dict[str, Any]]:
    rows: dict[str, tuple[str, dict[str, Any], str]] = {
        "key_private": ("A private key.", {"d": "AA"}, "key_private"),
        "key_private_for_something_else": (
            "A private key for a purpose we do not know.",
            {"d": "AA", "purpose": "credential"},
            "key_private",
        ),
        "key_rsa": ("An RSA key.", {"kty": "RSA"}, "key_not_p256"),
        "key_other_curve": ("Another curve.", {"crv": "P-384"}, "key_not_p256"),
        "key_other_algorithm": ("Another algorithm.", {"alg": "ES384"}, "key_not_p256"),
        "key_off_curve": ("Not a point of the curve.", {"x": "A" * 43}, "key_off_curve"),
        "key_short": ("31 bytes of x.", {"x": "A" * 42}, "key_off_curve"),
        "key_id_wrong": ("Another key's id.", {"kid": "AAAAAAAA"}, "key_id_wrong"),
        "key_without_owner": ("No owner.", {"owner": None}, "bundle_format"),
        "key_owner_invisible": (
            "A character that turns text around in the owner.",
            {"owner": "甲\u202e乙"},
            "bundle_format",
        ),
        "key_state_unknown": ("An unknown state.", {"state": "lost"}, "bundle_format"),
        "key_purpose_number": ("A purpose that is no text.", {"purpose": 1}, "bundle_format"),
        "key_day_short": ("A day without dashes.", {"not_before": "20220101"}, "bundle_format"),
        "key_day_impossible": ("30 February.", {"not_before": "2022-02-30"}, "bundle_format"),
        "key_ends_before_it_begins": ("It ends too early.", {"not_after": "2021-12-31"}, "key_dates"),
        "key_retired_without_end": ("Retired, no last day.", {"state": "retired"}, "key_dates"),
        "key_compromised_without_day": ("Compromised, no day.", {"state": "compromised"}, "key_dates"),
        "key_active_with_closing_day": (
            "Closed from a day, yet active.",
            {"compromised_from": "2024-06-19"},
            "key_dates",
        ),
    }
    return {name: trust(about, with_key(**change), code) for name, (about, change, code) in rows.items()}


def certificate(status_index: int) -> str:
    return fragment.to_digits(sign(replace(CLAIMS, status_index=status_index), code=CODE, signer=SIGNER))


def jwt(signer: Any = SERVICE, typ: str = JWT_TYPE, lst: bytes = LIST, **changes: Any) -> str:
    claims = {
        "sub": URI,
        "iat": NOW - HOUR,
        "exp": NOW + DAY,
        "ttl": HOUR,
        "status_list": {"bits": 2, "lst": base64url.encode(lst)},
    } | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jws.sign_compact(json.dumps(kept, separators=(",", ":")).encode(), typ=typ, signer=signer)


def cwt(signer: Any = SERVICE, typ: str | None = CWT_TYPE, lst: bytes = LIST, **changes: Any) -> bytes:
    numbers = {"sub": 2, "exp": 4, "iat": 6, "status_list": 65533, "ttl": 65534}
    claims = {
        "sub": URI,
        "iat": NOW - HOUR,
        "exp": NOW + DAY,
        "ttl": HOUR,
        "status_list": {"bits": 2, "lst": lst},
    } | changes
    kept = {numbers[name]: value for name, value in claims.items() if value is not None}
    encoded = cbor2.dumps(kept, canonical=True)
    protected = cose.protected_header(signer.kid, typ=typ)
    signature = signer.sign(cose.to_be_signed(protected=protected, payload=encoded))
    return cose.build(protected=protected, payload=encoded, signature=signature)


def status(
    about: str,
    kind: str,
    reason: str | None = None,
    says: str | None = None,
    *,
    index: int = IN_FORCE,
    bundle_name: str = "registry",
    now: int = NOW,
    fragment_text: str | None = None,
    step: int | None = None,
    jwt_text: str | None = None,
    cwt_bytes: bytes | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """A certificate, a moment and a status list in both forms, made alike unless one is given."""
    if jwt_text is None and cwt_bytes is None:
        jwt_text, cwt_bytes = jwt(**changes), cwt(**changes)
    return {
        "about": about,
        "code": CODE,
        "fragment": fragment_text or certificate(index),
        "bundle": bundle_name,
        "now": now,
        "uri": URI,
        "jwt": jwt_text,
        "cwt_hex": None if cwt_bytes is None else cwt_bytes.hex(),
        "expect": {"kind": kind, "reason": reason, "step": step, "status": says},
    }


def statuses() -> dict[str, dict[str, Any]]:
    old, unknown = NOW + 30 * DAY, "status_unknown"
    return {
        "in_force": status("Listed as valid, today.", "in_force", None, "valid"),
        "withdrawn": status("Listed as invalid.", "withdrawn", None, "invalid", index=WITHDRAWN),
        "suspended": status("Listed as suspended.", "suspended", None, "suspended", index=SUSPENDED),
        "replaced": status("Listed as replaced.", "replaced", None, "replaced", index=REPLACED),
        "neighbour": status("The place beside a withdrawn one.", "in_force", None, "valid", index=1),
        "expired_valid": status("Valid a month ago.", unknown, "status_expired", "valid", now=old),
        "expired_suspended": status(
            "Suspended a month ago: it may be in force again.",
            unknown,
            "status_expired",
            "suspended",
            index=SUSPENDED,
            now=old,
        ),
        "expired_withdrawn": status(
            "Withdrawn a month ago is withdrawn for good.",
            "withdrawn",
            None,
            "invalid",
            index=WITHDRAWN,
            now=old,
        ),
        "expired_replaced": status(
            "Replaced a month ago is replaced for good.",
            "replaced",
            None,
            "replaced",
            index=REPLACED,
            now=old,
        ),
        "expires_now": status("The second it expires.", unknown, "status_expired", "valid", now=NOW + DAY),
        "expires_in_a_second": status("A second earlier.", "in_force", None, "valid", now=NOW + DAY - 1),
        "without_ttl": status("No ttl: it is only advice.", "in_force", None, "valid", ttl=None),
        "service_key_next": status(
            "Signed on the first day of a key announced before.",
            "in_force",
            None,
            "valid",
            bundle_name="registry_service_next",
            iat=NOW,
        ),
        "key_closed_valid": status(
            "The certificate's key was closed later: a list cannot vouch for it.",
            "cannot_tell",
            "registry_needed",
            "valid",
            bundle_name="registry_key_closed",
        ),
        "not_genuine": status(
            "A list cannot save a false certificate.",
            "not_genuine",
            "signature_wrong",
            fragment_text=fragment.to_digits(sign(CLAIMS, code=CODE, signer=Stranger())),
            step=5,
        ),
        "missing": status("No list.", unknown, "status_missing") | {"jwt": None, "cwt_hex": None},
    }


class Stranger:
    kid = SIGNER.kid
    sign = USURPER.sign


def hostile_statuses() -> dict[str, dict[str, Any]]:
    unknown, form, key = "status_unknown", "status_format", "status_key"
    good = jwt().split(".")
    cut = LIST[:-5]

    def lst(**changes: Any) -> dict[str, Any]:
        """Both forms with the same wrong `status_list`."""
        packed = {"bits": 2, "lst": LIST} | changes
        kept = {name: value for name, value in packed.items() if value is not None}
        text = dict(kept)
        if isinstance(text.get("lst"), bytes):
            text["lst"] = base64url.encode(text["lst"])
        return {"jwt_text": jwt(status_list=text), "cwt_bytes": cwt(status_list=kept)}

    return {
        "other_list": status("Another list.", unknown, "status_uri", sub=f"{ISSUER}/status/1"),
        "other_host": status("Another host.", unknown, "status_uri", sub="https://x.cn/status/0"),
        "without_subject": status("No name.", unknown, "status_uri", sub=None),
        "from_the_future": status("Made in 301 seconds.", unknown, "status_future", iat=NOW + 301),
        "from_a_fast_clock": status("Made in 300 seconds.", "in_force", None, "valid", iat=NOW + 300),
        "signed_by_certificate_key": status("A federation signed it.", unknown, key, signer=SIGNER),
        "signed_by_unknown_key": status("A stranger signed it.", unknown, key, signer=USURPER),
        "signed_under_our_key_id": status("A stranger under our key id.", unknown, key, signer=Namesake()),
        "service_key_compromised": status(
            "The service key is compromised.", unknown, key, bundle_name="registry_service_compromised"
        ),
        "service_key_retired": status(
            "Signed after the key's last day.", unknown, key, bundle_name="registry_service_retired"
        ),
        "service_key_not_yet": status(
            "Signed before the key's first day.", unknown, key, bundle_name="registry_service_not_yet"
        ),
        "without_time": status("No time.", unknown, form, iat=None),
        "without_expiry": status("No expiry.", unknown, form, exp=None),
        "time_text": status("The time as a text.", unknown, form, iat="2024-07-01"),
        "time_negative": status("A time before 1970.", unknown, form, iat=-1),
        "expiry_too_late": status("An expiry after the year 2242.", unknown, form, exp=2**33),
        "ttl_zero": status("No second to live.", unknown, form, ttl=0),
        "without_list": status("No list.", unknown, form, status_list=None),
        "list_without_bits": status("No size of entry.", unknown, form, **lst(bits=None)),
        "list_without_content": status("No content.", unknown, form, **lst(lst=None)),
        "list_of_one_bit": status("One bit each.", unknown, "status_size", **lst(bits=1)),
        "list_of_eight_bits": status("Eight bits each.", unknown, "status_size", **lst(bits=8)),
        "list_short": status("Twelve entries.", unknown, "status_size", **lst(lst=SHORT_LIST)),
        "list_empty": status("No bytes.", unknown, "status_compression", **lst(lst=b"")),
        "list_cut": status("The last bytes are missing.", unknown, "status_compression", **lst(lst=cut)),
        "list_trailing_byte": status(
            "A byte after its end.", unknown, "status_compression", **lst(lst=LIST + b"\0")
        ),
        "list_checksum_wrong": status(
            "The checksum does not fit.", unknown, "status_compression", **lst(lst=LIST[:-1] + b"\0")
        ),
        "list_not_compressed": status(
            "Not compressed.", unknown, "status_compression", **lst(lst=b"\0" * 300)
        ),
        "jwt_two_parts": status("No signature.", unknown, "jws_format", jwt_text=".".join(good[:2])),
        "jwt_four_parts": status("Four parts.", unknown, "jws_format", jwt_text=".".join([*good, ""])),
        "jwt_type": status("Another type.", unknown, "jws_type", jwt_text=jwt(typ="JWT")),
        "jwt_list_not_base64url": status(
            "The list in ordinary base64.",
            unknown,
            form,
            jwt_text=jwt(status_list={"bits": 2, "lst": "+/=="}),
        ),
        "jwt_payload_not_json": status(
            "A signed payload that is not JSON.",
            unknown,
            "jws_format",
            jwt_text=jws.sign_compact(b"{", typ=JWT_TYPE, signer=SERVICE),
        ),
        "jwt_payload_no_object": status(
            "A signed payload that is no object.",
            unknown,
            form,
            jwt_text=jws.sign_compact(b"[]", typ=JWT_TYPE, signer=SERVICE),
        ),
        "cwt_type": status("Another type.", unknown, "cose_type", cwt_bytes=cwt(typ="application/cwt")),
        "cwt_without_type": status("No type.", unknown, "cose_header", cwt_bytes=cwt(typ=None)),
        "cwt_untagged": status("No tag.", unknown, "jws_format", cwt_bytes=cwt()[1:]),
        "cwt_trailing_byte": status(
            "A byte after its end.", unknown, "cbor_trailing_bytes", cwt_bytes=cwt() + b"\0"
        ),
    }


def files() -> dict[str, str]:
    """Every file's path under `vectors/` and its text."""
    texts = {f"bundles/{name}.json": whole.to_json() for name, whole in BUNDLES.items()}
    for name, content in {**good_bundles(), **hostile_bundles(), **hostile_keys()}.items():
        texts[f"trust/{name}.json"] = as_text(content)
    for name, content in {**statuses(), **hostile_statuses()}.items():
        texts[f"status/{name}.json"] = as_text(content)
    return texts


if __name__ == "__main__":
    for path, text in files().items():
        target = HERE / "vectors" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    print(f"{len(files())} files written to {HERE / 'vectors'}")

"""Signing and verifying: what is signed verifies, anything else fails, and nothing ever crashes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import cose, fragment
from certificates.proof.claims import Claims
from certificates.proof.errors import AddressError, EnvelopeError, KeyBundleError, ProofError
from certificates.proof.keys import PublicKey
from certificates.proof.sign import LocalSigner, sign
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify, verify_url


@given(
    name=st.text(alphabet="李明月㛃𠅤𬱖·", min_size=1, max_size=10),
    skill=st.integers(1, 99_999),
    level=st.integers(0, 5),
    hours=st.integers(1, 9_999),
    issued_on=st.dates(date(2022, 1, 1), date(2025, 12, 31)),
    base=st.integers(1, 2**32 - 1),
    status_index=st.integers(0, 2**32 - 1),
)
def test_what_is_signed_verifies(maker: Any, bundle: TrustBundle, **values: Any) -> None:
    claims = Claims(**values)
    data = sign(claims, code=maker.CODE, signer=maker.SIGNER)
    verified = verify_url(
        fragment.url("https://cert.example.cn", maker.CODE, fragment.to_digits(data)), bundle
    )
    assert verified.claims == claims
    assert verified.code == maker.CODE
    assert verified.owner == "天水市残疾人联合会"
    assert verified.kid == maker.SIGNER.kid
    assert verified.bundle_as_of == date(2024, 7, 1)
    assert verified.registry_needed is False


def test_every_single_flipped_bit_fails(maker: Any, bundle: TrustBundle, claims: Claims) -> None:
    data = sign(claims, code=maker.CODE, signer=maker.SIGNER)
    for bit in range(8 * len(data)):
        with pytest.raises(ProofError):
            verify(maker.CODE, fragment.to_digits(maker.flipped(data, bit)), bundle)


def test_every_cut_fails(maker: Any, bundle: TrustBundle, claims: Claims) -> None:
    data = sign(claims, code=maker.CODE, signer=maker.SIGNER)
    for end in range(len(data)):
        with pytest.raises(ProofError):
            verify(maker.CODE, fragment.to_digits(data[:end]), bundle)


@given(st.binary(max_size=256))
def test_garbage_bytes_raise_nothing_but_proof_errors(maker: Any, bundle: TrustBundle, data: bytes) -> None:
    for garbage in (data, b"\xd2" + data[1:], b"\xd2\x84" + data[2:]):
        with pytest.raises(ProofError):
            verify(maker.CODE, fragment.to_digits(garbage), bundle)


@given(st.text(max_size=100), st.text(max_size=100))
def test_garbage_text_raises_nothing_but_proof_errors(
    maker: Any, bundle: TrustBundle, code: str, text: str
) -> None:
    for pair in ((code, text), (maker.CODE, text)):
        with pytest.raises(ProofError):
            verify(*pair, bundle)


@given(st.binary(max_size=150))
def test_a_rightly_signed_payload_is_claims_or_refused(
    maker: Any, bundle: TrustBundle, payload: bytes
) -> None:
    with pytest.raises(ProofError) as refusal:
        verify(maker.CODE, fragment.to_digits(maker.message(payload=payload)), bundle)
    assert refusal.value.step == 6


def test_signing_again_gives_the_same_bytes(maker: Any, claims: Claims) -> None:
    first = sign(claims, code=maker.CODE, signer=maker.SIGNER)
    assert sign(claims, code=maker.CODE, signer=maker.SIGNER) == first


def test_a_code_is_signed_only_in_its_canonical_spelling(maker: Any, claims: Claims) -> None:
    with pytest.raises(AddressError):
        sign(claims, code=maker.CODE.lower(), signer=maker.SIGNER)
    with pytest.raises(AddressError):
        sign(claims, code=maker.CODE[:-1], signer=maker.SIGNER)


def test_a_key_store_that_answers_with_the_wrong_size_is_refused(maker: Any, claims: Claims) -> None:
    class DerSigner:
        kid = maker.SIGNER.kid

        def sign(self, data: bytes) -> bytes:
            return maker.der(maker.SIGNER.sign(data))

    with pytest.raises(EnvelopeError) as refusal:
        sign(claims, code=maker.CODE, signer=DerSigner())
    assert refusal.value.code == "cose_signature_size"


def test_two_keys_with_one_id_are_both_tried(maker: Any, bundle: TrustBundle, claims: Claims) -> None:
    class Namesake:
        """A stranger who claims our key id: ids are short and anyone may write one."""

        kid = maker.SIGNER.kid
        sign = maker.STRANGER.sign

    stranger = PublicKey.of(maker.STRANGER.public_key, owner="乙", not_before=date(2022, 1, 1))
    object.__setattr__(stranger, "kid", maker.SIGNER.kid)
    both = replace(bundle, keys=(*bundle.keys, stranger))
    data = fragment.to_digits(sign(claims, code=maker.CODE, signer=Namesake()))
    assert verify(maker.CODE, data, both).owner == "乙"
    with pytest.raises(ProofError) as refusal:
        verify(maker.CODE, data, bundle)
    assert (refusal.value.step, refusal.value.code) == (5, "signature_wrong")


def test_a_signer_reads_its_key_from_pem(maker: Any, claims: Claims) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = LocalSigner.from_pem(pem)
    trusted = PublicKey.of(key.public_key(), owner="甲", not_before=date(2022, 1, 1))
    bundle = TrustBundle(as_of=date(2024, 7, 1), keys=(trusted,))
    data = sign(claims, code=maker.CODE, signer=signer)
    assert verify(maker.CODE, fragment.to_digits(data), bundle).owner == "甲"


def test_a_signer_refuses_another_kind_of_key() -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for bad in (pem, b"-----BEGIN PRIVATE KEY-----", b""):
        with pytest.raises(KeyBundleError) as refusal:
            LocalSigner.from_pem(bad)
        assert refusal.value.code == "key_not_p256"


def test_an_envelope_larger_than_any_certificate_is_refused() -> None:
    with pytest.raises(EnvelopeError) as refusal:
        cose.parse(b"\xd2" + b"\0" * 257)
    assert refusal.value.code == "cbor_too_large"

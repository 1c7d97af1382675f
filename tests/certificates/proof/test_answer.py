"""The six answers: what may be said from a signature, a status and their ages, and never more."""

from datetime import date, timedelta
from typing import Any

import pytest

from certificates.proof import fragment
from certificates.proof.answer import REASONS, Answer, Kind, answer
from certificates.proof.errors import CODES, ProofError, SignatureError, StatusError
from certificates.proof.keys import KeyState, PublicKey
from certificates.proof.sign import sign
from certificates.proof.status import Status
from certificates.proof.status_token import pick
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import Verified, verify

HOUR = timedelta(hours=1)


def verified(registry: Any, maker: Any, claims: Any, bundle: TrustBundle | None = None) -> Verified:
    data = fragment.to_digits(sign(claims, code=maker.CODE, signer=registry.certificate))
    return verify(maker.CODE, data, bundle or registry.bundle)


@pytest.fixture
def said(registry: Any, maker: Any, claims: Any) -> Any:
    """The answer for a genuine certificate, given status lists."""

    def said(*tokens: str | bytes, later: timedelta = timedelta()) -> Answer:
        at = registry.at + later
        uri = registry.bundle.status_uri(claims.status_index)
        status = pick(tokens, registry.bundle, uri=uri, at=at)
        found = verified(registry, maker, claims)
        return answer(found, bundle=registry.bundle, status=status, at=at)

    return said


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.VALID, Kind.IN_FORCE),
        (Status.INVALID, Kind.WITHDRAWN),
        (Status.SUSPENDED, Kind.SUSPENDED),
        (Status.REPLACED, Kind.REPLACED),
    ],
)
def test_a_status_of_today_is_the_answer(
    registry: Any, claims: Any, said: Any, status: Status, kind: Kind
) -> None:
    found = said(registry.token({claims.status_index: status}))
    assert (found.kind, found.reason, found.genuine) == (kind, None, True)
    assert (found.status, found.status_at, found.status_age) == (status, registry.at - HOUR, HOUR)
    assert (found.bundle_at, found.bundle_age) == (registry.at, timedelta())
    assert found.verified is not None
    assert found.verified.claims == claims


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (Status.VALID, Kind.STATUS_UNKNOWN, "status_expired"),
        (Status.SUSPENDED, Kind.STATUS_UNKNOWN, "status_expired"),
        (Status.INVALID, Kind.WITHDRAWN, None),
        (Status.REPLACED, Kind.REPLACED, None),
    ],
)
def test_an_expired_status_tells_only_what_is_final(
    registry: Any, claims: Any, said: Any, status: Status, kind: Kind, reason: str | None
) -> None:
    found = said(registry.token({claims.status_index: status}), later=timedelta(days=30))
    assert (found.kind, found.reason, found.genuine) == (kind, reason, True)
    assert (found.status, found.status_age) == (status, timedelta(days=30) + HOUR)
    assert found.bundle_age == timedelta(days=30)


def test_without_a_list_a_genuine_certificate_is_genuine_and_its_status_unknown(said: Any) -> None:
    found = said()
    assert (found.kind, found.reason, found.genuine) == (Kind.STATUS_UNKNOWN, "status_missing", True)
    assert (found.status, found.status_at, found.status_age) == (None, None, None)


def test_a_list_that_cannot_be_used_says_nothing_against_a_certificate(registry: Any, said: Any) -> None:
    for token, reason in (
        ("garbage", "jws_format"),
        (registry.token(issued_at=registry.at + HOUR), "status_future"),
        (registry.token(signer=registry.certificate), "status_key"),
        (registry.token(uri="https://cert.example.cn/status/9"), "status_missing"),
    ):
        found = said(token)
        assert (found.kind, found.reason, found.genuine) == (Kind.STATUS_UNKNOWN, reason, True)


@pytest.mark.parametrize("status", Status)
def test_a_certificate_of_a_closed_key_is_never_in_force(
    registry: Any, maker: Any, claims: Any, status: Status
) -> None:
    closed = PublicKey.of(
        registry.certificate.public_key,
        owner="甲",
        not_before=date(2022, 1, 1),
        state=KeyState.COMPROMISED,
        compromised_from=date(2024, 6, 19),
    )
    bundle = TrustBundle(
        as_of=registry.bundle.as_of,
        keys=(closed, registry.bundle.keys[1]),
        issuer=registry.bundle.issuer,
        issued_at=registry.at,
    )
    found = verified(registry, maker, claims, bundle)
    token = pick(
        [registry.token({claims.status_index: status})],
        bundle,
        uri=bundle.status_uri(claims.status_index),
        at=registry.at,
    )
    said = answer(found, bundle=bundle, status=token, at=registry.at)
    assert (said.kind, said.reason, said.genuine) == (Kind.CANNOT_TELL, "registry_needed", None)
    assert said.status is status


def test_what_is_not_genuine_says_which_step_failed(registry: Any) -> None:
    failed: ProofError = SignatureError("signature_wrong")
    found = answer(failed, bundle=registry.bundle, status=None, at=registry.at)
    assert (found.kind, found.step, found.reason) == (Kind.NOT_GENUINE, 5, "signature_wrong")
    assert (found.genuine, found.verified, found.status) == (False, None, None)


def test_a_list_cannot_save_what_is_not_genuine(registry: Any) -> None:
    token = pick([registry.token()], registry.bundle, uri="https://cert.example.cn/status/0", at=registry.at)
    found = answer(SignatureError("signature_wrong"), bundle=registry.bundle, status=token, at=registry.at)
    assert found.kind is Kind.NOT_GENUINE


def test_an_unreadable_list_has_an_error_of_its_own(registry: Any, maker: Any, claims: Any) -> None:
    found = answer(
        verified(registry, maker, claims),
        bundle=registry.bundle,
        status=StatusError("status_size"),
        at=registry.at,
    )
    assert (found.kind, found.reason) == (Kind.STATUS_UNKNOWN, "status_size")


def test_reasons_and_error_codes_are_one_namespace() -> None:
    assert not REASONS.keys() & CODES.keys()

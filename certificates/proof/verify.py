"""Is this certificate genuine? In order to say so, all of the following must hold:

1. The address has a code, and the code's check character fits.
2. The fragment decodes to bytes, within bounds, in its one permitted form.
3. The bytes are a strictly encoded COSE_Sign1 message with ES256, a key id and nothing else.
4. The trust bundle has a key with that id, for certificates. The id is only a hint; all that have it are tried.
5. The signature over header, code and content fits that key.
6. The content is exactly a certificate's seven claims, each in range.
7. The key was allowed to sign on the claimed issue date, and was not closed by then.

This says who signed what. It does not say that the certificate is still in force: status is a question of
its own, and until it is asked the honest answer is "genuine, status not checked".
"""

from dataclasses import dataclass
from datetime import date

from . import cbor, codes, cose, fragment
from .claims import Claims
from .errors import ClaimsError, EnvelopeError, SignatureError
from .keys import KeyState
from .trust import TrustBundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A certificate whose seven steps all held."""

    code: str
    claims: Claims
    owner: str
    """Whose key signed it."""
    kid: bytes
    bundle_as_of: date
    """How old the verifier's knowledge of keys is."""
    registry_needed: bool
    """The key was closed on a later day, and a thief can date back: without the registry's record of this
    code with these claims, this must not be called genuine."""


def verify(code: str, fragment_text: str, bundle: TrustBundle) -> Verified:
    """Check a certificate's code and fragment against the trusted keys.

    Raises ProofError with the `step` that failed and a permanent `code`. Never any other exception,
    whatever the input.
    """
    # 1. Code.
    code = codes.parse_code(code)

    # 2. Fragment.
    data = fragment.to_bytes(fragment_text)

    # 3. Envelope.
    envelope = cose.parse(data)

    # 4. Key.
    candidates = bundle.find(envelope.kid)

    # 5. Signature.
    signed = cose.to_be_signed(protected=envelope.protected, payload=envelope.payload, code=code)
    key = next((key for key in candidates if key.signed(signed, envelope.signature)), None)
    if key is None:
        raise SignatureError("signature_wrong")

    # 6. Claims.
    try:
        content = cbor.decode(envelope.payload)
    except EnvelopeError as error:
        raise ClaimsError(error.code) from error
    claims = Claims.from_map(content)

    # 7. Key on the issue date.
    key.check_date(claims.issued_on)

    return Verified(
        code=code,
        claims=claims,
        owner=key.owner,
        kid=key.kid,
        bundle_as_of=bundle.as_of,
        registry_needed=key.state is KeyState.COMPROMISED,
    )


def verify_url(text: str, bundle: TrustBundle) -> Verified:
    """Check a certificate's whole address, as scanned. Raises ProofError like `verify`."""
    address = fragment.parse_url(text)
    return verify(address.code, address.fragment, bundle)

"""Every way a certificate can fail to check: one tree, permanent codes, no personal data.

A code is never renamed or reused: pages translate it, logs count it, other people's verifiers quote it.
The sentences here are for developers and the command line; pages use their own words for each code.
"""

CODES: dict[str, str] = {
    # Making or reading a certificate number (not a step of verification)
    "number_length": "A certificate number has 20 characters.",
    "number_characters": "The certificate number has a character that is never used in one.",
    "number_layout": "A certificate number is 12 digits, P, 6 digits and a check character.",
    "number_check": "The check character does not fit: something in the certificate number is mistyped.",
    "number_part": "A part of the certificate number is out of its range.",
    # Reading a QR code out of a picture (not a step of verification)
    "scan_too_large": "The file is too large, or its picture has too many pixels.",
    "scan_format": "The file is neither a picture nor a PDF that can be read, or it is damaged.",
    "scan_encrypted": "The PDF has a password.",
    "scan_failed": "Looking for a QR code in this file took too long, too much memory or crashed.",
    # Step 1: the address and the code
    "url_shape": "This is not a certificate address: expected https://HOST/C/CODE#FRAGMENT.",
    "url_base": "The site's address must be http(s)://HOST, without a path, in QR-alphanumeric characters.",
    "code_length": "A certificate code has 12 characters.",
    "code_characters": "The certificate code has a character that is never used in one.",
    "code_check": "The check character does not fit: something in the certificate code is mistyped.",
    # Step 2: the fragment
    "fragment_missing": "The address has no signed part after the #.",
    "fragment_too_long": "The signed part after the # is longer than any certificate's.",
    "fragment_characters": "The signed part after the # is neither decimal digits nor base32.",
    "fragment_prefix": "The signed part after the # does not begin with the format's prefix.",
    "fragment_not_canonical": "The signed part after the # is not written in its only permitted form.",
    # Step 3: the envelope (the cbor_ codes can also come from the payload, at step 6)
    "cbor_truncated": "The data ends too early.",
    "cbor_trailing_bytes": "There are bytes after the end of the data.",
    "cbor_indefinite_length": "The data uses an indefinite length.",
    "cbor_not_shortest": "The data writes a number longer than needed.",
    "cbor_type": "The data holds a type that certificates do not use.",
    "cbor_key": "A map key is not an unsigned integer.",
    "cbor_key_order": "Map keys are not in ascending order.",
    "cbor_duplicate_key": "A map key is there twice.",
    "cbor_text": "A text is not valid UTF-8.",
    "cbor_too_deep": "The data is nested too deeply.",
    "cbor_too_large": "The data, or a number in it, is too large.",
    "cose_tag": "The data is not a tagged COSE_Sign1 message.",
    "cose_shape": "The COSE_Sign1 message has not its four parts, or something in its unprotected header.",
    "cose_header": "The protected header does not hold exactly the algorithm and the key id.",
    "cose_algorithm": "The signature's algorithm is not ES256.",
    "cose_type": "The COSE_Sign1 message says it is for something else.",
    "cose_key_id": "The key id is not 6 bytes.",
    "cose_signature_size": "The signature is not 64 bytes.",
    # Step 4: the key
    "bundle_format": "The trust bundle is not in the form this program reads.",
    "bundle_too_large": "The trust bundle is larger than any real one.",
    "bundle_unsigned": "The trust bundle is not signed, and a signed one was asked for.",
    "bundle_signature": "No trusted service key made a signature of this trust bundle.",
    "bundle_older": "The trust bundle is older than the one already held.",
    "bundle_issuer": "The trust bundle is another registry's.",
    "key_not_p256": "A key is not an ECDSA P-256 key.",
    "key_private": "A trust bundle must never hold a private key.",
    "key_off_curve": "A key in the trust bundle is not a point of the P-256 curve.",
    "key_id_wrong": "A key id in the trust bundle is not the one that follows from its key.",
    "key_dates": "A key's dates or state in the trust bundle contradict each other.",
    "key_purpose": "The key that made this signature is not for signatures of this kind.",
    "key_unknown": "No key in the trust bundle made this signature.",
    # Step 5: the signature
    "signature_wrong": "The signature does not fit: the content, the code or the key is not the signed one.",
    # Step 6: the claims
    "claims_shape": "The signed content does not hold exactly the seven fields of a certificate.",
    "claims_version": "The signed content has a version this program does not know.",
    "claims_name": "The holder's name is empty, too long, not in NFC or has invisible characters.",
    "claims_skill": "The skill or its level is out of range.",
    "claims_hours": "The training hours are out of range.",
    "claims_issued_on": "The issue date is out of range.",
    "claims_base": "The training base's number is out of range.",
    "claims_status_index": "The status list index is out of range.",
    # Step 7: the key on the issue date
    "key_outside_window": "The key was not allowed to sign on the certificate's issue date.",
    "key_compromised": "The key is closed from the certificate's issue date or earlier: it was unsafe then.",
    # Step 8: the status list (the cbor_, cose_ and jws_ codes can also come from it)
    "status_too_large": "The status list is larger than any real one.",
    "status_key": "No service key of the trust bundle made the status list's signature.",
    "status_format": "The status list does not hold exactly the fields it should.",
    "status_uri": "This is another status list, not the one asked for.",
    "status_future": "The status list says it was made later than now; or this device's clock is wrong.",
    "status_compression": "The status list does not unpack.",
    "status_size": "The status list has not the size of every status list.",
    # A JSON Web Signature, of a trust bundle (step 4) or of a status list (step 8)
    "jws_format": "The data is not a JSON Web Signature in the form this program reads.",
    "jws_algorithm": "The signature's algorithm is not ES256.",
    "jws_critical": "The signature's header asks for something that this program does not know.",
    "jws_type": "The signature's header says it is for something else.",
    "jws_key_id": "The signature's header has no key id of 6 bytes.",
    "jws_signature_size": "The signature is not 64 bytes.",
}


class ProofError(Exception):
    """A certificate, code, number, key or bundle that is not what it should be.

    `code` is permanent and a key of CODES; `step` is the step of `verify.verify` that found it, 8 for the
    status list (0: neither). The text never repeats the certificate's content.
    """

    step = 0

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code


class NumberError(ProofError):
    """A certificate number that cannot be one."""


class ScanError(ProofError):
    """A picture or PDF in which no QR code can be looked for. It says nothing of any certificate."""


class AddressError(ProofError):
    """A URL or a certificate code that cannot be one."""

    step = 1


class FragmentError(ProofError):
    """A URL fragment that does not decode to bytes."""

    step = 2


class EnvelopeError(ProofError):
    """Bytes that are not the one permitted form of a COSE_Sign1 message."""

    step = 3


class KeyBundleError(ProofError):
    """A trust bundle that cannot be used, or that does not know the signing key."""

    step = 4


class SignatureError(ProofError):
    """A signature that does not fit code, content and key."""

    step = 5


class ClaimsError(ProofError):
    """Signed content that is not a certificate's, or values that must not be signed."""

    step = 6


class KeyWindowError(ProofError):
    """A key that was not allowed to sign on the certificate's issue date."""

    step = 7


class StatusError(ProofError):
    """A status list that cannot be used. It says nothing against any certificate."""

    step = 8


class JwsError(ProofError):
    """Text that is not a JSON Web Signature of ours; who reads it says which step that is."""

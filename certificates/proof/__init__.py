"""The proof kernel: what a certificate's QR says, how it is signed, and how anyone checks it.

Plain Python without Django, needing only `cbor2` and `cryptography`. The format is written down for
strangers in `docs/certificate-format.md`; a second implementation for the phone's browser is
`certificates/static/certificates/verify.js`.

Read in this order: `codes`, `claims`, `cose`, `fragment`, `keys`, `sign`, `trust`, `verify`; then `status`,
`status_token` and `answer`; `jws` and `base64url` are what they stand on. Only `scan`, which reads QR codes out of
pictures, needs more than those two packages.
"""

"""A certificate as the world's wallets read it: Open Badges 3.0, that is a W3C Verifiable Credential 2.0.

Plain Python without Django, which no part of it needs: what was printed goes in, a signed document comes out.
docs/open-badges.md says what is in it and how to check it elsewhere.

- `open_badge`: the credential of one certificate;
- `status_credential`, `bitstring`: the W3C status lists it points to;
- `data_integrity`, `vc_jwt`: the two ways in which either is signed;
- `did`: who signs, `did:web`, with all keys ever used.

Everything is a function of its arguments, signatures included: asked again, it is the same to the byte.
"""

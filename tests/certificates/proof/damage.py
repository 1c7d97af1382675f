"""Chance damage to what verifiers read, the same for every verifier; and what Python says of it."""

import random
from datetime import datetime
from typing import Any

from certificates.proof import base64url, codes, status_token
from certificates.proof.errors import ProofError
from certificates.proof.trust import TrustBundle

# First bytes of CBOR items that are seldom met by chance: long, indefinite, reserved, tagged, simple.
INITIAL = bytes.fromhex("171819 1b1c1f20 3b5f7f7860 9f9c83bf a2d8c0 f4f6f9fbff")

# What may stand in a code's place: letters, look-alikes, separators, and what only looks like them.
LETTERS = codes.ALPHABET + "OILodqzsbET·–−・.- \t\u00a0\u3000中－éßﬁıſ\u2016\U0001d7d8"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three places changed, removed, doubled or given another CBOR beginning."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place : place + chance.randint(0, 1)] = bytes([chance.choice(INITIAL)])
            case 2:
                changed[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
            case _:
                changed[place:place] = changed[place : place + chance.randint(1, 9)]
    return bytes(changed)


def damaged_text(text: str, letters: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(letters) + text[place + chance.randint(0, 1) :]


ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        2.0,
        0.0,
        -0.0,
        1e300,
        10**400,
        2**33,
        2**53 + 1,
        "",
        "A",
        "é",
        "\u202e",
        "\u3000",
    ),
    *(
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "2024-02-30",
        "2024-07-01\n",
        "２０２４-07-01",
        "service ",
        "service",
    ),
    *(
        "HTTPS://cert.example.cn",
        "https://",
        "https://例.cn",
        "https://u@h",
        "https://[::1]:80",
        "https://a/",
    ),
    *([], ["service"], {}, {"bits": 2}),
]


def changed(content: Any, chance: random.Random) -> Any:
    """The JSON value with one of its parts, however deep, taken away or made into something odd."""
    if not isinstance(content, dict | list) or not content or chance.random() < 0.1:
        return chance.choice(ODD)
    copy: Any = content.copy()
    place = chance.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
    if chance.random() < 0.2:
        del copy[place]
    else:
        copy[place] = changed(copy[place], chance)
    return copy


def refusal_of(text: str, pins: list[str], held: TrustBundle | None) -> str | None:
    """The code with which Python refuses a bundle, by its pins or by the bundle held before."""
    try:
        if held is None:
            TrustBundle.from_json(text, pins=[base64url.decode(pin) for pin in pins])
        else:
            held.renewed(text)
    except ProofError as error:
        return error.code
    return None


def reading_of(token: str | bytes, bundle: TrustBundle, uri: str, at: datetime) -> str | None:
    """The code with which Python refuses a status list, or says that it has expired."""
    try:
        status = status_token.read(token, bundle, uri=uri, at=at)
    except ProofError as error:
        return error.code
    return "status_expired" if status.expired(at) else None

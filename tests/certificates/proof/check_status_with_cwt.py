"""Ask `cwt`, a CWT library we did not write, about status lists; it runs in its own environment.

Reads {"jwk": …, "tokens": [hex]} from standard input and prints, for each token, its claims by their numbers with
the list in base64url, or why it is refused. It imports nothing of this project.
"""

import base64
import json
import sys
from typing import Any

import cwt
from cwt import COSEKey


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def ask(token: str, key: Any) -> dict[str, Any]:
    try:
        claims = cwt.decode(bytes.fromhex(token), keys=key)
    except Exception as error:  # cwt has no single error tree: whatever it raises is a refusal
        return {"verified": False, "why": f"{type(error).__name__}: {error}"}
    packed = claims[65533]["lst"]
    numbered = {str(number): value for number, value in claims.items() if number != 65533}
    return {
        "verified": True,
        "claims": numbered,
        "bits": claims[65533]["bits"],
        "lst": base64.urlsafe_b64encode(packed).decode().rstrip("="),
    }


def main() -> None:
    question = json.load(sys.stdin)
    jwk = question["jwk"]
    parts = {2: jwk["kid"], -2: jwk["x"], -3: jwk["y"]}
    key = COSEKey.new({1: 2, 3: -7, -1: 1} | {number: from_base64url(text) for number, text in parts.items()})
    json.dump([ask(token, key) for token in question["tokens"]], sys.stdout)


if __name__ == "__main__":
    main()

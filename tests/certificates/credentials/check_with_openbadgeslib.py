"""Ask `openbadgeslib`, an Open Badges library we did not write, about credentials; runs in .venv-interop.

Standard input: {"credentials": [text], "pages": {address: text}}; a text that begins with "{" carries a Data
Integrity proof, any other is a JWT. Standard output: [{"verified": …, "why": …}]. The status is checked too, with the
signatures of the lists. It fetches from `pages` and from nowhere else.
"""

import json
import sys
from typing import Any

from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier


def main() -> None:
    question = json.load(sys.stdin)
    json.dump([ask(text, question["did"], question["pages"]) for text in question["credentials"]], sys.stdout)


def ask(text: str, did: str, pages: dict[str, str]) -> dict[str, Any]:
    def download(address: str) -> bytes:
        return pages[address].encode()

    kind = OB3LdpVerifier if text.startswith("{") else OB3Verifier
    try:
        kind.for_issuer_did(did, download).verify(text, check_status=True, download=download)
    except OB3VerificationError as error:
        return {"verified": False, "why": str(error)}
    return {"verified": True, "why": ""}


main()

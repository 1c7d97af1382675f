"""Ask `cwt`, a COSE library we did not write, about every vector; it runs in its own environment.

    echo '{"folder": "tests/certificates/proof/vectors"}' \
        | .venv-interop/bin/python tests/certificates/proof/check_with_cwt.py

Prints one JSON object: vector name -> {"answer": "accept", "claims": {"0": 1, …}} or {"answer": "reject",
"why": …}. It imports nothing of this project.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

import cbor2
from cwt import COSE, COSEKey


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cose_key(jwk: dict[str, Any]) -> Any:
    """The JWK as a COSE key: EC2, ES256, P-256."""
    return COSEKey.new(
        {
            1: 2,
            2: from_base64url(jwk["kid"]),
            3: -7,
            -1: 1,
            -2: from_base64url(jwk["x"]),
            -3: from_base64url(jwk["y"]),
        }
    )


def ask(vector: dict[str, Any], bundle: dict[str, Any]) -> dict[str, Any]:
    try:
        keys = [cose_key(jwk) for jwk in bundle["keys"]]
        data = bytes.fromhex(vector["cose_hex"])
        payload = COSE.new(verify_kid=True).decode(data, keys, external_aad=vector["code"].encode())
        claims = cbor2.loads(payload)
    except Exception as error:  # cwt has no single error tree: whatever it raises is a refusal
        return {"answer": "reject", "why": f"{type(error).__name__}: {error}"}
    return {"answer": "accept", "claims": {str(key): value for key, value in claims.items()}}


def main(folder: Path) -> None:
    answers = {}
    for path in sorted(folder.glob("*.json")):
        vector = json.loads(path.read_text("utf-8"))
        if vector["cose_library"] is not None:
            bundle = json.loads((folder / "bundles" / f"{vector['bundle']}.json").read_text("utf-8"))
            answers[path.stem] = ask(vector, bundle)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(Path(json.load(sys.stdin)["folder"]))

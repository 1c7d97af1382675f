"""JSON-LD as canonical N-Quads, the form that Data Integrity signs. Never touches the network.

PyLD calls the algorithm URDNA2015, its name before the W3C made it RDFC-1.0; the output is the same.
"""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld
from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_OPEN_BADGES_FILE = Path(__file__).parent / "contexts" / "ob-v3p0-context-3.0.3.json"
# PyLD's caches of contexts are shared and not made for threads.
_ONE_AT_A_TIME = threading.Lock()


def n_quads(document: dict[str, Any]) -> bytes:
    """The document's statements in canonical order and naming (W3C RDF Dataset Canonicalization, RDFC-1.0).

    Raises `pyld.jsonld.JsonLdError` for a context that is not one of the two above.
    """
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _loader()}
    with _ONE_AT_A_TIME:
        return jsonld.normalize(document, options).encode()


@cache
def _loader() -> FrozenDocumentLoader:
    return FrozenDocumentLoader(
        {
            CREDENTIALS_V2: BUNDLED_CONTEXTS[CREDENTIALS_V2],
            OPEN_BADGES: json.loads(_OPEN_BADGES_FILE.read_text("utf-8")),
        }
    )

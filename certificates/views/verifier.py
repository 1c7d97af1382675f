"""The verifier in one file: page, scripts, keys, status lists and names, for whoever has no network."""

import base64
import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from certificates.queries.names import public_names
from certificates.queries.status_lists import Form, open_lists, signed_list
from certificates.queries.trust import signed_bundle
from certificates.views import written
from certificates.views.offline import SCRIPTS, source
from registry.context import LANGUAGE_TAGS
from registry.requests import public_host

OWN_SCRIPTS = (*SCRIPTS, "certificates/verifier.js")


def verifier_file(at: datetime, *, with_status: bool = True) -> str:
    """The whole file. Its content security policy lets in nothing but itself.

    Raises what signing raises: NoServiceKey, KeyFileMissing, KeyFileUnsafe.
    """
    script = "\n".join(source(name) for name in OWN_SCRIPTS)
    style = source("registry/site.css")
    context = {
        "script": script,
        "style": style,
        "script_hash": _hash(script),
        "style_hash": _hash(style),
        "pages": [(code, _page(code)) for code, _name in settings.LANGUAGES],
        "known": {
            "languages": LANGUAGE_TAGS,
            "made_at": int(at.timestamp()),
            "files": _files(at, with_status=with_status),
        },
    }
    return render_to_string("certificates/verifier.html", context)


def _files(at: datetime, *, with_status: bool) -> dict[str, Any]:
    """What phone.js would fetch, by address."""
    files = {
        "/.well-known/twoskills-trust.json": signed_bundle(at),
        "/.well-known/twoskills-names.json": json.dumps(asdict(public_names()), ensure_ascii=False),
    }
    for number in open_lists() if with_status else ():
        token = signed_list(number, Form.JWT, at=at)
        if token is not None:
            files[f"/status/{number}"] = token.decode()
    return files


def _page(language: str) -> str:
    languages = [(code, LANGUAGE_TAGS[code], name) for code, name in settings.LANGUAGES]
    with translation.override(language):
        context = {"languages": languages, "public_host": public_host(), "levels": written.levels()}
        return render_to_string("certificates/verifier_page.html", context)


def _hash(text: str) -> str:
    """As a content security policy names inline text (CSP level 3, §2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

"""What must be right before the site starts: keys, hosts, DEBUG, the public address, fonts."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from registry.sealing import KeyRing

FONTS = "pylopdf_fonts_zh_cn"


@register(Tags.security)
def keys(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The key ring and the index key can be read, and are not one and the same."""
    try:
        ring = KeyRing.parse(settings.SEALING_KEYS, settings.INDEX_KEY)
    except ValueError as problem:
        hint = (
            "SEALING_KEYS is id:base64,id:base64 with 32 bytes each; INDEX_KEY is base64 of 32 bytes or more."
        )
        return [
            Error(
                f"The keys that seal personal data cannot be read: {problem}", hint=hint, id="registry.E001"
            )
        ]
    if ring.index_key in ring.keys.values():
        return [Error("INDEX_KEY must not be one of SEALING_KEYS.", id="registry.E002")]
    return []


@register(Tags.security)
def hosts(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The names the site answers to are known, and the public address is one of them."""
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS must name the hosts, without *.", id="registry.E003")]
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname
    if host is None:
        hint = "For example https://zs.example.cn"
        return [Error("PUBLIC_BASE_URL is no address with scheme and host.", hint=hint, id="registry.E004")]
    if not any(
        host == allowed or host.endswith(f".{allowed.lstrip('.')}") for allowed in settings.ALLOWED_HOSTS
    ):
        return [
            checks.Warning("PUBLIC_BASE_URL names a host that is not in ALLOWED_HOSTS.", id="registry.W005")
        ]
    return []


@register(Tags.security)
def production(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """In production nothing is debugged, and every certificate's QR leads to https."""
    problems: list[CheckMessage] = []
    if settings.PRODUCTION and settings.DEBUG:
        problems.append(Error("DEBUG must be off in production.", id="registry.E006"))
    if settings.PRODUCTION and not settings.PUBLIC_BASE_URL.startswith("https://"):
        problems.append(Error("PUBLIC_BASE_URL must begin with https:// in production.", id="registry.E007"))
    if settings.PRODUCTION and len(settings.SECRET_KEY) < 32:
        problems.append(Error("SECRET_KEY must have at least 32 characters.", id="registry.E008"))
    return problems


@register()
def fonts(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Certificates are printed in fonts that come with a package."""
    found = find_spec(FONTS)
    places = list(found.submodule_search_locations or ()) if found else []
    if any(path for place in places for path in Path(place).rglob("*.[ot]tf")):
        return []
    hint = "Install pylopdf-fonts-zh-cn: it is in requirements.txt."
    return [Error("The fonts of the certificates are missing.", hint=hint, id="registry.E009")]

"""What every page's frame needs: who is signed in, language and text-size links, what the menu offers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from registry.rules.access import ANONYMOUS


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": getattr(request, "actor", ANONYMOUS),
        "text_size": getattr(request, "text_size", "standard"),
        "languages": settings.LANGUAGES,
        "public_host": settings.PUBLIC_BASE_URL.partition("://")[2],
    }

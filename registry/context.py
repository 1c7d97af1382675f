"""What every page's frame needs: who is signed in, what the menu offers, language and text-size links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.menu import menu
from registry.requests import public_host
from registry.rules.access import ANONYMOUS, Actor

TEXT_SIZES = [("standard", _("标准")), ("large", _("大字")), ("largest", _("特大"))]
# How the languages are written in lang and hreflang (BCP 47).
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def page(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "actor": actor,
        "menu": menu(actor, request.path),
        "text_size": getattr(request, "text_size", "standard"),
        "text_sizes": TEXT_SIZES,
        "language_tag": LANGUAGE_TAGS.get(language, language),
        "languages": [(code, LANGUAGE_TAGS[code], name) for code, name in settings.LANGUAGES],
        "public_host": public_host(),
        # What the register holds is Chinese in every language of the page: voices must know.
        "zh": "" if language == "zh-hans" else mark_safe(' lang="zh-Hans"'),
    }

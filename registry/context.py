"""What every page's frame needs: who is signed in, what the menu offers, language and text-size links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.rules.access import ANONYMOUS, Actor, Permission

_P = Permission
# Label, URL name, permissions of which one is needed (none: any signed-in account).
AREAS = [
    (_("首页"), "registry:home", ()),
    (_("学员"), "registry:people", (_P.PERSON_READ,)),
    (_("培训班"), "courses:cohorts", (_P.COHORT_READ,)),
    (
        _("外部证书"),
        "certificates:external",
        (_P.EXTERNAL_CERTIFICATE_RECORD, _P.EXTERNAL_CERTIFICATE_VERIFY),
    ),
    (
        _("证书更改"),
        "certificates:changes",
        (_P.CERTIFICATE_CORRECT, _P.CERTIFICATE_POLICY, _P.CERTIFICATE_WITHDRAW),
    ),
    (
        _("证书模板"),
        "certificates:templates",
        (_P.CERTIFICATE_TEMPLATE_EDIT, _P.CERTIFICATE_TEMPLATE_APPROVE),
    ),
    (_("双技目标"), "goals:dashboard", (_P.FIGURES_READ,)),
    (_("培训基地"), "registry:bases", (_P.BASE_READ,)),
    (_("账号"), "registry:accounts", (_P.ACCOUNT_MANAGE,)),
    (_("审计记录"), "registry:audit", (_P.AUDIT_READ,)),
]
# What anyone may open, signed in or not.
PUBLIC_AREAS = [
    (_("查验证书"), "certificates:look-up", ()),
    (_("我的证书"), "certificates:my", ()),
]

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
        "public_host": settings.PUBLIC_BASE_URL.partition("://")[2],
        # What the register holds is Chinese in every language of the page: voices must know.
        "zh": "" if language == "zh-hans" else mark_safe(' lang="zh-Hans"'),
    }


def menu(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The areas this actor may open; `current` is "page" on the area's own page, "true" below it."""
    signed_in = actor.account_id is not None
    offered = [area for area in AREAS if signed_in and _allowed(actor, area[2])] + PUBLIC_AREAS
    entries = []
    for label, name, _permissions in offered:
        if url := address(name):
            below = url != "/" and path.startswith(url)
            entries.append(
                {"label": label, "url": url, "current": "page" if path == url else "true" if below else ""}
            )
    return entries


def _allowed(actor: Actor, permissions: tuple[Permission, ...]) -> bool:
    return not permissions or any(actor.may_somewhere(permission) for permission in permissions)


def address(name: str, *args: str) -> str:
    """The URL of a page, or "" where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

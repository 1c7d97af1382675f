"""What happens to every request: browser protections, language and text size, the actor, refusals in words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from registry.errors import NotFound, RegistryError
from registry.queries.actors import actor_for
from registry.requests import ActorRequest, today
from registry.rules.access import ANONYMOUS
from registry.views import refusals

GetResponse = Callable[[HttpRequest], HttpResponse]

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then send "Origin: null" with every form, and Django refuses that.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
TEXT_SIZES = ("standard", "large", "largest")
A_YEAR = 365 * 24 * 3600


class SecurityHeaders:
    """The same protections on every answer, errors and static files included (ASVS 5.0 §3.4)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.PUBLIC_BASE_URL.startswith("https://"):
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        return response


class Preferences:
    """Language and text size: `?lang=` and `?text=` choose and are remembered in a cookie; no script needed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        languages = [code for code, _name in settings.LANGUAGES]
        asked_language, asked_size = request.GET.get("lang"), request.GET.get("text")
        language = next(
            (code for code in (asked_language, request.COOKIES.get("lang")) if code in languages), None
        ) or translation.get_language_from_request(request)
        size = next(
            (size for size in (asked_size, request.COOKIES.get("text")) if size in TEXT_SIZES), TEXT_SIZES[0]
        )
        request.text_size = size  # type: ignore[attr-defined]
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        for name, asked, known in (("lang", asked_language, languages), ("text", asked_size, TEXT_SIZES)):
            if asked in known:
                response.set_cookie(
                    name, str(asked), max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
                )
        return response


class CurrentActor:
    """Puts `request.actor` in place, keeps personal pages out of caches, and lets no GET write."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_for(user, on=today()) if user.is_authenticated else ANONYMOUS
        if request.method in ("GET", "HEAD"):
            with connection.execute_wrapper(refuse_writes):
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        if request.actor is not ANONYMOUS:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """A page that is only looked at changes nothing: browsers, crawlers and previews fetch it at will.

    Counters are the exception (settings.COUNTERS): counting a look is what they are for.
    """
    first = sql.lstrip().split(None, 1)[0].upper() if sql.strip() else ""
    if first in ("INSERT", "UPDATE", "DELETE") and not any(table in sql for table in settings.COUNTERS):
        raise RuntimeError("A GET request tried to write.")
    return execute(sql, params, many, context)


class SignInRequired(LoginRequiredMiddleware):
    """Pages need a sign-in unless they are marked public; the API asks for its own and answers 401."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is not None and match.namespace == "api":
            return None
        return super().process_view(request, view_func, args, kwargs)


class Refusals:
    """Turns a refusal into a page (or JSON under /api/) with its status and its words.

    An address with a NUL names nothing, and PostgreSQL takes no such text; an address that only takes forms
    says so instead of showing an empty page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return refusals.answer(request, NotFound())
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response.headers.get("Allow", "")
            response = refusals.answer(request, refusals.WrongMethod())
            response.headers["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusals.answer(request, exception) if isinstance(exception, RegistryError) else None

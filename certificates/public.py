"""The hot path: the public certificate page and the files for verifiers, answered before sessions and sign-in.

A scan of a certificate needs no session, cookie or form token, so none is made: what is skipped is what
makes an ordinary page seven times slower. The browser protections are set by the middleware above this one.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header

from certificates.limits import MISSES, NAME_TRIES, WRONG_NAMES
from certificates.proof import codes
from certificates.proof.errors import AddressError
from certificates.queries.public import PublicRecord, find_beside
from certificates.views import answers
from certificates.views.answers import Kind, NameCheck
from registry.actions import throttles
from registry.errors import NotFound, RegistryError, TooManyRequests
from registry.middleware import TEXT_SIZES, refuse_writes
from registry.requests import client_address
from registry.rules.names import same_name
from registry.views import refusals

PATH = re.compile(r"/[Cc]/([^/]{1,100})/?")
FILES = re.compile(r"/(?:status|\.well-known)/.{1,100}")
LONGEST_NAME = 100
_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class VerifyFastPath:
    """Answers /C/<CODE> and the published files by itself; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = PATH.fullmatch(request.path_info)
        if match:
            return respond(request, match[1])
        return published(request) if FILES.fullmatch(request.path_info) else self.get_response(request)


def respond(request: HttpRequest, typed_code: str) -> HttpResponse:
    """The public page of a certificate; a POST compares a name with the holder's.

    The POST needs no form token: it changes nothing and answers from what the visitor typed, so there is
    nothing that another site could have done in the visitor's name.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    reader = answers.Reader(language=_language(request), text_size=_text_size(request))
    try:
        return _answer(request, typed_code, reader, timezone.now())
    except TooManyRequests as error:
        response = answers.page(Kind.BUSY, reader, status=429, retry_after=error.facts["retry_after"])
        response["Retry-After"] = str(error.facts["retry_after"])
        return response
    except DatabaseError:
        # Not "no such certificate": a forged answer must never come out of our own trouble.
        return answers.page(Kind.UNAVAILABLE, reader, status=503)


def published(request: HttpRequest) -> HttpResponse:
    """A file for verifiers; what is refused, in JSON: programmes fetch these."""
    try:
        match = resolve(request.path_info)
        with connection.execute_wrapper(refuse_writes):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
            return response
    except Http404:
        return JsonResponse(refusals.as_json(NotFound()), status=404)
    except RegistryError as error:
        return JsonResponse(refusals.as_json(error), status=error.status)
    except DatabaseError:
        return HttpResponse(status=503)


def _answer(request: HttpRequest, typed: str, reader: answers.Reader, at: datetime) -> HttpResponse:
    source = client_address(request)
    try:
        code = codes.parse_code(typed)
    except AddressError:
        # The check character says so, not the register: nothing is learnt, so nothing is counted.
        return answers.page(Kind.MISTYPED, reader, status=404)
    record, misses = find_beside(code, throttles.tries(source=source, at=at, **MISSES))
    if record is None or (misses or 0) >= MISSES["limit"]:
        # Refuses whoever tried too often, in the same way and time whether or not there is such a code.
        throttles.hit(source=source, at=at, **MISSES)
    if record is None:
        return answers.page(Kind.UNKNOWN, reader, status=404, code=code)
    check = NameCheck.NONE
    if request.method == "POST":
        check = _check_name(request, record, source, at)
    return answers.record_page(record, reader, at=at, check=check)


def _check_name(request: HttpRequest, record: PublicRecord, source: str, at: datetime) -> NameCheck:
    typed = request.POST.get("name", "").strip()
    if not typed or len(typed) > LONGEST_NAME:
        return NameCheck.EMPTY
    throttles.hit(source=source, at=at, **NAME_TRIES)
    throttles.hit(source=record.code, at=at, **WRONG_NAMES)
    if not same_name(typed, record.holder_name):
        return NameCheck.DIFFERENT
    throttles.forgive(
        source=record.code, at=at, purpose=WRONG_NAMES["purpose"], seconds=WRONG_NAMES["seconds"]
    )
    return NameCheck.SAME


def _language(request: HttpRequest) -> str:
    """As registry.middleware.Preferences decides it, without remembering: no cookie is set here."""
    for wanted in (request.GET.get("lang"), request.COOKIES.get("lang")):
        if wanted in _LANGUAGES:
            return str(wanted)
    return _accepted(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1024)
def _accepted(header: str) -> str:
    for language, _weight in parse_accept_lang_header(header):
        try:
            return translation.get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _text_size(request: HttpRequest) -> str:
    wanted = (request.GET.get("text"), request.COOKIES.get("text"))
    return next((size for size in wanted if size in TEXT_SIZES), TEXT_SIZES[0])

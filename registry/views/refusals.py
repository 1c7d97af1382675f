"""Refusal pages: what went wrong, in words, and what to do next. The API says the same in JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry import words
from registry.errors import NotFound, NotPermitted, RegistryError


def as_json(error: RegistryError) -> dict[str, Any]:
    """The body of a refusal on the API: permanent code, facts, and the sentence a person reads."""
    return {"code": error.code, "facts": error.facts, "message": words.say(error.code, error.facts)}


def answer(request: HttpRequest, error: RegistryError) -> HttpResponse:
    """The refusal as the reader needs it: JSON under /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse(as_json(error), status=error.status)
    else:
        context = {
            "error": error,
            "heading": _heading(error.status),
            "sentence": words.say(error.code, error.facts),
            "retry_after": error.facts.get("retry_after"),
        }
        response = render(request, "registry/refusal.html", context, status=error.status)
    if "retry_after" in error.facts:
        response.headers["Retry-After"] = str(error.facts["retry_after"])
    return response


@contextmanager
def shown_on(form: BaseForm) -> Iterator[None]:
    """Puts what the block refuses onto the form: beside the field it is about, else above all of them.

    A refusal is about the fields in its `fields` or `field` facts, or about the field whose name its code begins
    with (`citizen_id_checksum`). What no input can mend (no permission, not found, too often) passes through.
    """
    try:
        yield
    except RegistryError as error:
        if error.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        problems = error.facts.get("fields") or {_field_of(error, form): error.code}
        for name, code in problems.items():
            form.add_error(name if name in form.fields else None, words.say(code, error.facts))


def _field_of(error: RegistryError, form: BaseForm) -> str:
    named = (name for name in form.fields if error.code.startswith(f"{name}_"))
    return str(error.facts.get("field") or max(named, key=len, default=""))


def _heading(status: int) -> str:
    return {
        HTTPStatus.FORBIDDEN: _("没有权限"),
        HTTPStatus.NOT_FOUND: _("没有找到"),
        HTTPStatus.GONE: _("链接已失效"),
        HTTPStatus.TOO_MANY_REQUESTS: _("请稍后再试"),
    }.get(HTTPStatus(status), _("不能办理"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not marked as needing a CSRF token: that would read once more what could not be read."""
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return answer(request, TooLarge() if too_large else Unreadable())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotPermitted())


class PageExpired(RegistryError):
    """The form was opened too long ago, or cookies are off."""

    code = "page_expired"
    status = 403


class ServerFault(RegistryError):
    code = "server_fault"
    status = 500


class Unreadable(RegistryError):
    """What was sent is no form, no JSON, or is not meant for this site."""

    code = "unreadable"
    status = 400


class TooLarge(RegistryError):
    """More was sent at once than a page or programme of ours ever sends."""

    code = "too_large"
    status = 413


class WrongMethod(RegistryError):
    """An address that only takes forms was opened, or a page was sent a form."""

    code = "wrong_method"
    status = 405


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, PageExpired())


def server_error(request: HttpRequest) -> HttpResponse:
    """Says that it is our fault and that nothing was half-written; the details are in the log."""
    return answer(request, ServerFault())

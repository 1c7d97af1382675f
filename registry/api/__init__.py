"""The API: one NinjaAPI, a router per app, signed in by session or bearer token. The pages say the same."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from ninja.errors import AuthenticationError, HttpError, ValidationError

from registry.api.authentication import bearer, session
from registry.api.bodies import Bodies
from registry.api.description import DescribedApi
from registry.errors import InvalidInput, RegistryError, SignInNeeded
from registry.views import refusals

api = DescribedApi(
    title="TwoSkills",
    version="1",
    urls_namespace="api",
    auth=[session, bearer],
    parser=Bodies(),
    # The browsable page would load scripts from a CDN, which our content security policy refuses.
    docs_url=None,
)
# Addresses are tried one after the other, so the one that the world asks comes first.
api.add_router("/verify", "certificates.api.verify.router")
api.add_router("/registry", "registry.api.router.router")
api.add_router("/courses", "courses.api.router")
api.add_router("/certificates", "certificates.api.router")
api.add_router("/goals", "goals.api.router")


@api.exception_handler(RegistryError)
def refuse(request: HttpRequest, error: RegistryError) -> HttpResponse:
    return refusals.answer(request, error)


@api.exception_handler(ValidationError)
def refuse_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which fields, and which of the permanent problem codes; never the value that was sent."""
    fields: dict[str, Any] = {".".join(map(str, item["loc"][1:])): item["type"] for item in error.errors}
    return refusals.answer(request, InvalidInput(fields=fields))


@api.exception_handler(AuthenticationError)
def refuse_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refusals.answer(request, SignInNeeded())


@api.exception_handler(HttpError)
def refuse_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, a session without its CSRF token, and the like."""
    refusal = refusals.Unreadable() if error.status_code == HTTPStatus.BAD_REQUEST else RegistryError()
    return JsonResponse(refusals.as_json(refusal), status=error.status_code)


@api.exception_handler(RawPostDataException)
def refuse_form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form was sent where JSON is read: looking for its CSRF token has used the body up."""
    return refusals.answer(request, refusals.Unreadable())

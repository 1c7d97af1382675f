"""The API: one NinjaAPI, a router per app, signed in by session or bearer token. The pages say the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from registry.api.authentication import bearer, session
from registry.errors import InvalidInput, RegistryError
from registry.views import refusals

api = NinjaAPI(
    title="TwoSkills",
    version="1",
    urls_namespace="api",
    auth=[session, bearer],
)
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

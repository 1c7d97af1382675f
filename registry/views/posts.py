"""Views that take a form and have no page of their own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from registry.requests import ActorRequest

View = Callable[..., HttpResponse]


def posted_from(page: str) -> Callable[[View], View]:
    """Marks a view that takes the form of `page`, the URL name of one that has the same `public_id`.

    Such a view may answer with the page again, with errors or a result in it. Reloading that address, or choosing
    another language or text size there, is a GET: it leads back to the page.
    """

    def marked(view: View) -> View:
        @wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        def takes(request: ActorRequest, public_id: str, **others: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(page, public_id=public_id)
            return view(request, public_id, **others)

        return takes

    return marked

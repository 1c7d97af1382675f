"""What we say of ourselves: where to get help, and how accessible the site is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.requests import ActorRequest


@login_not_required
@require_safe
def help_page(request: ActorRequest) -> HttpResponse:
    """Who answers which question; linked from every page's footer at the same place (WCAG 2.2, 3.2.6)."""
    return render(request, "registry/help.html")


@login_not_required
@require_safe
def accessibility(request: ActorRequest) -> HttpResponse:
    """The bar aimed at, what was tested, what was not, and how to report a barrier."""
    return render(request, "registry/accessibility.html")

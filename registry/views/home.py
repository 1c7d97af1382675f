"""The first page: what waits, and where to go."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry import work
from registry.requests import ActorRequest, today
from registry.rules.work import Waiting
from registry.templatetags.page import day, number


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    waiting = [
        {"sentence": _sentence(one), "url": one.url} for one in work.waiting(request.actor, on=today())
    ]
    context = {
        "findings": work.findings(request.actor, on=today()),
        "waiting": waiting,
        "has_role": bool(request.actor.grants),
    }
    return render(request, "registry/home.html", context)


def _sentence(one: Waiting) -> str:
    return str(one.text % {"count": one.count, "n": number(one.count), "oldest": day(one.oldest)})

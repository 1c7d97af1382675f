"""The first page: what waits, and where to go."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from registry.queries import home as queries
from registry.requests import ActorRequest, today


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    waiting = [
        {"sentence": _sentence(one.what, one.count), "url": reverse(one.page) + one.filters}
        for one in queries.waiting(request.actor, on=today())
    ]
    return render(request, "registry/home.html", {"waiting": waiting, "has_role": bool(request.actor.grants)})


def _sentence(what: str, count: int) -> str:
    sentences = {
        "bases_without_plaque": ngettext(
            "%(n)s 个培训基地没有有效挂牌", "%(n)s 个培训基地没有有效挂牌", count
        ),
        "plaques_ending": ngettext(
            "%(n)s 个培训基地的挂牌将在 90 天内到期", "%(n)s 个培训基地的挂牌将在 90 天内到期", count
        ),
        "people_without_need": ngettext(
            "%(n)s 人还没有登记培训和就业需求", "%(n)s 人还没有登记培训和就业需求", count
        ),
        "people_without_employment": ngettext(
            "%(n)s 人还没有登记就业状况", "%(n)s 人还没有登记就业状况", count
        ),
    }
    return sentences[what] % {"n": f"{count:,}"}

"""Notices as anyone reads them, without an account: the list, and one with its items while it runs."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.errors import NoticeEnded
from registry.forms import Form
from registry.models import NoticeItem, PublicNotice
from registry.models.notices import NoticeKind, NoticeState
from registry.queries import notices as queries
from registry.queries.lookup import one
from registry.requests import today
from registry.views.lists import page_of


class NoticeFilter(Form):
    kind = forms.ChoiceField(
        label=_("公示类型"), choices=[("", _("全部")), *NoticeKind.choices], required=False
    )


@login_not_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    filters = NoticeFilter(request.GET or None)
    kind = filters.cleaned_data.get("kind", "") if filters.is_valid() else ""
    page = page_of(request, queries.shown(on=today(), kind=kind))
    rows = [(notice, queries.public_name(notice.federation)) for notice in page]
    return unlisted(
        render(request, "registry/notices/list.html", {"page": page, "rows": rows, "filter_form": filters})
    )


@login_not_required
@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """The items while the notice runs; afterwards only that it ended, and when."""
    shown = public_notice(public_id)
    state = shown.state(today())
    context: dict[str, Any] = {"notice": shown, "publisher": queries.public_name(shown.federation)}
    if state != NoticeState.PUBLISHED:
        context["is_withdrawn"] = state == NoticeState.WITHDRAWN
        return unlisted(render(request, "registry/notices/ended.html", context, status=NoticeEnded.status))
    context["page"] = page_of(request, NoticeItem.objects.filter(notice=shown))
    return unlisted(render(request, "registry/notices/notice.html", context))


def public_notice(public_id: str) -> PublicNotice:
    """A notice, whatever has become of it. Raises NotFound."""
    return one(PublicNotice.objects.select_related("federation__region"), public_id=public_id)


def unlisted(response: HttpResponse) -> HttpResponse:
    """Taken down means gone: neither search engines nor caches keep what was on notice."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response

"""The library (学习资源), open to anyone: what there is, one resource, its file."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.actions import resources as actions
from courses.models import OnlineResource, ResourceFile, Skill
from courses.models.resources import AccessibleFormat, ResourceFormat, ResourceState
from courses.queries import resources as queries
from registry.errors import NotFound
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.views.lists import page_of

ANY = ("", _("全部"))


class LibraryFilter(Form):
    text = forms.CharField(label=_("标题或简介里的字"), max_length=40, required=False)
    skill = forms.ModelChoiceField(
        label=_("技能"),
        queryset=Skill.objects.all(),
        to_field_name="code",
        empty_label=_("全部"),
        required=False,
    )
    format = forms.ChoiceField(label=_("形式"), choices=[ANY, *ResourceFormat.choices], required=False)
    accessible = forms.ChoiceField(
        label=_("无障碍形式"), choices=[ANY, *AccessibleFormat.choices], required=False
    )


@login_not_required
@require_safe
def library(request: ActorRequest) -> HttpResponse:
    """What is on the shelves, narrowed by skill, format and accessible format."""
    filters = LibraryFilter(request.GET or None)
    wanted: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(request, queries.shelf(request.actor, **wanted).defer("text_alternative"))
    context = {"page": page, "filter_form": filters}
    return render(request, "courses/library/list.html", context, status=422 if filters.errors else 200)


@login_not_required
@require_safe
def resource(request: ActorRequest, public_id: str) -> HttpResponse:
    """One resource, what it says in words first. Each opening is counted, and nothing else of it is kept."""
    shown = _shown(request, public_id)
    if request.method == "GET":
        actions.count_visit(resource=shown, on=today())
    context = {"resource": shown, "file": queries.file_of(shown)}
    return render(request, "courses/library/resource.html", context)


@login_not_required
@require_safe
def resource_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """The file, to keep: no browser shows it as a page of this site."""
    shown = _shown(request, public_id)
    about = queries.file_of(shown)
    if about is None:
        raise NotFound(what="resourcefile")
    mark = f'"{about.sha256[:32]}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified()
    data = bytes(ResourceFile.objects.values_list("data", flat=True).get(resource=shown))
    response = HttpResponse(data, content_type=about.media_type)
    if about.media_type.startswith("text/"):
        response["Content-Type"] = f"{about.media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="{shown.public_id}.{about.ending}"'
    response["ETag"] = mark
    # What is not public stays out of shared caches; what is may be kept, and asked about again.
    response["Cache-Control"] = "public, no-cache" if shown.is_public else "no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def _shown(request: ActorRequest, public_id: str) -> OnlineResource:
    rows = OnlineResource.objects.visible_to(request.actor).filter(state=ResourceState.PUBLISHED)
    return one(rows.select_related("skill", "course"), public_id=public_id)

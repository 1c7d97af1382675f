"""Hands out a piece of evidence: by POST, because every look is written down."""

from typing import TypedDict

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.actions import evidence as actions
from registry.errors import InvalidInput
from registry.forms import Form
from registry.models import Evidence
from registry.models.evidence import MediaType
from registry.queries.lookup import one
from registry.requests import ActorRequest, received

_ENDINGS = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}


def evidence_field(*, required: bool = False) -> forms.FileField:
    """The field of a form that takes evidence; `actions.evidence.add` judges what it brings."""
    return forms.FileField(
        label=_("佐证材料"),
        required=required,
        help_text=_("PDF、JPEG 或 PNG，不超过 5 MB。加密保存，谁打开过都有记录。"),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class EvidenceForm(Form):
    file = evidence_field(required=True)


class Paper(TypedDict):
    """A piece of evidence as an action takes it."""

    name: str
    data: bytes


def paper(file: UploadedFile | None) -> Paper:
    """What was sent as evidence. Raises InvalidInput where the API was sent nothing."""
    if file is None:
        raise InvalidInput(fields={"file": "field_missing"})
    return Paper(name=file.name or "", data=received(file, actions.MOST_BYTES))


@require_http_methods(["GET", "POST"])
def evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = one(Evidence.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    if request.method == "GET":
        return render(request, "registry/evidence.html", {"evidence": shown})
    return opened(request, shown)


def opened(request: ActorRequest, shown: Evidence) -> HttpResponse:
    """The file as an answer that no browser shows as a page or keeps."""
    data = actions.open_file(by=request.actor, evidence=shown)
    response = HttpResponse(data, content_type=shown.media_type)
    # Its own name may hold a person's, and would stay in the browser's list of downloads.
    ending = _ENDINGS[MediaType(shown.media_type)]
    response["Content-Disposition"] = f'attachment; filename="{shown.public_id}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response

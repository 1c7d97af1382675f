"""A cohort's file: ask for it, see how far it is, download it. Small ones are made while one waits."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from certificates.actions import bulk_files as actions
from certificates.models import BulkFile
from certificates.models.bulk_files import BulkKind
from certificates.queries import bulk_files as queries
from certificates.views import making
from certificates.views.cohorts import attachment, cohort_of
from registry import words
from registry.errors import NotFound
from registry.forms import Form
from registry.queries.lookup import one
from registry.queries.making import MakingState
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views.posts import posted_from


class AskForm(Form):
    kind = forms.ChoiceField(label=pgettext_lazy("upload", "文件"), choices=BulkKind.choices)


@posted_from("certificates:cohort")
def ask(request: ActorRequest, public_id: str) -> HttpResponse:
    """Asks for the cohort's file and leads to it."""
    cohort = cohort_of(request, public_id)
    form = AskForm(request.POST)
    if not form.is_valid():
        raise NotFound()
    kind = BulkKind(form.cleaned_data["kind"])
    large = len(queries.to_print(cohort)) > making.AT_ONCE[kind]
    held = actions.ask(
        by=request.actor, on=today(), at=timezone.now(), cohort=cohort, kind=kind, in_background=large
    )
    if not held.task_id:
        making.make(held.pk)
    return redirect("certificates:bulk-file", public_id=held.public_id)


@require_safe
def bulk_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """How far it is; the page works by reloading it."""
    held = _held(request, public_id)
    standing = queries.standing(held, at=timezone.now())
    context = {
        "file": held,
        "standing": standing,
        "is_ready": standing.state == MakingState.READY,
        "has_failed": standing.state == MakingState.FAILED,
        "sentence": words.say(standing.problem, standing.facts) if standing.problem else "",
        "is_archive": held.kind == BulkKind.IMAGES or held.total > making.SHEETS,
        "sheets": making.SHEETS,
    }
    return render(request, "certificates/bulk_file.html", context)


@require_safe
def download(request: ActorRequest, public_id: str) -> HttpResponse | StreamingHttpResponse:
    """The one PDF, or a ZIP of several or of the images."""
    held = _held(request, public_id)
    if held.made_at is None:
        raise NotFound()
    contents = queries.contents(held)
    if held.kind == BulkKind.PDF and held.total <= making.SHEETS:
        name, data = next(contents, ("", b""))
        if not data:
            raise NotFound()
        return attachment(data, name)
    response = StreamingHttpResponse(zipped(contents), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{held.cohort.public_id}-{held.kind}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def zipped(contents: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP as it is sent, one file at a time. Stored, not packed: PDF and PNG are packed themselves."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:
        for name, data in contents:
            # No moment of making: the same file has the same bytes.
            archive.writestr(zipfile.ZipInfo(name), data)
            yield sent.taken()
    yield sent.taken()


class _Sent(io.RawIOBase):
    """Where the archive writes; what was written is taken away at once."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        data, self._waiting = bytes(self._waiting), bytearray()
        return data


def _held(request: ActorRequest, public_id: str) -> BulkFile:
    seen = BulkFile.objects.visible_to(request.actor).filter(expires_at__gt=timezone.now())
    held = one(seen.select_related("cohort__base__region"), public_id=public_id)
    base = held.cohort.base
    require(request.actor, Permission.CERTIFICATE_READ, region_path=base.region.path, base_ids=[base.pk])
    return held

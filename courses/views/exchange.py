"""Data exchange: what can be exported, asking for it with its reason, checking the file, taking it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import export_files as actions
from courses.models import ExportFile
from courses.queries import export_files as queries
from courses.queries.ledgers import LEDGERS
from courses.rules.ledgers import About, Ledger
from courses.views.cohorts import cohort_of
from courses.views.sheets import workbook
from registry import words
from registry.errors import NotFound, NotPermitted
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.making import MakingState
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.exports import ExportForm
from registry.views.fields import region_field
from registry.views.posts import posted_from

FILES_SHOWN = 20


@require_safe
def exchange(request: ActorRequest) -> HttpResponse:
    """Where data goes out and comes in; the files that can still be fetched."""
    actor = request.actor
    may_export = actor.may_somewhere(Permission.DATA_EXPORT)
    if not may_export and not actor.may_somewhere(Permission.DATA_COMPARE):
        raise NotPermitted(permission=Permission.DATA_EXPORT.value)
    files = queries.there(actor, at=timezone.now())[:FILES_SHOWN] if may_export else []
    context = {
        "ledgers": [
            (key, words.export(key)) for key, ledger in LEDGERS.items() if ledger.about is About.REGION
        ],
        "files": [{"file": file, "about": words.export(file.ledger)} for file in files],
        "may_export": may_export,
        "may_compare": actor.may_somewhere(Permission.DATA_COMPARE),
    }
    return render(request, "courses/exchange/home.html", context)


class LedgerForm(ExportForm):
    """An export of a region, and of a year where the ledger is by year."""

    def __init__(self, *args: Any, ledger: Ledger, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, personal=personal_fields(ledger), **kwargs)
        day = today()
        reach = regions.in_reach(actor, Permission.DATA_EXPORT, on=day)
        self.fields["region"] = region_field(reach, on=day)
        first = ["region"]
        if ledger.by_year:
            self.fields["year"] = forms.IntegerField(
                label=_("年度"),
                initial=day.year,
                help_text=_("跨年度的，按开始的年份算。"),
                widget=forms.TextInput({"inputmode": "numeric", "class": "width-4", "autocomplete": "off"}),
            )
            first.append("year")
        self.order_fields([*first, "purpose", "recipient", "in_clear"])


def personal_fields(ledger: Ledger) -> list[tuple[str, str]]:
    """What the form offers to be given in full."""
    return [(field.key, field.label) for field in ledger.personal]


@require_http_methods(["GET", "POST"])
def export_ledger(request: ActorRequest, ledger: str) -> HttpResponse:
    """Asks for a ledger of a region: purpose and recipient first, then what is given in full."""
    require_somewhere(request.actor, Permission.DATA_EXPORT)
    kind = LEDGERS.get(ledger)
    if kind is None or kind.about is not About.REGION:
        raise NotFound(what="ledger")
    form = LedgerForm(request.POST if request.method == "POST" else None, ledger=kind, actor=request.actor)
    if form.is_valid():
        with refusals.shown_on(form):
            return made_at_once(request, ledger=ledger, **form.cleaned_data)
    context = {"form": form, "ledger": kind, "about": words.export(ledger)}
    return render(request, "courses/exchange/export.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def export_cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    """The same for the roster of one cohort."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.DATA_EXPORT, region_path=cohort.region.path)
    kind = LEDGERS["cohort_roster"]
    form = ExportForm(request.POST if request.method == "POST" else None, personal=personal_fields(kind))
    if form.is_valid():
        with refusals.shown_on(form):
            asked = {"ledger": kind.key, "region": cohort.region, "cohort": cohort}
            return made_at_once(request, **asked, **form.cleaned_data)
    context = {"form": form, "ledger": kind, "about": words.export(kind.key), "cohort": cohort}
    return render(request, "courses/exchange/export.html", context, status=422 if form.is_bound else 200)


def made_at_once(request: ActorRequest, **asked: Any) -> HttpResponse:
    """Asks for the file, makes it at once where it is small, and leads to it."""
    held = actions.ask(by=request.actor, on=today(), at=timezone.now(), **asked)
    if not held.task_id:
        actions.make(held.pk)
    return redirect("courses:export-file", public_id=held.public_id)


@require_safe
def export_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """How far it is; once it is made, how complete each column is, before anybody takes it."""
    held = held_file(request, public_id)
    standing = queries.standing(held, at=timezone.now())
    is_ready = standing.state == MakingState.READY
    context = {
        "file": held,
        "about": words.export(held.ledger),
        "standing": standing,
        "is_ready": is_ready,
        "has_failed": standing.state == MakingState.FAILED,
        "sentence": words.say(standing.problem, standing.facts) if standing.problem else "",
        "sheets": [
            sheet
            | {"columns": [(label, filled, sheet["rows"] - filled) for label, filled in sheet["filled"]]}
            for sheet in held.completeness
        ],
        "in_clear": held.export.in_clear if held.export else [],
    }
    return render(request, "courses/exchange/file.html", context)


@posted_from("courses:export-file")
def download(request: ActorRequest, public_id: str) -> HttpResponse:
    """The file: by POST, because every taking is written down."""
    held = held_file(request, public_id)
    data = actions.hand_out(by=request.actor, held=held)
    title = f"{words.export(held.ledger)}-{held.public_id}"
    response = workbook(data, title)
    response.headers["Cache-Control"] = "no-store"
    return response


def held_file(request: ActorRequest, public_id: str) -> ExportFile:
    """A file that the actor may fetch and that is still there."""
    seen = ExportFile.objects.visible_to(request.actor).filter(expires_at__gt=timezone.now())
    return one(seen.select_related("region", "cohort", "export"), public_id=public_id)

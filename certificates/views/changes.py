"""Changes that people asked for: the list, one of them, and agreeing, refusing, undoing or not waiting for it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from certificates.actions import changes
from certificates.models import Change, ChangeItem
from certificates.models.changes import ChangeState
from certificates.queries.corrections import printed_of
from certificates.rules.changes import Kind
from certificates.views import waiting
from certificates.views.certificates import NoteForm
from certificates.views.corrections import lines
from registry.queries.lookup import one
from registry.requests import ActorRequest
from registry.rules.access import Permission, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of
from registry.views.posts import posted_from


@require_safe
def change_list(request: ActorRequest) -> HttpResponse:
    """The newest first: what waits, or all with what became of them."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Change.objects.visible_to(request.actor).select_related("base", "cohort")
    only_waiting = request.GET.get("state") == "waiting"
    rows = seen.waiting() if only_waiting else seen
    context = {
        "page": page_of(request, rows.with_counts()),
        "waiting": seen.waiting().count(),
        "only_waiting": only_waiting,
        "may_decide_policy": request.actor.may_somewhere(Permission.CERTIFICATE_POLICY),
    }
    return render(request, "certificates/changes/list.html", context)


@require_safe
def change(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, _change(request, public_id))


@posted_from("certificates:change")
def approve(request: ActorRequest, public_id: str) -> HttpResponse:
    return _decide(request, public_id, "approve", changes.approve, lambda held: waiting.sentence(held))


@posted_from("certificates:change")
def refuse(request: ActorRequest, public_id: str) -> HttpResponse:
    return _decide(request, public_id, "refuse", changes.refuse, lambda held: _now("没有批准，证书不变。"))


@posted_from("certificates:change")
def undo(request: ActorRequest, public_id: str) -> HttpResponse:
    return _decide(request, public_id, "undo", changes.undo, lambda held: _now("已撤回，证书不变。"))


@posted_from("certificates:change")
def hasten(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes effect now; of many certificates the next step, and again until none remains."""
    held = _change(request, public_id)
    held = changes.hasten(by=request.actor, at=timezone.now(), change=held)
    if held.state == ChangeState.DONE:
        messages.success(request, waiting.sentence(held))
    return redirect("certificates:change", public_id=public_id)


def _decide(
    request: ActorRequest,
    public_id: str,
    name: str,
    action: Callable[..., Change],
    said: Callable[[Change], str],
) -> HttpResponse:
    held = _change(request, public_id)
    form = NoteForm(request.POST, prefix=name)
    if form.is_valid():
        with refusals.shown_on(form):
            held = action(by=request.actor, at=timezone.now(), change=held, **form.cleaned_data)
            messages.success(request, said(held))
            return redirect("certificates:change", public_id=public_id)
    return _page(request, held, form)


def _change(request: ActorRequest, public_id: str) -> Change:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Change.objects.visible_to(request.actor).select_related("base__region", "cohort")
    return one(seen.with_counts(), public_id=public_id)


def _page(request: ActorRequest, held: Change, form: NoteForm | None = None) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    decides = actor.may(Permission.CERTIFICATE_WITHDRAW, region_path=held.base.region.path)
    is_own = actor.account_id is not None and held.asked_by_id == actor.account_id
    is_over = held.takes_effect_at is not None and held.takes_effect_at <= now
    offered = []
    if held.state == ChangeState.ASKED and decides and not is_own:
        offered += ["approve", "refuse"]
    if held.state in (ChangeState.ASKED, ChangeState.DUE) and (decides or is_own) and not is_over:
        offered.append("undo")
    counted: Any = held  # read `with_counts`
    items = page_of(request, held.items.select_related("certificate"))
    for item in items:
        item.lines = _lines(item) if held.kind == Kind.CORRECT else []
    context: dict[str, Any] = {
        "change": held,
        "page": items,
        "total": counted.total,
        "done": counted.total - counted.remaining,
        "failed": counted.failed,
        "effected": counted.total - counted.failed,
        "when": waiting.when(held),
        "is_own": is_own,
        "is_running": is_over and held.state == ChangeState.DUE,
        "may_hasten": held.state == ChangeState.DUE and (decides or is_own),
        "forms": {
            name: form if form is not None and form.prefix == name else NoteForm(prefix=name)
            for name in offered
        },
        "form": form,
        "wrong_forms": [form] if form else [],
    }
    return render(request, "certificates/changes/change.html", context, status=422 if form else 200)


def _lines(item: ChangeItem) -> list[dict[str, Any]]:
    """What a correction says, of what is or was printed on the old certificate."""
    return [line for line in lines(printed_of(item.certificate), item.printed) if line["differs"]]

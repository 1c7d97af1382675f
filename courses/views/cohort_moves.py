"""Several cohorts at once, ticked in the list: approve, return, archive, each after a look at what will happen."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions.moves import AT_ONCE, move_many
from courses.models import Cohort
from courses.models.cohorts import CohortState
from courses.queries import cohorts as queries
from courses.rules.cohorts import MOVES
from courses.views.consequences import ACTS, CONSEQUENCES
from registry import words
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require_somewhere


@dataclass(frozen=True)
class Batch:
    """A move that may be made of several at once: from which state, and on the button in which words."""

    state: str
    label: Any


BATCHES = {
    "approved": Batch("submitted", _("批准选中的班")),
    "returned": Batch("submitted", _("退回选中的班")),
    "enrolling": Batch("approved", _("选中的班开始招生")),
    "closed": Batch("completed", _("归档选中的班")),
}


def batches_for(actor: Actor, state: str) -> list[tuple[str, Any]]:
    """What this actor may do with several cohorts of a list that shows one state."""
    return [
        (to, batch.label)
        for to, batch in BATCHES.items()
        if batch.state == state and actor.may_somewhere(MOVES[state, to].permission)
    ]


class BatchForm(Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        help_text=_("每个班的培训基地都会看到这段话。请勿写学员姓名和证件号码。"),
    )


@require_http_methods(["GET", "POST"])
def move_cohorts(request: ActorRequest) -> HttpResponse:
    """Shows the cohorts named in the address and what the move brings about, then makes it, each for itself."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    to = request.GET.get("to", "")
    batch = BATCHES.get(to)
    if batch is None:
        return redirect("courses:cohorts")
    move = MOVES[batch.state, to]
    require_somewhere(request.actor, move.permission)
    rows = _chosen(request, batch)
    form = BatchForm(request.POST if request.method == "POST" else None)
    if not move.needs_reason:
        del form.fields["reason"]
    back = f"{reverse('courses:cohorts')}?state={batch.state}"
    if rows and form.is_valid():
        done = move_many(
            by=request.actor,
            on=today(),
            cohorts_to_move=rows,
            state=to,
            reason=form.cleaned_data.get("reason", ""),
        )
        moved = [one for one in done if one.refusal is None]
        if moved:
            sentence = ngettext(
                "%(n)s 个班现在的状态：%(state)s", "%(n)s 个班现在的状态：%(state)s", len(moved)
            )
            messages.success(request, sentence % {"n": len(moved), "state": CohortState(to).label})
        for one in done:
            if one.refusal is not None:
                said = words.say(one.refusal.code, one.refusal.facts)
                messages.error(
                    request, gettext("%(name)s没有变更：%(why)s") % {"name": one.cohort.name, "why": said}
                )
        return redirect(back)
    context = {
        "form": form,
        "rows": rows,
        "act": ACTS[batch.state, to],
        "consequence": CONSEQUENCES[batch.state, to],
        "back": back,
    }
    return render(request, "courses/cohorts/moves.html", context, status=422 if form.is_bound else 200)


def _chosen(request: ActorRequest, batch: Batch) -> list[Cohort]:
    """The cohorts named in the address that are still in the state that the move begins with."""
    wanted = [text[:12] for text in request.GET.getlist("cohort")[:AT_ONCE]]
    rows = queries.with_accreditation(queries.listing(request.actor, state=batch.state))
    return list(rows.filter(public_id__in=wanted))

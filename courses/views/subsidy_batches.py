"""Several claims at once: check, approve or pay them after a preview with sums; put them on public notice; list payments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import subsidies as actions
from courses.actions import subsidy_notices, subsidy_payments
from courses.models import SubsidyClaim
from courses.queries import subsidies as queries
from courses.queries.subsidy_notices import MOST, standings, to_publish
from courses.rules.subsidies import STEPS
from courses.views.sheets import workbook
from courses.views.subsidies import StepForm
from courses.views.subsidy_words import ACTS, CONSEQUENCES
from registry import words
from registry.errors import NotFound
from registry.forms import Form
from registry.models import Federation
from registry.models.regions import in_subtrees
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views import refusals
from registry.views.exports import ExportForm
from registry.views.fields import DayField

PERSONAL = (("name", _("收款人")), ("citizen_id", _("证件号码")), ("bank_account", _("银行账号")))
BATCH_STEPS = ("check", "approve", "pay")


@require_http_methods(["GET", "POST"])
def batch(request: ActorRequest, step: str) -> HttpResponse:
    """Choose claims that wait for this step, look at them with their sums, take the step with all of them."""
    if step not in BATCH_STEPS:
        raise NotFound(what="step")
    require_somewhere(request.actor, Permission(STEPS[step].permission))
    waiting = queries.with_sums(queries.waiting_for(request.actor, step))
    chosen = list(waiting.filter(public_id__in=request.POST.getlist("claim")[:MOST]))
    is_preview = request.method == "POST"
    is_final = is_preview and "confirmed" in request.POST and bool(chosen)
    form = StepForm(step, request.POST if is_final else None, initial={"paid_on": today()})
    if is_final and form.is_valid():
        with refusals.shown_on(form):
            taken = actions.take_steps(by=request.actor, on=today(), claims=chosen, step=step, **form.taken())
            return _told(request, step, taken)
    errors = [("claims", gettext("请至少选择一份申领。"))] if is_preview and not chosen else []
    shown = chosen if chosen else list(waiting[:MOST])
    context = {
        "rows": _with_standing(shown) if step == "pay" else [(claim, None) for claim in shown],
        "step": step,
        "act": ACTS[step],
        "consequence": CONSEQUENCES[step],
        "is_preview": bool(chosen),
        "form": form,
        "errors": errors,
        "total": sum(claim.total or 0 for claim in shown),  # type: ignore[attr-defined,misc]
        "people": sum(claim.people for claim in shown),  # type: ignore[attr-defined]
    }
    status = 422 if errors or form.errors else 200
    return render(request, "courses/subsidies/batch.html", context, status=status)


def _with_standing(claims: Sequence[SubsidyClaim]) -> list[tuple[SubsidyClaim, Any]]:
    found = standings(claims, on=today())
    return [(claim, found[claim.pk]) for claim in claims]


def _told(request: ActorRequest, step: str, taken: actions.Taken) -> HttpResponse:
    if taken.done:
        count = len(taken.done)
        done = ngettext("%(act)s：%(n)s 份已办理。", "%(act)s：%(n)s 份已办理。", count)
        messages.success(request, done % {"act": ACTS[step], "n": count})
    if not taken.refused:
        return redirect("courses:subsidies")
    refused = [(claim, words.say(error.code, error.facts)) for claim, error in taken.refused]
    context = {"refused": refused, "done": len(taken.done), "act": ACTS[step], "step": step}
    return render(request, "courses/subsidies/refused.html", context, status=409)


class NoticeForm(Form):
    federation: forms.Field = forms.ModelChoiceField(
        label=_("公示单位"), queryset=None, to_field_name="public_id"
    )
    title = forms.CharField(label=_("标题"), max_length=80)
    intro = forms.CharField(
        label=_("说明"), max_length=1_000, required=False, widget=forms.Textarea({"rows": 4})
    )
    ends_on = DayField(label=_("公示截止"), required=False, help_text=_("不填的，按本地规定的公示天数。"))


@require_http_methods(["GET", "POST"])
def notice(request: ActorRequest) -> HttpResponse:
    """Put approved claims on public notice: names masked, sums and kinds in neutral words."""
    require_somewhere(request.actor, Permission.NOTICE_PUBLISH)
    require_somewhere(request.actor, Permission.SUBSIDY_PAY)
    approved = queries.with_sums(SubsidyClaim.objects.where(request.actor, Permission.SUBSIDY_PAY))
    offered = to_publish(approved, on=today())
    sent = request.POST if request.method == "POST" else None
    initial = {"title": gettext("%(year)s年补贴发放公示") % {"year": today().year}}
    form = NoticeForm(sent, initial=initial)
    field: Any = form.fields["federation"]
    paths = request.actor.scope(Permission.NOTICE_PUBLISH).region_paths
    field.queryset = Federation.objects.filter(in_subtrees("region__path", paths)).select_related("region")
    if len(only := field.queryset[:2]) == 1:
        form.initial["federation"] = only[0].public_id
    ids = request.POST.getlist("claim")
    chosen = [claim for claim in offered if claim.public_id in ids]
    errors = [("claims", gettext("请至少选择一份申领。"))] if sent is not None and not chosen else []
    if form.is_valid() and chosen:
        with refusals.shown_on(form):
            made = subsidy_notices.publish(by=request.actor, on=today(), claims=chosen, **form.cleaned_data)
            messages.success(request, gettext("已公示到%(day)s。") % {"day": made.ends_on})
            return redirect("courses:subsidies")
    context = {
        "form": form,
        "errors": errors,
        "rows": offered,
        "ids": ids or [claim.public_id for claim in offered],
        "items": subsidy_notices.items_of(chosen or offered)[:20],
    }
    return render(request, "courses/subsidies/notice.html", context, status=422 if sent is not None else 200)


@require_http_methods(["GET", "POST"])
def payments(request: ActorRequest) -> HttpResponse:
    """The list of payments as a workbook, for whoever pays: asked for with purpose and recipient."""
    require_somewhere(request.actor, Permission.SUBSIDY_PAY)
    rows = queries.with_sums(SubsidyClaim.objects.where(request.actor, Permission.SUBSIDY_PAY))
    offered = list(rows.filter(state__in=("approved", "paid")).order_by("state", "moved_on", "pk")[:MOST])
    sent = request.POST if request.method == "POST" else None
    form = ExportForm(sent, personal=PERSONAL, initial={"purpose": "funds"})
    ids = request.POST.getlist("claim") if sent is not None else request.GET.getlist("claim")
    chosen = [claim for claim in offered if claim.public_id in ids]
    errors = [("claims", gettext("请至少选择一份申领。"))] if sent is not None and not chosen else []
    if form.is_valid() and chosen:
        with refusals.shown_on(form):
            data, made = subsidy_payments.payment_file(
                by=request.actor, on=today(), claims=chosen, **form.cleaned_data
            )
            return workbook(data, f"补贴发放名册-{made.public_id}")
    context = {"form": form, "errors": errors, "rows": offered, "ids": ids}
    return render(
        request, "courses/subsidies/payments.html", context, status=422 if sent is not None else 200
    )

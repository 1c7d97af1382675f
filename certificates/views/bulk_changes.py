"""Suspending, reinstating or withdrawing all certificates of a cohort or a base: who is touched, then the act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from certificates.actions import changes, effects
from certificates.errors import NothingTouched
from certificates.models.certificates import ReasonClass
from certificates.queries.changes import Touched, touched
from certificates.queries.policies import policy_for
from certificates.rules import changes as rules
from certificates.rules.changes import Kind
from certificates.views import waiting
from certificates.views.certificates import REASONS, NoteForm
from courses.models import Cohort
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.views import refusals
from registry.views.fields import chosen

KINDS = [
    (Kind.SUSPEND.value, _("暂停：立即生效，可以恢复")),
    (Kind.REINSTATE.value, _("恢复：暂停的证书重新有效")),
    (Kind.WITHDRAW.value, _("撤销：不能恢复")),
]


class ManyForm(NoteForm):
    kind = forms.ChoiceField(label=_("事项"), choices=chosen(KINDS))
    reason_class = forms.ChoiceField(
        label=_("原因"),
        choices=chosen(
            (one.value, one.label) for one in ReasonClass if any(one in fit for fit in REASONS.values())
        ),
        required=False,
        help_text=_("公开查验页会显示这一原因。恢复不用填。"),
    )
    field_order = ["kind", "reason_class", "note"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, reason = cleaned.get("kind"), cleaned.get("reason_class", "")
        if kind == Kind.REINSTATE:
            cleaned["reason_class"] = ""
        elif kind and reason not in REASONS[kind]:
            fitting = _now("、").join(str(ReasonClass(one).label) for one in REASONS[kind])
            self.add_error(
                "reason_class", _now("请选择适合这一事项的原因：%(reasons)s。") % {"reasons": fitting}
            )
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    seen = Cohort.objects.visible_to(request.actor).select_related("base__region")
    shown = one(seen, public_id=public_id)
    return _change(request, shown.base, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def base(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = one(TrainingBase.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    return _change(request, shown, None)


def _change(request: ActorRequest, base: TrainingBase, cohort: Cohort | None) -> HttpResponse:
    """The form; POST `do`: "check" shows who is touched, "edit" the form again, "confirm" asks for it."""
    changes.require_may_ask(request.actor, Kind.SUSPEND, base)
    form = ManyForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"base": base, "cohort": cohort, "form": form}
    step = request.POST.get("do", "") if request.method == "POST" else "edit"
    if step == "edit":
        context["form"] = ManyForm(None, initial=request.POST.dict())
    elif form.is_valid():
        kind = form.cleaned_data["kind"]
        found = touched(kind, on=today(), base=base, cohort=cohort)
        with refusals.shown_on(form):
            if not found.count:
                raise NothingTouched()
            if step == "confirm":
                return _confirm(request, base, cohort, found, form)
            policy = policy_for(base)
            context |= {
                "touched": found,
                "kind": kind,
                "kind_label": dict(KINDS)[kind],
                "reason": ReasonClass(form.cleaned_data["reason_class"]).label,
                "sent": [(name, request.POST.get(name, "")) for name in form.fields],
                "needs_second": rules.needs_second_person(policy, kind, is_bulk=True),
                "minutes": int(rules.window(policy, kind).total_seconds() // 60),
            }
            return render(request, "certificates/changes/many_check.html", context)
    return render(
        request, "certificates/changes/many.html", context, status=422 if context["form"].errors else 200
    )


def _confirm(
    request: ActorRequest, base: TrainingBase, cohort: Cohort | None, found: Touched, form: ManyForm
) -> HttpResponse:
    at = timezone.now()
    change = changes.ask_many(
        by=request.actor,
        at=at,
        base=base,
        cohort=cohort,
        wanted=[(held, {}) for held in found.certificates],
        **form.cleaned_data,
    )
    if not effects.begin(change, at=at):
        messages.success(request, waiting.sentence(change))
    return redirect("certificates:change", public_id=change.public_id)

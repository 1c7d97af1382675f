"""Correcting one certificate: what is printed in a form, then old and new side by side, then the new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from certificates.actions import changes, corrections
from certificates.models import Certificate
from certificates.queries.corrections import printed_of
from certificates.queries.policies import policy_for
from certificates.rules import changes as rules
from certificates.rules.changes import Kind
from certificates.rules.corrections import DAYS, FIELDS, LONGEST_COURSE
from certificates.views import waiting, written
from certificates.views.certificates import NoteForm, certificate_of
from registry.queries.people import reach
from registry.requests import ActorRequest
from registry.rules.access import Permission
from registry.rules.names import LONGEST
from registry.views import refusals
from registry.views.fields import DayField

LABELS = {
    "holder_name": _("持证人"),
    "course_name": pgettext_lazy("certificate", "培训项目"),
    "hours": _("课时"),
    "starts_on": _("开班日期"),
    "ends_on": _("结业日期"),
}


class CorrectionForm(NoteForm):
    holder_name = forms.CharField(
        label=LABELS["holder_name"],
        max_length=LONGEST,
        help_text=_("与身份证一致，包括间隔号“·”和生僻字。"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "width-20"}),
    )
    course_name = forms.CharField(
        label=LABELS["course_name"],
        max_length=LONGEST_COURSE,
        help_text=_("不能透露持证人的残疾。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    hours = forms.CharField(
        label=LABELS["hours"],
        max_length=10,
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
    )
    starts_on = DayField(label=LABELS["starts_on"])
    ends_on = DayField(label=LABELS["ends_on"])
    rename = forms.BooleanField(label=_("学员登记里的姓名也写错了，一并改正"), required=False)
    field_order = ["holder_name", "rename", "course_name", "hours", "starts_on", "ends_on", "note"]

    def __init__(self, data: Any, held: Certificate, *, may_rename: bool) -> None:
        super().__init__(data, initial=printed_of(held))
        if may_rename:
            self.fields["rename"].help_text = _now("现在登记的姓名：%(name)s。改正立即生效。") % {
                "name": held.person.name
            }
        else:
            del self.fields["rename"]


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form; POST `do`: "check" shows old and new side by side, "edit" the form again, "confirm" asks for it."""
    held = certificate_of(request, public_id)
    changes.require_may_ask(request.actor, Kind.CORRECT, held.base)
    may_rename = request.actor.may(Permission.PERSON_EDIT, **reach(held.person))
    step = request.POST.get("do", "") if request.method == "POST" else "edit"
    form = CorrectionForm(request.POST if request.method == "POST" else None, held, may_rename=may_rename)
    if step == "edit" or not form.is_valid():
        shown = form if step != "edit" else _unchecked(request, held, may_rename)
        return _form(request, held, shown)
    typed = {name: form.cleaned_data[name] for name in FIELDS}
    rename = form.cleaned_data.get("rename", False)
    with refusals.shown_on(form):
        if step == "confirm":
            change = corrections.correct(
                by=request.actor,
                at=timezone.now(),
                certificate=held,
                typed=typed,
                note=form.cleaned_data["note"],
                rename=rename,
            )
            messages.success(request, waiting.sentence(change))
            return redirect("certificates:change", public_id=change.public_id)
        values = corrections.check(at=timezone.now(), certificate=held, typed=typed)
        return _check(request, held, form, values, rename=rename)
    return _form(request, held, form)


def lines(printed: dict[str, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    """Each field as it is and as it will be, for a table whose last column says which differ."""
    return [
        {
            "label": LABELS[name],
            "old": _text(name, printed[name]),
            "new": _text(name, values.get(name, printed[name])),
            "differs": name in values,
        }
        for name in FIELDS
    ]


def _text(name: str, value: Any) -> str:
    return written.day(value, get_language() or "") if name in DAYS else str(value)


def _unchecked(request: ActorRequest, held: Certificate, may_rename: bool) -> CorrectionForm:
    """The form with what is printed, or with what was typed before, not complained about."""
    form = CorrectionForm(None, held, may_rename=may_rename)
    if request.method == "POST":
        form.initial.update({name: request.POST.get(name, "") for name in form.fields})
    return form


def _form(request: ActorRequest, held: Certificate, form: CorrectionForm) -> HttpResponse:
    context = {"certificate": held, "form": form}
    return render(request, "certificates/corrections/form.html", context, status=422 if form.errors else 200)


def _check(
    request: ActorRequest, held: Certificate, form: CorrectionForm, values: dict[str, Any], *, rename: bool
) -> HttpResponse:
    policy = policy_for(held.base)
    context = {
        "certificate": held,
        "lines": lines(printed_of(held), values),
        "changed": len(values),
        "sent": [(name, request.POST.get(name, "")) for name in form.fields],
        "renames": rename and "holder_name" in values,
        "person_name": held.person.name,
        "new_name": values.get("holder_name", held.holder_name),
        "names_differ": values.get("holder_name", held.holder_name) != held.person.name and not rename,
        "needs_second": rules.needs_second_person(policy, Kind.CORRECT, is_bulk=False),
        "minutes": policy.undo_minutes,
    }
    return render(request, "certificates/corrections/check.html", context)

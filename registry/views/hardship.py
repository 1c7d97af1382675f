"""Pages that record of which hardship class (困难类别) a person is, and that one is over."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.actions import hardship as actions
from registry.forms import Form
from registry.models import Person
from registry.models.hardship import Hardship
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField, chosen


def _editable(request: ActorRequest, public_id: str) -> Person:
    shown = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(shown))
    return shown


class HardshipForm(Form):
    kind = forms.ChoiceField(
        label=_("困难类别"),
        choices=chosen(Hardship.choices),
        help_text=_("一个人可以有几类，一类一类登记。已登记的一类再登记一次，就是更正认定日期。"),
    )
    since = DayField(label=_("认定日期"))


@require_http_methods(["GET", "POST"])
def hardship(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record one class of a person."""
    shown = _editable(request, public_id)
    form = HardshipForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.record(by=request.actor, on=today(), person=shown, **form.cleaned_data)
            messages.success(request, gettext("困难类别已登记。"))
            return redirect("registry:person", public_id=public_id)
    context = {"form": form, "person": shown}
    return render(request, "registry/people/hardship.html", context, status=422 if form.is_bound else 200)


class EndForm(Form):
    ended_on = DayField(
        label=_("退出日期"), help_text=_("从这一天起不再属于这一类。登记错了的，填认定日期当天。")
    )


@require_http_methods(["GET", "POST"])
def end_hardship(request: ActorRequest, public_id: str, status_id: str) -> HttpResponse:
    """The person is of this class no more."""
    shown = _editable(request, public_id)
    status = one(shown.hardships.all(), public_id=status_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"ended_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            actions.end(by=request.actor, on=today(), status=status, **form.cleaned_data)
            messages.success(request, gettext("已登记退出。"))
            return redirect("registry:person", public_id=public_id)
    context = {"form": form, "person": shown, "status": status}
    return render(request, "registry/people/end_hardship.html", context, status=422 if form.is_bound else 200)

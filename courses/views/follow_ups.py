"""Pages of follow-ups (回访): the due list of a counsellor, and one question with what was answered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import follow_ups
from courses.models import FollowUp
from courses.models.follow_ups import FollowUpChannel, FollowUpResult
from courses.queries import employment
from courses.queries import follow_ups as queries
from registry.forms import Form
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen, region_field
from registry.views.lists import page_of
from registry.views.posts import posted_from


class DueFilter(Form):
    whose = forms.ChoiceField(
        label=_("辅导员"),
        choices=[("", _("全部")), ("mine", _("我负责的")), ("nobody", _("没有辅导员的"))],
        required=False,
    )

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        reach = regions.in_reach(request.actor, Permission.PERSON_READ, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


@require_safe
def due_list(request: ActorRequest) -> HttpResponse:
    """What is due: one's own people first, oldest first."""
    require_somewhere(request.actor, Permission.FOLLOW_UP_RECORD)
    filters = DueFilter(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "filter_form": filters,
        "page": page_of(request, queries.listed(request.actor, on=today(), **wanted)),
        "unwilling": queries.unwilling(request.actor, on=today()),
        "today": today(),
    }
    return render(request, "courses/follow_ups/list.html", context, status=422 if filters.errors else 200)


class TryForm(Form):
    contacted_on = DayField(label=_("联系日期"))
    channel = forms.ChoiceField(label=_("方式"), choices=chosen(FollowUpChannel.choices))
    result = forms.ChoiceField(label=_("结果"), choices=FollowUpResult.choices, widget=forms.RadioSelect)
    next_on = DayField(
        label=_("下次联系日期"), required=False, help_text=_("联系不上时填写；不填就在一星期后再联系。")
    )
    note = forms.CharField(
        label=_("记录"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("加密保存，只有办理回访的人能看。"),
    )


@require_http_methods(["GET", "POST"])
def follow_up(request: ActorRequest, public_id: str) -> HttpResponse:
    """One question: who, about what, earlier tries; a POST records the answer."""
    shown = _follow_up(request, public_id)
    may_follow = request.actor.may(Permission.FOLLOW_UP_RECORD, **reach(shown.person))
    if request.method == "POST":
        require(request.actor, Permission.FOLLOW_UP_RECORD, **reach(shown.person))
    initial = {"contacted_on": today(), "channel": FollowUpChannel.PHONE}
    form = TryForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            done = follow_ups.record(by=request.actor, on=today(), follow_up=shown, **form.cleaned_data)
            return _next(request, done)
    context: dict[str, Any] = {
        "follow_up": shown,
        "form": form,
        "may_follow": may_follow,
        "is_open": queries.due(on=today()).filter(pk=shown.pk).exists(),
        "tries": shown.held.all() if may_follow else [],
        "running": employment.running(shown.person, on=today()),
        "today": today(),
    }
    return render(request, "courses/follow_ups/follow_up.html", context, status=422 if form.is_bound else 200)


@posted_from("courses:follow-up")
def reopen(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes back an answer that was a mistake."""
    follow_ups.reopen(by=request.actor, on=today(), follow_up=_follow_up(request, public_id))
    messages.success(request, gettext("已撤回这次的结果，可以重新登记。"))
    return redirect("courses:follow-up", public_id=public_id)


def _next(request: ActorRequest, done: FollowUp) -> HttpResponse:
    """Where the answer leads: to the end of a job that is over, to a job not recorded yet, else back to the list."""
    running = employment.running(done.person, on=today()).first()
    if done.result == FollowUpResult.UNEMPLOYED and running is not None:
        messages.warning(request, gettext("回访已登记。本人已不在就业，请登记这份工作的离职日期。"))
        return redirect("courses:end-spell", public_id=running.public_id)
    if done.result == FollowUpResult.EMPLOYED and running is None:
        messages.warning(request, gettext("回访已登记。本人在就业，但还没有就业记录，请登记。"))
        return redirect("courses:new-spell", public_id=done.person.public_id)
    if done.done_on is None:
        messages.success(request, gettext("已登记这次联系。下次联系的日期已记下。"))
    else:
        messages.success(request, gettext("回访已登记。"))
    return redirect("courses:follow-ups")


def _follow_up(request: ActorRequest, public_id: str) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.actor)
    return one(
        rows.select_related("person__region", "spell", "enrolment__cohort", "graduation"), public_id=public_id
    )

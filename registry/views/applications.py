"""Pages of applications for plaques: the list, applying, one application with its papers and its next steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import application_reviews, applications
from registry.errors import InvalidInput
from registry.forms import Form
from registry.models import Application, Federation, TrainingBase
from registry.models.applications import ApplicationState
from registry.models.bases import BaseCategoryKind, BaseKind
from registry.models.notices import NoticeKind
from registry.queries import applications as queries
from registry.queries import bases as base_queries
from registry.queries import notices as notice_queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import application_steps, refusals
from registry.views.evidence import EvidenceForm, paper
from registry.views.lists import page_of
from registry.views.posts import posted_from
from registry.views.publishing import publish_page
from registry.views.steps import done_by, scored
from registry.words import say, verb


class ApplicationFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), ("open", _("正在办理")), *ApplicationState.choices],
        required=False,
    )


@require_safe
def application_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_READ)
    seen = Application.objects.visible_to(request.actor)
    filters = ApplicationFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    context = {
        "page": page_of(request, queries.listed(seen, state=state)),
        "filter_form": filters,
        "may_publish": state == ApplicationState.ACCEPTED
        and request.actor.may_somewhere(Permission.NOTICE_PUBLISH),
    }
    return render(request, "registry/applications/list.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: ActorRequest) -> HttpResponse:
    """The chosen applications on one notice: checked as the public will read them, then published."""
    require_somewhere(request.actor, Permission.NOTICE_PUBLISH)
    back = f"{reverse('registry:applications')}?state={ApplicationState.ACCEPTED}"
    seen = Application.objects.visible_to(request.actor).filter(
        public_id__in=request.GET.getlist("application"),
        state__in=(ApplicationState.ACCEPTED, ApplicationState.ON_NOTICE),
    )
    chosen = list(queries.whole(seen))
    try:
        federation = application_reviews.federation_of(chosen)
    except InvalidInput:
        messages.error(request, say("applications_of_one_federation"))
        return redirect(back)
    return publish_page(
        request,
        kind=NoticeKind.ACCREDITATION,
        region=federation.region,
        items=application_reviews.notice_items(chosen),
        title=application_reviews.notice_title(federation),
        back=back,
        publish=lambda **asked: application_reviews.publish(
            applications=chosen,
            **{name: value for name, value in asked.items() if name not in ("kind", "items")},
        ),
    )


_LONG: Any = {"max_length": 1_000, "required": False, "widget": forms.Textarea({"rows": 3})}


class ApplicationForm(Form):
    federation = forms.ModelChoiceField(
        label=_("向谁申报"),
        queryset=Federation.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("县级残联挂县级牌，市级残联挂市级牌，以此类推。"),
    )
    kind = forms.ChoiceField(label=_("申报的基地类型"), choices=BaseKind.choices, widget=forms.RadioSelect)
    categories = forms.MultipleChoiceField(
        label=_("申报的培训类别"),
        choices=BaseCategoryKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    site = forms.CharField(label=_("场地"), help_text=_("面积、教室、实操场所。"), **_LONG)
    equipment = forms.CharField(label=_("设备"), **_LONG)
    trainers = forms.CharField(label=_("师资"), help_text=_("写人数和资格，不写姓名。"), **_LONG)
    access = forms.CharField(label=_("无障碍条件"), **_LONG)


@require_http_methods(["GET", "POST"])
def apply(request: ActorRequest, public_id: str) -> HttpResponse:
    """A new application; `?renews=` the number of a plaque of this base begins it with that one."""
    base = one(base_queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=public_id)
    require(request.actor, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    old = next((one for one in base.accreditations.all() if str(one.pk) == request.GET.get("renews")), None)
    form = ApplicationForm(
        request.POST if request.method == "POST" else None, initial=queries.beginning(base, old)
    )
    addressed: Any = form.fields["federation"]
    addressed.queryset = queries.addressees(base)
    if "federation" not in form.initial:
        form.initial["federation"] = addressed.queryset.first()
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            renews = old if old and old.federation_id == asked["federation"].pk else None
            drafted = applications.apply(by=request.actor, on=today(), base=base, renews=renews, **asked)
            messages.success(request, gettext("已存为草稿。上传材料后即可提交。"))
            return redirect("registry:application", public_id=drafted.public_id)
    context = {"form": form, "base": base, "renews": old}
    return render(request, "registry/applications/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = queries.seen(request.actor, public_id)
    _require_apply(request, shown)
    names = ("kind", "categories", *applications.REASONS)
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(shown, name) for name in names},
    )
    del form.fields["federation"]
    if form.is_valid():
        with refusals.shown_on(form):
            applications.edit(by=request.actor, on=today(), application=shown, **form.cleaned_data)
            return redirect("registry:application", public_id=public_id)
    context = {"form": form, "application": shown}
    return render(request, "registry/applications/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def application(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, queries.seen(request.actor, public_id), EvidenceForm())


@posted_from("registry:application")
def add_evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = queries.seen(request.actor, public_id)
    _require_apply(request, shown)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.shown_on(form):
            applications.add_evidence(
                by=request.actor, on=today(), application=shown, **paper(form.cleaned_data["file"])
            )
            return redirect("registry:application", public_id=public_id)
    return _page(request, shown, form)


def _page(request: ActorRequest, shown: Application, form: EvidenceForm) -> HttpResponse:
    actor = request.actor
    events = list(queries.steps(shown))
    mine = done_by(actor, events)
    open_steps = [
        (name, step)
        for name, step in application_steps.STEPS.items()
        if shown.state in step.states and step.may(actor, shown)
    ]
    may_read = actor.may(
        Permission.EVIDENCE_READ, region_path=shown.base.region.path, base_ids=[shown.base_id]
    )
    context = {
        "application": shown,
        "categories": [BaseCategoryKind(one).label for one in shown.categories],
        "criteria": scored(shown.criteria, shown.points),
        "standing": notice_queries.standing(shown, today()),
        "events": [{"event": one, "verb": verb(one.verb)} for one in events],
        "evidence": queries.evidence(shown) if may_read else [],
        "may_read_evidence": may_read,
        "may_publish": shown.state == ApplicationState.ACCEPTED
        and actor.may(Permission.NOTICE_PUBLISH, region_path=shown.federation.region.path),
        "may_edit": shown.may_be_edited and _may_apply(request, shown),
        "steps": [
            {"name": name, "step": step, "blocked": bool(mine & set(step.not_after))}
            for name, step in open_steps
        ],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "registry/applications/application.html", context, status=status)


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, public_id: str, name: str) -> HttpResponse:
    """One step with its consequence, what it asks, and its button."""
    shown = queries.seen(request.actor, public_id)
    done = application_steps.open_step(request.actor, shown, name)
    form = done.form(shown, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            done.run(by=request.actor, on=today(), application=shown, **form.cleaned_data)
            messages.success(request, gettext("已办理：%(name)s") % {"name": done.label})
            return redirect("registry:application", public_id=public_id)
    context = {"form": form, "application": shown, "step": done}
    return render(request, "registry/applications/step.html", context, status=422 if form.is_bound else 200)


def _may_apply(request: ActorRequest, shown: Application) -> bool:
    base = shown.base
    return request.actor.may(Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])


def _require_apply(request: ActorRequest, shown: Application) -> None:
    base = shown.base
    require(request.actor, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])

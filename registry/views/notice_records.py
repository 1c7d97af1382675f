"""The inside of notices: the list with states and counts, one for ever, taking it down early, filing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import notices
from registry.forms import Form
from registry.models import NoticeItem, Objection, PublicNotice
from registry.models.notices import NoticeKind, NoticeState, ObjectionState
from registry.queries import notices as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of
from registry.views.posts import posted_from

NEXT_STEPS = {
    NoticeKind.PROJECT: _("公示通过的培训班可以开始招生。"),
    NoticeKind.ACCREDITATION: _("公示通过的机构可以挂牌。"),
    NoticeKind.CERTIFICATE: _("公示通过的学员可以由培训基地签发证书。"),
    NoticeKind.SUBSIDY: _("公示通过的补贴可以拨付。"),
}


class RecordFilter(Form):
    kind = forms.ChoiceField(
        label=_("公示类型"), choices=[("", _("全部")), *NoticeKind.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), *NoticeState.choices, (queries.TO_CONCLUDE, _("已结束，等待办结"))],
        required=False,
    )


@require_safe
def record_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.NOTICE_READ)
    filters = RecordFilter(request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    on = today()
    page = page_of(request, queries.listed(PublicNotice.objects.visible_to(request.actor), on=on, **wanted))
    rows = [{"notice": notice, "state": notice.state(on)} for notice in page]
    return render(
        request, "registry/notices/records.html", {"page": page, "rows": rows, "filter_form": filters}
    )


@require_safe
def record(request: ActorRequest, public_id: str) -> HttpResponse:
    held = seen_notice(request, public_id)
    on = today()
    items = NoticeItem.objects.filter(notice=held).annotate(
        open_count=Count("objections", filter=Q(objections__state=ObjectionState.OPEN)),
        upheld_count=Count("objections", filter=Q(objections__state=ObjectionState.UPHELD)),
    )
    objections = list(Objection.objects.filter(notice=held).select_related("item"))
    may_publish = request.actor.may(Permission.NOTICE_PUBLISH, region_path=held.federation.region.path)
    state = held.state(on)
    has_open = any(one.state == ObjectionState.OPEN for one in objections)
    context = {
        "notice": held,
        "state": state,
        "page": page_of(request, items.order_by("position")),
        "objections": objections,
        "whole_held_back": any(
            one.item_id is None and one.state != ObjectionState.UNFOUNDED for one in objections
        ),
        "next_step": NEXT_STEPS[NoticeKind(held.kind)] if state == NoticeState.ENDED else "",
        "may_withdraw": may_publish and state == NoticeState.PUBLISHED,
        "may_conclude": may_publish
        and state != NoticeState.PUBLISHED
        and not has_open
        and held.concluded_on is None,
    }
    return render(request, "registry/notices/record.html", context)


class WithdrawalForm(Form):
    reason = forms.CharField(
        label=_("撤回原因"),
        max_length=200,
        help_text=_("任何人都能看到这段话。不写个人信息，不透露当事人有残疾。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    held = seen_notice(request, public_id)
    require(request.actor, Permission.NOTICE_PUBLISH, region_path=held.federation.region.path)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            notices.withdraw(by=request.actor, on=today(), notice=held, **form.cleaned_data)
            messages.success(request, _now("公示已撤回，外面看不到了。"))
            return redirect("registry:notice-record", public_id=public_id)
    context: dict[str, Any] = {"notice": held, "form": form, "is_over": not held.is_shown(today())}
    return render(request, "registry/notices/withdraw.html", context, status=422 if form.errors else 200)


@posted_from("registry:notice-record")
def conclude(request: ActorRequest, public_id: str) -> HttpResponse:
    held = seen_notice(request, public_id)
    notices.conclude(by=request.actor, on=today(), notice=held)
    messages.success(request, _now("已办结，不再列入待办。"))
    return redirect("registry:notice-record", public_id=public_id)


def seen_notice(request: ActorRequest, public_id: str) -> PublicNotice:
    """The inside of a notice, if the actor may know of it."""
    seen = PublicNotice.objects.visible_to(request.actor).select_related("federation__region")
    return one(seen, public_id=public_id)

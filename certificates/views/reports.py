"""Reports about certificates: anyone makes one, the federation that may withdraw reads and closes it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import reports as actions
from certificates.limits import MISSES, REPORTS, REPORTS_OF_ONE
from certificates.models import CertificateReport
from certificates.models.reports import ReportReason
from certificates.proof import codes
from certificates.proof.errors import AddressError
from certificates.queries.public import find_by_code
from certificates.views import written
from registry.actions import throttles
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, client_address, today
from registry.rules.access import Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ReportForm(Form):
    reason = forms.ChoiceField(label=_("发现了什么问题"), choices=chosen(ReportReason.choices))
    text = forms.CharField(
        label=pgettext_lazy("report", "说明"),
        max_length=actions.LONGEST_TEXT,
        required=False,
        help_text=_("例如：哪里不一致，在哪里见到这张证书。请不要写身份证号。"),
        widget=forms.Textarea({"rows": 4}),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=actions.LONGEST_CONTACT,
        required=False,
        help_text=_("想知道结果时填写电话或邮箱。只有办理的人能看到，办结后删除。"),
        widget=forms.TextInput({"autocomplete": "off", "class": "width-20"}),
    )


class CloseForm(Form):
    note = forms.CharField(
        label=_("办理结果"),
        max_length=actions.LONGEST_NOTE,
        help_text=_("查明了什么，做了什么。只有工作人员能看到。"),
        widget=forms.Textarea({"rows": 3}),
    )


class ReportFilter(Form):
    state = forms.ChoiceField(
        label=_("办理情况"),
        choices=[("", _("全部")), ("waiting", _("待办理")), ("closed", _("已办结"))],
        required=False,
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, code: str) -> HttpResponse:
    """Tell that something is wrong with a certificate, or with a paper whose code is no certificate's."""
    at, source = timezone.now(), client_address(request)
    throttles.require_unspent(source=source, at=at, **MISSES)
    try:
        canonical = codes.parse_code(code)
    except AddressError:
        return redirect("certificates:verify", code=code)
    record = find_by_code(canonical)
    if record is None:
        throttles.hit(source=source, at=at, **MISSES)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        throttles.hit(source=source, at=at, **REPORTS)
        throttles.hit(source=canonical, at=at, **REPORTS_OF_ONE)
        with refusals.shown_on(form):
            actions.make(by=request.actor, on=today(), code=canonical, **form.cleaned_data)
            return redirect("certificates:report-received", code=canonical)
    context = {"form": form, "record": record, **_written(canonical)}
    return _unlisted(render(request, "certificates/report.html", context, status=422 if form.errors else 200))


@login_not_required
@require_safe
def received(request: HttpRequest, code: str) -> HttpResponse:
    try:
        canonical = codes.parse_code(code)
    except AddressError:
        return redirect("certificates:verify", code=code)
    return _unlisted(render(request, "certificates/report_received.html", _written(canonical)))


@require_safe
def report_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.CERTIFICATE_WITHDRAW)
    filter_form = ReportFilter(request.GET)
    state = filter_form.cleaned_data["state"] if filter_form.is_valid() else ""
    rows = CertificateReport.objects.visible_to(request.actor).select_related("certificate__base")
    if state:
        rows = rows.filter(closed_on__isnull=state == "waiting")
    context = {"page": page_of(request, rows), "filter_form": filter_form}
    return render(request, "certificates/reports.html", context)


@require_safe
def reported(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, _report(request, public_id), CloseForm())


@posted_from("certificates:reported")
def close(request: ActorRequest, public_id: str) -> HttpResponse:
    held, form = _report(request, public_id), CloseForm(request.POST)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.close(by=request.actor, on=today(), report=held, **form.cleaned_data)
            messages.success(request, _now("已办结。"))
            return redirect("certificates:reported", public_id=held.public_id)
    return _page(request, held, form)


def _report(request: ActorRequest, public_id: str) -> CertificateReport:
    require_somewhere(request.actor, Permission.CERTIFICATE_WITHDRAW)
    seen = CertificateReport.objects.visible_to(request.actor)
    return one(seen.select_related("certificate__base", "region"), public_id=public_id)


def _page(request: ActorRequest, held: CertificateReport, form: CloseForm) -> HttpResponse:
    context = {"held": held, "form": form, **_written(held.code)}
    return render(request, "certificates/reported.html", context, status=422 if form.errors else 200)


def _written(code: str) -> dict[str, Any]:
    return {"code_path": code, **written.code_alone(code)}


def _unlisted(response: HttpResponse) -> HttpResponse:
    """The address holds the code, which opens the certificate: search engines stay out, as of its page."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response

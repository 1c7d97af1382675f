"""Check-in for who teaches: open it, show the QR and the spoken code, see who came, end it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import check_ins
from courses.models import CheckIn
from courses.queries.check_ins import arrivals, open_window
from courses.rules.attendance import COUNTS_AS_THERE
from courses.rules.check_ins import MINUTES, USUAL_MINUTES
from courses.rules.cohorts import OPEN_TO_ATTENDANCE
from courses.views.cohorts import cohort_of
from courses.views.names import labels
from courses.views.session_forms import session_words
from courses.views.sessions import session_of
from registry.forms import Form
from registry.requests import ActorRequest, public_host, today
from registry.rules.access import Permission, require
from registry.views import refusals


class OpenForm(Form):
    minutes = forms.IntegerField(
        label=_("开放多少分钟"),
        min_value=MINUTES.start,
        max_value=MINUTES.stop - 1,
        initial=USUAL_MINUTES,
        help_text=_("5 到 180 分钟。到时间自动结束，也可以提前结束。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4"}),
    )


@require_http_methods(["GET", "POST"])
def check_in(request: ActorRequest, public_id: str, key: str) -> HttpResponse:
    """Where check-in of one session stands; a POST opens or ends it."""
    cohort = cohort_of(request, public_id)
    session = session_of(cohort, key)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    at = timezone.now()
    window = open_window(session, at=at)
    form = OpenForm()
    if request.method == "POST" and request.POST.get("act") == "end":
        if window is not None:
            check_ins.end_check_in(by=request.actor, at=at, check_in=window)
            messages.success(request, gettext("签到已结束，二维码和签到码都不能再用。"))
        return redirect("courses:check-in", public_id=public_id, key=key)
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid():
            with refusals.shown_on(form):
                check_ins.open_check_in(
                    by=request.actor, on=today(), at=at, session=session, **form.cleaned_data
                )
                return redirect("courses:check-in", public_id=public_id, key=key)
    rows = arrivals(session)
    named = labels(row.enrolment for row in rows)
    context = {
        "cohort": cohort,
        "session": session,
        "words": session_words(session),
        "key": key,
        "window": window,
        "form": form,
        "rows": [(named[row.enrolment.pk], row.attendance) for row in rows],
        "there": sum(
            row.attendance is not None and row.attendance.presence in COUNTS_AS_THERE for row in rows
        ),
        "may_open": cohort.state in OPEN_TO_ATTENDANCE and session.on == today(),
        **(_shown(window) if window else {}),
    }
    response = render(
        request, "courses/check_ins/trainer.html", context, status=422 if form.is_bound else 200
    )
    response["Cache-Control"] = "no-store"
    return response


def _shown(window: CheckIn) -> dict[str, Any]:
    # M: a screen is never stained, and bigger modules help more. The drawing is of an app above this one.
    link = f"{settings.PUBLIC_BASE_URL}{reverse('check-in:who', args=[window.token])}"
    return {
        "symbol": SafeString(import_string(settings.QR_DRAWER)(link, "M").svg()),
        "address": public_host() + reverse("check-in:code"),
    }

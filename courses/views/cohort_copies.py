"""The next run of a cohort: nothing is typed twice."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import filings
from courses.models import Cohort
from courses.rules.filings import next_name
from courses.views.cohorts import cohort_of
from courses.views.filing_tasks import next_step
from registry.forms import Form
from registry.queries import standards
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField

WEEK = 7


class CopyForm(Form):
    starts_on = DayField(
        label=_("开班日期"), help_text=_("和原来的班同一个星期几开班，课程安排的星期就不变。")
    )
    name = forms.CharField(
        label=_("班级名称"),
        max_length=80,
        required=False,
        help_text=_("不填就在原来的期数上加一。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def copy_cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    """A new draft like this one: course, particulars, trainers, budget, and the timetable shifted."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    initial = {"starts_on": _same_weekday(cohort, on=today()), "name": next_name(cohort.name)}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            made = filings.copy(by=request.actor, on=today(), cohort=cohort, **form.cleaned_data)
            messages.success(request, gettext("已存为草稿：%(name)s") % {"name": made.name})
            return redirect(next_step(made)[1])
    context = {"cohort": cohort, "form": form}
    return render(request, "courses/cohorts/copy.html", context, status=422 if form.errors else 200)


def _same_weekday(cohort: Cohort, *, on: date) -> date:
    """The first day that the local standard leaves which is the weekday on which the cohort began."""
    lead = int(standards.value("filing_lead_days", region_path=cohort.region.path, on=on))
    first = on + timedelta(days=lead)
    return first + timedelta(days=(cohort.starts_on.weekday() - first.weekday()) % WEEK)

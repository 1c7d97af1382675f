"""Pages of the timetable: one session more, a whole timetable from a weekly pattern, one session less."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import attendance
from courses.models import Cohort, Session
from courses.models.attendance import SessionKind
from courses.queries.cohorts import progress
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.rules.sessions import HOURS, PARTS, NewSession, Pattern, generate
from courses.views.cohorts import cohort_of
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.posts import posted_from


def session_words(session: Session) -> str:
    """6月3日 第1节: how a session is called in the page."""
    return gettext("%(month)s月%(day)s日 第%(part)s节") % {
        "month": session.on.month,
        "day": session.on.day,
        "part": session.part,
    }


def session_key(session: Session) -> str:
    """20240603.1: how a session is named in a form."""
    return f"{session.on:%Y%m%d}.{session.part}"


class SessionForm(Form):
    on = DayField(label=_("日期"))
    part = forms.IntegerField(
        label=_("当日第几节"),
        min_value=PARTS.start,
        max_value=PARTS.stop - 1,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    hours = forms.IntegerField(
        label=_("课时"),
        min_value=HOURS.start,
        max_value=HOURS.stop - 1,
        initial=4,
        help_text=_("1 课时为 45 分钟，每节 1 到 12 课时。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=SessionKind.choices, initial=SessionKind.PRACTICE)
    topic = forms.CharField(label=_("内容"), max_length=80, required=False)


class PatternForm(Form):
    starts_on = DayField(label=_("从"))
    ends_on = DayField(label=_("到"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("星期"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )
    parts = forms.IntegerField(
        label=_("每天几节"),
        min_value=1,
        max_value=PARTS.stop - 1,
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    hours = forms.IntegerField(
        label=_("每节课时"),
        min_value=HOURS.start,
        max_value=HOURS.stop - 1,
        initial=4,
        help_text=_("1 课时为 45 分钟。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=SessionKind.choices, initial=SessionKind.PRACTICE)
    without = forms.CharField(
        label=_("不上课的日子"),
        required=False,
        max_length=400,
        help_text=_("节假日等，用空格隔开，例如：2024-06-10 2024-06-17。"),
    )

    def clean_without(self) -> frozenset[Any]:
        field = DayField(input_formats=["%Y-%m-%d"])
        texts = (
            str(self.cleaned_data["without"]).replace("，", " ").replace(",", " ").replace("、", " ").split()
        )
        days = []
        for text in texts:
            try:
                days.append(field.clean(text))
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("“%(text)s”不是日期，请写成 2024-06-10 的样子。"), params={"text": text[:20]}
                ) from None
        return frozenset(days)


@require_http_methods(["GET", "POST"])
def add_sessions(request: ActorRequest, public_id: str) -> HttpResponse:
    """One session, or a whole timetable from a weekly pattern that stops at the hours of the course."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    how_far = progress(cohort)
    by_pattern = request.POST.get("how") == "pattern"
    dates = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
    posted = request.method == "POST"
    pattern_form = PatternForm(
        request.POST if posted and by_pattern else None, initial=dates, prefix="pattern"
    )
    session_form = SessionForm(
        request.POST if posted and not by_pattern else None, initial={"on": cohort.starts_on}, prefix="one"
    )
    form: Form = pattern_form if by_pattern else session_form
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            made = attendance.add_sessions(
                by=request.actor,
                on=today(),
                cohort=cohort,
                sessions=_from_pattern(cohort, asked, how_far.hours_missing)
                if by_pattern
                else [NewSession(**asked)],
            )
            sentence = ngettext("已安排 %(n)s 节", "已安排 %(n)s 节", len(made))
            messages.success(request, sentence % {"n": len(made)})
            return redirect("courses:attendance", public_id=public_id)
    context = {
        "cohort": cohort,
        "progress": how_far,
        "pattern_form": pattern_form,
        "session_form": session_form,
        "form": form,
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
        "sessions": Session.objects.filter(cohort=cohort),
    }
    return render(request, "courses/attendance/sessions.html", context, status=422 if form.is_bound else 200)


def _from_pattern(cohort: Cohort, asked: dict[str, Any], hours_missing: int) -> list[NewSession]:
    pattern = Pattern(
        starts_on=max(asked["starts_on"], cohort.starts_on),
        ends_on=min(asked["ends_on"], cohort.ends_on),
        weekdays=frozenset(asked["weekdays"]),
        parts=asked["parts"],
        hours=asked["hours"],
        kind=asked["kind"],
        without=asked["without"],
        most_hours=hours_missing,
    )
    return generate(pattern, taken=set(Session.objects.filter(cohort=cohort).values_list("on", "part")))


@posted_from("courses:sessions")
def remove_session(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes one session out of the timetable, named by its day and part."""
    cohort = cohort_of(request, public_id)
    key, _dot, part = request.POST.get("session", "").partition(".")
    wanted = {"on": f"{key[:4]}-{key[4:6]}-{key[6:8]}", "part": part}
    form = _SessionNamed(wanted)
    if not form.is_valid():
        return redirect("courses:sessions", public_id=public_id)
    session = one(Session.objects.filter(cohort=cohort).select_related("cohort"), **form.cleaned_data)
    label = session_words(session)
    attendance.remove_session(by=request.actor, on=today(), session=session)
    messages.success(request, gettext("已删除：%(session)s") % {"session": label})
    return redirect("courses:sessions", public_id=public_id)


class _SessionNamed(forms.Form):
    on = DayField(input_formats=["%Y-%m-%d"])
    part = forms.IntegerField(min_value=1, max_value=PARTS.stop - 1)

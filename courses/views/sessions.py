"""Pages of the timetable: sessions one by one or from a weekly pattern, a make-up, a change, one session less."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from courses.actions import sessions as timetable
from courses.models import Cohort, Session
from courses.queries.cohorts import progress
from courses.queries.filing_warnings import long_days
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.rules.sessions import PARTS, NewSession, Pattern, generate
from courses.views.cohorts import cohort_of
from courses.views.filing_tasks import onward
from courses.views.session_forms import PatternForm, SessionForm, session_key, session_words
from registry import words
from registry.errors import NotFound
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.posts import posted_from


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
        request.POST if posted and by_pattern else None, initial=dates, prefix="pattern", cohort=cohort
    )
    session_form = SessionForm(
        request.POST if posted and not by_pattern else None,
        initial={"on": cohort.starts_on},
        prefix="one",
        cohort=cohort,
    )
    form: Form = pattern_form if by_pattern else session_form
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            made = timetable.add_sessions(
                by=request.actor,
                on=today(),
                cohort=cohort,
                sessions=_from_pattern(cohort, asked, how_far.hours_missing) if by_pattern else [_one(asked)],
            )
            sentence = ngettext("已安排 %(n)s 节", "已安排 %(n)s 节", len(made))
            messages.success(request, sentence % {"n": len(made)})
            for text in _too_long(cohort):
                messages.warning(request, text)
            return redirect(onward(cohort, "courses:attendance"))
    context = {
        "cohort": cohort,
        "progress": how_far,
        "pattern_form": pattern_form,
        "session_form": session_form,
        "form": form,
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
        "too_long": _too_long(cohort),
        "sessions": [
            {
                "session": session,
                "key": session_key(session),
                "makes_up": session_words(session.makes_up) if session.makes_up else "",
            }
            for session in Session.objects.filter(cohort=cohort).select_related("trainer", "makes_up")
        ],
    }
    return render(request, "courses/attendance/sessions.html", context, status=422 if form.is_bound else 200)


def _too_long(cohort: Cohort) -> list[str]:
    """What the filing will be warned of, said while the timetable is made: the standard is a limit, not a bar."""
    return [words.say(one.code, one.facts) for one in long_days(cohort, on=today())]


def _one(asked: dict[str, Any]) -> NewSession:
    keys = {name: asked[name] and asked[name].pk for name in ("trainer", "makes_up")}
    return NewSession(**asked | keys)


def _from_pattern(cohort: Cohort, asked: dict[str, Any], hours_missing: int) -> list[NewSession]:
    pattern = Pattern(
        starts_on=max(asked["starts_on"], cohort.starts_on),
        ends_on=min(asked["ends_on"], cohort.ends_on),
        weekdays=frozenset(asked["weekdays"]),
        parts=asked["parts"],
        hours=asked["hours"],
        kind=asked["kind"],
        trainer=asked["trainer"] and asked["trainer"].pk,
        room=asked["room"],
        without=asked["without"],
        most_hours=hours_missing,
    )
    return generate(pattern, taken=set(Session.objects.filter(cohort=cohort).values_list("on", "part")))


@require_http_methods(["GET", "POST"])
def edit_session(request: ActorRequest, public_id: str, key: str) -> HttpResponse:
    """Change or move one session; what attendance rests on stays, and the refusal says so."""
    cohort = cohort_of(request, public_id)
    session = session_of(cohort, key)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    initial = {name: getattr(session, name) for name in SessionForm.base_fields}
    initial |= {
        "trainer": session.trainer.public_id if session.trainer else "",
        "makes_up": session_key(session.makes_up) if session.makes_up else "",
    }
    form = SessionForm(request.POST if request.method == "POST" else None, initial=initial, cohort=cohort)
    if form.is_valid():
        with refusals.shown_on(form):
            asked = _one(form.cleaned_data)
            made = timetable.edit_session(by=request.actor, on=today(), session=session, to=asked)
            messages.success(request, gettext("已保存：%(session)s") % {"session": session_words(made)})
            return redirect("courses:sessions", public_id=public_id)
    context = {
        "cohort": cohort,
        "form": form,
        "words": session_words(session),
        "has_marks": session.attendances.exists(),
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
    }
    return render(request, "courses/attendance/session.html", context, status=422 if form.is_bound else 200)


def session_of(cohort: Cohort, key: str) -> Session:
    """The session that a form or an address names by its day and part. Raises NotFound."""
    day, _dot, part = key.partition(".")
    form = _SessionNamed({"on": f"{day[:4]}-{day[4:6]}-{day[6:8]}", "part": part})
    if not form.is_valid():
        raise NotFound(what="session")
    rows = Session.objects.filter(cohort=cohort).select_related("cohort", "trainer", "makes_up")
    return one(rows, **form.cleaned_data)


@posted_from("courses:sessions")
def remove_session(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes one session out of the timetable, named by its day and part."""
    cohort = cohort_of(request, public_id)
    session = session_of(cohort, request.POST.get("session", ""))
    label = session_words(session)
    timetable.remove_session(by=request.actor, on=today(), session=session)
    messages.success(request, gettext("已删除：%(session)s") % {"session": label})
    return redirect("courses:sessions", public_id=public_id)


class _SessionNamed(forms.Form):
    on = DayField(input_formats=["%Y-%m-%d"])
    part = forms.IntegerField(min_value=1, max_value=PARTS.stop - 1)

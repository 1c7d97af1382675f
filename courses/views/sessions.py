"""Pages of the timetable: sessions one by one or from a weekly pattern, a make-up, a change, one session less."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, IntegerField, Min, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import sessions as timetable
from courses.models import Cohort, Session, Trainer
from courses.models.attendance import SessionKind
from courses.queries.cohorts import progress
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.rules.sessions import HOURS, PARTS, NewSession, Pattern, generate
from courses.views.cohorts import cohort_of
from registry.errors import NotFound
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


class TrainerChoiceField(forms.ModelChoiceField):
    """A trainer of the cohort's base, those of the cohort first; leaving it open is allowed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("培训教师"),
            queryset=Trainer.objects.none(),
            to_field_name="public_id",
            required=False,
            empty_label=_("未定"),
        )

    def offer(self, cohort: Cohort) -> None:
        own = Case(When(cohorts=cohort, then=0), default=1, output_field=IntegerField())
        rows = Trainer.objects.filter(base=cohort.base_id).active_between(cohort.starts_on, cohort.starts_on)
        known = rows | Trainer.objects.filter(sessions__cohort=cohort)
        self.queryset = known.annotate(rank=Min(own)).order_by("rank", "name", "pk")

    def label_from_instance(self, trainer: Any) -> str:
        return str(trainer.name)


class ClockField(forms.TimeField):
    input_formats = ["%H:%M", "%H：%M", "%H:%M:%S"]
    default_error_messages = {"invalid": _("请按 08:30 的样子填写时间。")}
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "width-10"})


class RoomField(forms.CharField):
    def __init__(self) -> None:
        help_text = _("上门、线上等不用教室的，留空。同一间教室每次写法要一样。")
        super().__init__(label=_("教室"), max_length=40, required=False, help_text=help_text)


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
    starts_at = ClockField(label=_("开始时间"), required=False)
    ends_at = ClockField(label=_("结束时间"), required=False)
    trainer = TrainerChoiceField()
    room = RoomField()
    makes_up = forms.TypedChoiceField(
        label=_("补哪一节课"),
        required=False,
        empty_value=None,
        help_text=_("补课时选择。缺课学员在补课时出勤，补上那一节的课时。"),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainer: Any = self.fields["trainer"]
        trainer.offer(cohort)
        held = {session_key(session): session for session in cohort.sessions.filter(makes_up=None)}
        makes_up: Any = self.fields["makes_up"]
        makes_up.choices = [("", _("不是补课")), *((key, session_words(row)) for key, row in held.items())]
        makes_up.coerce = held.get


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
    trainer = TrainerChoiceField()
    room = RoomField()
    without = forms.CharField(
        label=_("不上课的日子"),
        required=False,
        max_length=400,
        help_text=_("节假日等，用空格隔开，例如：2024-06-10 2024-06-17。"),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainer: Any = self.fields["trainer"]
        trainer.offer(cohort)

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
            return redirect("courses:attendance", public_id=public_id)
    context = {
        "cohort": cohort,
        "progress": how_far,
        "pattern_form": pattern_form,
        "session_form": session_form,
        "form": form,
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
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

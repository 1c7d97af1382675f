"""What the timetable's pages ask: one session, or a weekly pattern for many; and what a session is called."""

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Min, When
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import Cohort, Session, Trainer
from courses.models.attendance import SessionKind
from courses.rules.sessions import HOURS, PARTS
from registry.forms import Form
from registry.views.fields import DayField


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

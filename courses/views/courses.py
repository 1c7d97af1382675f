"""Pages of courses (培训项目): the list, a new one, changing one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import courses
from courses.models import Course, Skill
from courses.models.courses import CourseLevel, TrainingKind
from courses.queries.bases import bases_where
from registry.forms import Form
from registry.models.people import AccessNeed
from registry.models.standing import DisabilityCategory
from registry.queries import standards
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen
from registry.views.lists import page_of


@require_safe
def course_list(request: ActorRequest) -> HttpResponse:
    """Courses of the bases in reach."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = Course.objects.visible_to(request.actor).select_related("base__region", "skill")
    page = page_of(request, rows)
    may_edit = {
        course.pk: request.actor.may(
            Permission.COURSE_EDIT, region_path=course.base.region.path, base_ids=[course.base_id]
        )
        for course in page
    }
    context = {
        "page": page,
        "editable": {pk for pk, may in may_edit.items() if may},
        "may_create": request.actor.may_somewhere(Permission.COURSE_EDIT),
    }
    return render(request, "courses/courses/list.html", context)


class HoursField(forms.IntegerField):
    """课时 of one kind; left empty it is none."""

    def __init__(self, label: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4", "autocomplete": "off"})
        super().__init__(label=label, required=False, min_value=0, widget=widget)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or 0


class PerCentField(forms.IntegerField):
    def __init__(self, label: Any, help_text: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, min_value=0, max_value=100, widget=widget)


MAIN = ("base", "skill", "name", "training_kind", "level", "theory_hours", "practice_hours", "online_hours")


class CourseForm(Form):
    skill = forms.ModelChoiceField(
        label=_("技能"),
        queryset=Skill.objects.all(),
        to_field_name="code",
        empty_label=_("请选择"),
        help_text=_("学员结业后算掌握这一门技能。同一技能的不同等级算一门。"),
    )
    name = forms.CharField(
        label=_("培训项目名称"),
        max_length=80,
        help_text=_("会印在证书上，请勿出现“残疾”“盲人”等字样。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    training_kind = forms.ChoiceField(label=_("培训类型"), choices=chosen(TrainingKind.choices))
    level = forms.TypedChoiceField(label=_("等级"), choices=CourseLevel.choices, coerce=int)
    theory_hours = HoursField(_("理论课时"))
    practice_hours = HoursField(_("实操课时"))
    online_hours = HoursField(_("线上课时"))
    attendance_required = PerCentField(_("出勤率要求（%）"), _("出勤课时占计划课时的比例，达不到不能结业。"))
    pass_mark = PerCentField(_("合格分数"), _("结业考核满分 100 分。"))
    rule_source = forms.CharField(
        label=_("规定依据"),
        max_length=120,
        required=False,
        help_text=_("规定出勤率和合格分数的文件名称或文号。"),
    )
    kind_label = forms.CharField(
        label=_("培训类型的当地叫法"),
        max_length=40,
        required=False,
        help_text=_("当地文件里叫法不同时填写。"),
    )
    developer = forms.CharField(label=_("开发单位"), max_length=80, required=False)
    standard = forms.CharField(label=_("执行的行业标准"), max_length=120, required=False)
    is_flagship = forms.BooleanField(label=_("特色品牌项目"), required=False)
    prerequisites = forms.CharField(label=_("参加条件"), max_length=200, required=False)
    required_skill = forms.ModelChoiceField(
        label=_("要求已学过的技能"),
        queryset=Skill.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("不要求"),
        help_text=_("没有记录的学员只提醒，不会被拒绝。"),
    )
    required_level = forms.TypedChoiceField(
        label=_("要求的等级"), choices=CourseLevel.choices, coerce=int, required=False
    )
    target_categories = forms.MultipleChoiceField(
        label=_("主要面向"),
        choices=DisabilityCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只供参考，任何类别的残疾人都可以报名。"),
    )
    access_provisions = forms.MultipleChoiceField(
        label=_("无障碍条件"),
        choices=AccessNeed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("教材和授课能满足的需求。"),
    )
    yearly_hours = HoursField(_("每年继续教育课时"))
    trainee_charge = forms.DecimalField(
        label=_("向学员收费（元）"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("培训应当免费。确有收费的如实填写，审核时会提示。"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "width-10", "autocomplete": "off"}),
    )

    def clean_required_level(self) -> int:
        return int(self.cleaned_data["required_level"] or CourseLevel.NONE)

    def clean_trainee_charge(self) -> Any:
        return self.cleaned_data["trainee_charge"] or Decimal(0)

    def main_fields(self) -> list[Any]:
        """What every course must say."""
        return [self[name] for name in self.fields if name in MAIN]

    def more_fields(self) -> list[Any]:
        """What has a usual answer."""
        return [self[name] for name in self.fields if name not in MAIN]

    def more_is_open(self) -> bool:
        """Whether one of the further fields has an error."""
        return any(field.errors for field in self.more_fields())

    def __init__(self, *args: Any, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor is None:
            return
        bases = bases_where(actor, Permission.COURSE_EDIT).order_by("name")
        only = bases[0].public_id if bases[:2].count() == 1 else None
        self.fields["base"] = forms.ModelChoiceField(
            label=_("培训基地"),
            queryset=bases.select_related("region"),
            to_field_name="public_id",
            empty_label=_("请选择"),
            initial=only,
        )
        self.order_fields(["base"])


def _defaults(actor: Actor) -> dict[str, Any]:
    """The usual answers; what a course must reach as the place of the first base has it."""
    base = bases_where(actor, Permission.COURSE_EDIT).select_related("region").first()
    path = base.region.path if base else ""
    rules = standards.values(["attendance_required", "pass_mark"], region_path=path, on=today())
    return {"training_kind": TrainingKind.EMPLOYMENT_SKILL, "level": 0, **rules}


@require_http_methods(["GET", "POST"])
def new_course(request: ActorRequest) -> HttpResponse:
    """File a new course at one of the bases for which one may; `?then=cohort` goes on to a cohort of it."""
    require_somewhere(request.actor, Permission.COURSE_EDIT)
    form = CourseForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        initial=_defaults(request.actor),
    )
    if form.is_valid():
        with refusals.shown_on(form):
            course = courses.create(by=request.actor, on=today(), **form.cleaned_data)
            messages.success(request, gettext("已登记培训项目：%(name)s") % {"name": course.name})
            if request.GET.get("then") == "cohort":
                return redirect(f"{reverse('courses:new-cohort')}?course={course.public_id}")
            return redirect("courses:courses")
    return render(request, "courses/courses/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_course(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change a course; what is fixed once a cohort was filed is said by the refusal."""
    seen = Course.objects.visible_to(request.actor).select_related("base__region", "skill")
    course = one(seen, public_id=public_id)
    require(
        request.actor, Permission.COURSE_EDIT, region_path=course.base.region.path, base_ids=[course.base_id]
    )
    initial = {name: getattr(course, name) for name in courses.EDITABLE} | {"skill": course.skill.code}
    initial["required_skill"] = course.required_skill.code if course.required_skill else ""
    form = CourseForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            courses.edit(by=request.actor, on=today(), course=course, **form.cleaned_data)
            messages.success(
                request, gettext("已保存培训项目：%(name)s") % {"name": form.cleaned_data["name"]}
            )
            return redirect("courses:courses")
    context = {"form": form, "course": course, "in_use": courses.is_in_use(course)}
    return render(request, "courses/courses/edit.html", context, status=422 if form.is_bound else 200)

"""The form of a cohort's particulars: six fields, the rest with what is usual under 更多."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course, TrainingPackage
from courses.models.cohorts import (
    DeliveryMode,
    FundingSource,
    OrganisationMode,
    ProcurementMode,
    ProgrammeModel,
    VenueKind,
)
from registry.forms import Form
from registry.models import TrainingBase
from registry.views.fields import DayField


class CourseChoiceField(forms.ModelChoiceField):
    """Names the base too, where courses of several bases can be chosen."""

    names_base = False

    def label_from_instance(self, course: Any) -> str:
        parts = [course.name, course.get_level_display() if course.level else "", course.base.name]
        return " · ".join(part for part in (parts if self.names_base else parts[:2]) if part)


MAIN = ("course", "name", "starts_on", "ends_on", "planned_trainees", "venue")

FORM_FIELDS = (
    *MAIN,
    "venue_kind",
    "delivery_mode",
    "organisation_mode",
    "procurement_mode",
    "package",
    "funding_source",
    "programme_model",
    "placement_employer",
    "placement_uscc",
)


class CohortForm(Form):
    course = CourseChoiceField(
        label=_("培训项目"),
        queryset=Course.objects.none(),
        to_field_name="public_id",
        empty_label=_("请选择"),
    )
    name = forms.CharField(
        label=_("班级名称"),
        max_length=80,
        required=False,
        help_text=_("不填就按年份、项目和期数起名，例如：2024年直播销售第1期。同一基地不能重名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = DayField(label=_("开班日期"))
    ends_on = DayField(label=_("结业日期"))
    planned_trainees = forms.IntegerField(
        label=_("计划人数"),
        min_value=1,
        max_value=2000,
        help_text=_("一个人的班也可以开。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4", "autocomplete": "off"}),
    )
    venue = forms.CharField(
        label=_("培训地点"), max_length=120, required=False, help_text=_("线上培训和上门培训可以不填。")
    )
    venue_kind = forms.ChoiceField(label=_("地点类型"), choices=VenueKind.choices, initial=VenueKind.BASE)
    delivery_mode = forms.ChoiceField(label=_("授课方式"), choices=DeliveryMode.choices)
    organisation_mode = forms.ChoiceField(label=_("组织形式"), choices=OrganisationMode.choices)
    procurement_mode = forms.ChoiceField(label=_("项目形式"), choices=ProcurementMode.choices)
    package = forms.ModelChoiceField(
        label=_("培训包"),
        queryset=TrainingPackage.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("不按培训包"),
    )
    funding_source = forms.ChoiceField(label=_("资金来源"), choices=FundingSource.choices)
    programme_model = forms.ChoiceField(
        label=_("就业衔接模式"), choices=[("", _("没有")), *ProgrammeModel.choices], required=False
    )
    placement_employer = forms.CharField(
        label=_("安置单位"), max_length=80, required=False, help_text=_("培训后安排就业的单位。")
    )
    placement_uscc = forms.CharField(
        label=_("安置单位统一社会信用代码"),
        max_length=18,
        required=False,
        widget=forms.TextInput(attrs={"class": "width-20", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, bases: Iterable[TrainingBase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(bases)
        field: Any = self.fields["course"]
        rows = Course.objects.filter(base__in=held).select_related("base__region", "skill")
        field.queryset = rows.order_by("base__name", "name", "level")
        field.names_base = len(held) > 1
        if "course" not in self.initial and len(only := field.queryset[:2]) == 1:
            self.initial["course"] = only[0].public_id
        packages: Any = self.fields["package"]
        packages.queryset = TrainingPackage.objects.filter(courses__base__in=held, is_offered=True).distinct()

    def main_fields(self) -> list[Any]:
        """What every cohort must say."""
        return [self[name] for name in MAIN]

    def more_fields(self) -> list[Any]:
        """What has a usual answer."""
        return [self[name] for name in FORM_FIELDS if name not in MAIN]

    def more_is_open(self) -> bool:
        """Whether one of the further fields has an error, or an answer that is not the usual one."""
        return any(field.errors or field.name in self.changed_data for field in self.more_fields())

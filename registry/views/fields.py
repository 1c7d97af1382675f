"""Form fields that several pages share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry import words
from registry.errors import InvalidInput
from registry.models import Region
from registry.queries import regions

# A list longer than this takes longer to hear than a code takes to type.
LONGEST_LIST = 130
CHOOSE = ("", _("请选择"))


def chosen(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices with an empty first one, so that nothing is chosen by accident."""
    return [CHOOSE, *choices]


class DayField(forms.DateField):
    """A day; the browser offers its own calendar, and typing 2024-06-03 always works."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "width-10"})


class RegionField(forms.CharField):
    """A region by its code or its full name: for lists too long to hear."""

    def __init__(self, *, on: date, **options: Any) -> None:
        self.on = on
        super().__init__(
            **{
                "label": _("地区"),
                "help_text": _("填写 6 位行政区划代码，或地区全称，如 620502 或 秦州区。"),
                "max_length": 60,
                "widget": forms.TextInput(attrs={"class": "width-20"}),
                **options,
            }
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return regions.named(text, on=self.on)
        except InvalidInput as error:
            code = error.facts["fields"]["region"]
            raise ValidationError(words.say(code, error.facts), code=code) from None


class RegionChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, region: Any) -> str:
        return f"{region.name}（{region.code}）"


def region_field(reach: QuerySet[Region], *, on: date, **options: Any) -> forms.Field:
    """A list of the regions in reach, or a field to type one into where the list would be too long."""
    if reach[: LONGEST_LIST + 1].count() > LONGEST_LIST:
        return RegionField(on=on, **options)
    asked: dict[str, Any] = {"label": _("地区"), "empty_label": CHOOSE[1], **options}
    field = RegionChoiceField(queryset=reach.order_by("code").distinct(), to_field_name="code", **asked)
    if len(field.queryset) == 1:
        field.initial = field.queryset[0].code
    return field

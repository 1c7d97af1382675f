"""Form fields that several pages share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry import words
from registry.errors import InvalidInput
from registry.models import Region
from registry.queries import regions
from registry.rules.days import FIRST_DAY, LAST_DAY

# A list longer than this takes longer to hear than a code takes to type.
LONGEST_LIST = 130
CHOOSE = ("", _("请选择"))


def chosen(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices with an empty first one, so that nothing is chosen by accident."""
    return [CHOOSE, *choices]


def in_chinese(text: Any) -> Any:
    """A label that is Chinese in every language, such as the column of a file: voices must know."""
    if get_language() == "zh-hans":
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


class DayField(forms.DateField):
    """A day; the browser offers its own calendar, and typing 2024-06-03 always works, as do other ways to write it."""

    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
    default_error_messages = {"invalid": _("请按 2024-06-03 的样子填写日期。")}

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "width-10"})
    default_validators = [
        MinValueValidator(FIRST_DAY, _("年份应在 1900 到 2199 之间。")),
        MaxValueValidator(LAST_DAY, _("年份应在 1900 到 2199 之间。")),
    ]


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


def region_field(reach: QuerySet[Region], *, on: date, **options: Any) -> forms.Field:
    """A list of the regions in reach, or a field to type one into where the list would be too long."""
    found = {region.code: region for region in reach.order_by("code").distinct()[: LONGEST_LIST + 1]}
    empty = options.pop("empty_label", CHOOSE[1])
    if len(found) > LONGEST_LIST:
        return RegionField(on=on, **options)
    named = [(code, f"{region.name}（{code}）") for code, region in found.items()]

    def region_of(code: str) -> Region:
        if code not in found:  # asked of whatever was typed into an address, before it is validated
            raise ValueError
        return found[code]

    return forms.TypedChoiceField(
        choices=[("", empty), *named],
        coerce=region_of,
        empty_value=None,
        initial=next(iter(found)) if len(found) == 1 else None,
        **{"label": _("地区"), **options},
    )

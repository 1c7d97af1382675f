"""What the pages of `goals` say about targets."""

import re
from datetime import date
from decimal import Decimal

from django import template
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goals.models import Target
from goals.models.plans import Operator, TargetPeriod
from goals.words import PER, UNITS
from registry.templatetags.page import day

register = template.Library()

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})")


@register.filter
def seeded(text: str) -> str:
    """A text of the seed in the reader's language (goals/words.py lists them)."""
    return _(text) if text else ""


@register.filter
def requirement(target: Target) -> str:
    """What the target asks for, as in 不少于 3,000 人, 每年 12 月 31 日前."""
    if target.operator == Operator.BY:
        return _due(target)
    if target.value is None:
        return _("文件没有规定具体数值")
    sentence = {
        Operator.AT_LEAST: _("不少于 %(figure)s"),
        Operator.AT_MOST: _("不超过 %(figure)s"),
        Operator.EQUAL: "%(figure)s",
    }[Operator(target.operator)]
    return sentence % {"figure": _figure(target)}


@register.filter
def counted_per(target: Target) -> str:
    """For whom and when it is counted, as in 每人，每年; 每个县区，2024 年底前."""
    period = target.get_period_kind_display()
    if target.period_kind == TargetPeriod.DEADLINE:
        period = _("%(year)s 年底前") % {"year": target.last_year}
    return _("%(per)s，%(period)s") % {"per": PER[target.per], "period": period}


def _figure(target: Target) -> str:
    value = target.value or Decimal(0)
    if target.unit == "ratio":
        return f"{(value * 100).normalize():f}%"
    return str(UNITS[target.unit] % {"n": int(value), "shown": f"{value.normalize():,f}"})


def _due(target: Target) -> str:
    if quarter := _QUARTER.fullmatch(target.due):
        return _("%(year)s 年第 %(quarter)s 季度") % {"year": quarter[1], "quarter": quarter[2]}
    if each_year := _DAY_OF_YEAR.fullmatch(target.due):
        # A leap year, so that 02-29 is a day too.
        named = date(2000, int(each_year[1]), int(each_year[2]))
        words = formats.date_format(named, "j F" if get_language() == "en" else "n月j日", use_l10n=False)
        return _("每年%(day)s前") % {"day": words}
    if target.due:
        return _("%(day)s前") % {"day": day(date.fromisoformat(target.due))}
    if target.period_kind == TargetPeriod.ANNUAL:
        return _("每年一次，文件没有写明日期")
    return _("文件没有写明日期")

"""How the pages of `goals` write figures, and what links lead from one to the people behind it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goals import finding_words
from goals.indicator_words import DEFINITIONS, NAMES, amount
from goals.rules import slices
from goals.rules.indicators import Indicator, Value
from registry.templatetags.page import query

register = template.Library()

register.filter("plain", finding_words.plain)
register.filter("signed", finding_words.signed)
register.filter("points", finding_words.points)


@register.filter
def indicator_name(indicator: Indicator) -> str:
    return str(NAMES[indicator.key])


@register.filter
def definition(indicator: Indicator) -> str:
    return str(DEFINITIONS[indicator.key])


@register.filter
def numerator_amount(value: Value) -> str:
    """The numerator in its unit: 12 人, 30 人次."""
    return amount(slices.unit(value.indicator), value.numerator)


@register.filter
def shown(value: Value) -> str:
    """37.5%, or a count in its unit; a dash in words where there is nobody to divide by."""
    if value.indicator.denominator:
        return _("无人") if value.share is None else f"{finding_words.plain(value.share)}%"
    return numerator_amount(value)


@register.simple_tag(takes_context=True)
def sorted_by(context: Context, key: str, label: str, present: str) -> SafeString:
    """A header cell whose link orders the table by it; the present order is told to voices too."""
    here = format_html(' aria-sort="{}"', "other") if key == present else ""
    address = query(context, sort=None if key == "need" else key, page=None)
    return format_html(
        '<th scope="col" class="{}"{}><a href="{}">{}</a></th>',
        "" if key == "region" else "numeric",
        here,
        f"{address}#regions",
        label,
    )


@register.inclusion_tag("goals/chart.html")
def line_chart(chart: Any, trend: Any, name: str) -> dict[str, Any]:
    """The months as a line, and as a table below it."""
    return {
        "chart": chart,
        "trend": trend,
        "points": trend.points,
        "first": trend.points[0] if trend.points else None,
        "last": trend.points[-1] if trend.points else None,
        "unit": "%" if trend.indicator.denominator else "",
        "name": name,
    }

"""What the pages of `goals` say about progress: the sentence of a reading, its tag, a figure in its unit."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.indicator_words import NAMES
from goals.models import Plan, Target
from goals.plan_words import METRIC_NAMES, STATES
from goals.queries.progress import Progress
from goals.queries.sources import is_divisible
from goals.rules import metrics
from goals.rules.attainment import TENTH
from goals.rules.metrics import Asks
from goals.rules.readings import Reading, State
from goals.words import UNITS
from registry.models import Region
from registry.templatetags.page import day, tag

register = template.Library()


@register.filter
def target_name(target: Target) -> str:
    """What the target is about, in the reader's language where the register has words for it."""
    named = METRIC_NAMES.get(target.metric) or NAMES.get(target.metric)
    return str(named) if named is not None else _(target.metric_name)


@register.filter
def in_unit(figure: Decimal | int | None, target: Target) -> str:
    """A figure in the unit of its target: 3,000 人, 63.2%; "" for none."""
    return "" if figure is None else amount(Decimal(figure), target.unit)


def amount(figure: Decimal, unit: str) -> str:
    if unit == "ratio":
        # Rounded down, so that 100% means everybody.
        return f"{(figure * 100).quantize(TENTH, rounding=ROUND_DOWN)}%".replace(".0%", "%")
    shown = f"{figure.normalize():,f}"
    return str(UNITS[unit] % {"n": int(figure), "shown": shown}) if unit in UNITS else shown


@register.simple_tag
def state_tag(state: State) -> SafeString:
    kind, word = STATES[state]
    return tag(kind, str(word))


@register.simple_tag
def progress_words(target: Target, progress: Progress) -> str:
    """The headline of a target's progress as a sentence."""
    reading = progress.reading
    if reading is None:
        return ""
    said = reading_words(target, reading)
    if progress.trainings is not None:
        trainings = ngettext("%(shown)s 人次", "%(shown)s 人次", progress.trainings)
        said = _("%(one)s，%(other)s") % {
            "one": said,
            "other": trainings % {"shown": f"{progress.trainings:,}"},
        }
    return said


@register.simple_tag
def reading_words(target: Target, reading: Reading) -> str:
    """One reading: 截至2024年6月3日，1,200 人; 63.2%（19 人中 12 人）."""
    if reading.state is State.MISSING:
        return _("还没有填报")
    if reading.done_on or reading.due_on:
        return _day_words(reading)
    metric = metrics.of(target.metric)
    if reading.part is not None and reading.whole is not None:
        return _share_words(reading, metric)
    if metric.asks is Asks.NOBODY:
        over = reading.part or 0
        return _("没有人超出") if not over else ngettext("%(n)s 人超出", "%(n)s 人超出", over) % {"n": over}
    said = {"day": day(reading.as_of), "figure": amount(reading.actual or Decimal(0), target.unit)}
    return _("截至%(day)s，%(figure)s") % said


def _share_words(reading: Reading, metric: metrics.Metric) -> str:
    part, whole = reading.part or 0, reading.whole or 0
    facts: dict[str, Any] = {"part": f"{part:,}", "whole": f"{whole:,}", "day": day(reading.as_of)}
    if metric.how is metrics.How.BASES:
        return (
            _("截至%(day)s，%(whole)s 个地区中 %(part)s 个有") % facts if whole else _("这里没有这一级地区")
        )
    if metric.how is metrics.How.SUBSIDY:
        return _("已发放 %(whole)s 笔，其中 %(part)s 笔符合") % facts if whole else _("还没有发放")
    if metric.how is not metrics.How.INDICATOR:
        return _("%(whole)s 个地区中 %(part)s 个已完成") % facts if whole else _("不由本地区报送")
    if not whole:
        return _("还没有符合条件的人员")
    facts["share"] = amount(reading.actual or Decimal(0), "ratio")
    return _("%(share)s：%(whole)s 人中 %(part)s 人") % facts


def _day_words(reading: Reading) -> str:
    if reading.part is not None and reading.whole is not None:
        facts = {"part": reading.part, "whole": reading.whole, "day": day(reading.due_on)}
        return _("%(day)s前，%(whole)s 个地区中 %(part)s 个已按时完成") % facts
    if reading.done_on:
        return _("%(day)s完成") % {"day": day(reading.done_on)}
    return _("还没有完成，%(day)s到期") % {"day": day(reading.due_on)}


@register.simple_tag
def share_words(target: Target, plan: Plan, region: Region, reading: Reading) -> str:
    """What a region below answers for of a target that is split; "" for the plan's own region."""
    if region.pk == plan.region_id or not is_divisible(target):
        return ""
    if reading.wanted is None:
        return _("上级还没有分解")
    return _("本地区应完成 %(figure)s") % {"figure": amount(reading.wanted, target.unit)}


@register.simple_tag
def pace_words(reading: Reading) -> SafeString | str:
    """Beside a figure that grows: how much of the target, and how much of the time."""
    found = reading.attainment
    if found is None:
        return ""
    words = _("完成目标的 %(share)s%%，时间已过 %(elapsed)s%%") % {
        "share": found.share,
        "elapsed": found.elapsed,
    }
    return format_html('<span class="quiet">{}</span>', words)

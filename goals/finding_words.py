"""What a region's page says first, in one sentence; the first page of the registry and the API say the same."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from goals.rules.coverage import Finding

FINDING = _("%(name)s：%(share)s%% 的有需求人员已掌握两门以上技能")
NOBODY = _("%(name)s：还没有纳入统计的人员")
MORE, LESS, SAME = _("，较上季 +%(points)s 个百分点"), _("，较上季 −%(points)s 个百分点"), _("，与上季持平")

# `n` is how many regions there are, by their level; `behind` how many of them fall short.
_TARGET: dict[str, Any] = {
    "county": ngettext_lazy(
        "；%(n)s 个县区中 %(behind)s 个落后于进度", "；%(n)s 个县区中 %(behind)s 个落后于进度", "n"
    ),
    "prefecture": ngettext_lazy(
        "；%(n)s 个市州中 %(behind)s 个落后于进度", "；%(n)s 个市州中 %(behind)s 个落后于进度", "n"
    ),
    "province": ngettext_lazy(
        "；%(n)s 个省份中 %(behind)s 个落后于进度", "；%(n)s 个省份中 %(behind)s 个落后于进度", "n"
    ),
}
_WHOLE: dict[str, Any] = {
    "county": ngettext_lazy(
        "；%(n)s 个县区中 %(behind)s 个低于总体水平", "；%(n)s 个县区中 %(behind)s 个低于总体水平", "n"
    ),
    "prefecture": ngettext_lazy(
        "；%(n)s 个市州中 %(behind)s 个低于总体水平", "；%(n)s 个市州中 %(behind)s 个低于总体水平", "n"
    ),
    "province": ngettext_lazy(
        "；%(n)s 个省份中 %(behind)s 个低于总体水平", "；%(n)s 个省份中 %(behind)s 个低于总体水平", "n"
    ),
}


def sentence(found: Finding) -> str:
    """天水市：37% 的有需求人员已掌握两门以上技能，较上季 +4 个百分点；7 个县区中 2 个落后于进度."""
    if not found.people:
        return str(NOBODY % {"name": found.name})
    said = str(FINDING % {"name": found.name, "share": plain(found.share)})
    said += changed(found.change)
    words = (_TARGET if found.by_target else _WHOLE).get(found.level)
    if words and found.units > 1:
        said += str(words % {"n": found.units, "behind": found.behind})
    return said


def changed(points: Decimal | None) -> str:
    """The part of the sentence about the last quarter; "" where nothing was kept."""
    if points is None:
        return ""
    if not points:
        return str(SAME)
    return str((MORE if points > 0 else LESS) % {"points": plain(abs(points))})


def plain(number: Decimal) -> str:
    """37, 37.5: no nought behind the point."""
    return f"{number:,.1f}".removesuffix(".0")


def signed(number: Decimal | None) -> str:
    """+4, −1.5, 0 (a minus sign, which voices say); "" for nothing to compare with."""
    if number is None:
        return ""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{plain(abs(number))}"


def points(number: Decimal | None) -> str:
    """+4 个百分点, or that there is nothing to compare with."""
    if number is None:
        return gettext("没有上季数字")
    return gettext("%(points)s 个百分点") % {"points": signed(number)} if number else gettext("持平")

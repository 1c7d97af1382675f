"""Words of data quality (docs/indicators.md): its four dimensions, and what is measured beside the indicators."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIMENSIONS: dict[str, Promise] = {
    "timely": _("及时"),
    "true": _("真实"),
    "complete": _("完整"),
    "accurate": _("准确"),
}

ASKS: dict[str, Promise] = {
    "timely": _("发生以后三十天内登记。"),
    "true": _("有佐证、有核验、疑点有结论。"),
    "complete": _("该登记的人和该登记的内容都登记了。"),
    "accurate": _("导入的行通过校验，与其他部门的不一致有处理。"),
}

NAMES: dict[str, Promise] = {
    "flags_open": _("未核实的疑点"),
    "entry_rate": _("录入率"),
    "discrepancies_open": _("未处理的比对差异"),
}

DEFINITIONS: dict[str, Promise] = {
    "flags_open": _("期内发现的疑点中，还没有核实的比例。"),
    "entry_rate": _("就业年龄段的持证残疾人中已录入的比例；没有登记应录入人数的地区不计算。"),
    "discrepancies_open": _("期内与其他部门比对出的不一致中，还没有处理的比例。"),
}

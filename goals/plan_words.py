"""Words of plans, targets, figures reported by hand and the cascade: refusals, deeds, states, and names of metrics."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.rules.readings import State

WORDS: dict[str, Promise] = {
    "plan_seeded": _("这份规划随系统提供，内容照文件原文，不能修改或撤回。"),
    "plan_not_draft": _("这份规划已经生效或撤回，不能再修改。需要更正的，请撤回后重新登记。"),
    "plan_withdrawn": _("这份规划之前已经撤回。"),
    "plan_not_in_force": _("只有已生效的规划才能填报和分解。"),
    "plan_title_taken": _("这个地区已有同名的规划。请核对文件名称。"),
    "plan_without_targets": _("还没有目标。请至少登记一项目标，再让规划生效。"),
    "plan_year": _("年份应在 2000 到 2099 之间。"),
    "plan_too_long": _("一份规划最多 {years} 年，请核对年份。"),
    "plan_years_of_targets": _("已登记的目标超出了这个年份。请先修改那些目标的年份。"),
    "years_order": _("结束年份不能早于起始年份。"),
    # Targets
    "target_name_missing": _("人工填报的目标要有自己的名称，例如“残疾人就业专场招聘会”。"),
    "target_years_outside": _("年份应在规划期以内。"),
    "target_day_of_figure": _("这个指标由系统按人数统计，不是期限。请选“不少于”“不超过”或“等于”。"),
    "target_value_with_day": _("要求是期限的，只填日期，不填数值。"),
    "target_day_missing": _("要求是期限的，请填写最后的日期。"),
    "target_day_outside": _("日期应在目标的年份以内。"),
    "target_day_with_value": _("要求是数值的，不填日期。"),
    "target_value_missing": _("请填写数值，例如 3000；比例填百分数，例如 80。"),
    "target_value_range": _("数值应在 0 到 100 亿之间。"),
    "target_unit_share": _("这个指标是比例，单位请选“%”。"),
    "target_unit_count": _("这个指标是数量，单位不能是“%”。"),
    "target_per_region": _("这个指标按全地区统计，口径请选“全地区”。"),
    "target_base_one": _("每个地区至少一个基地，数值请填 1。"),
    "target_base_per": _("口径请选与指标相同的一级：设区市或县区。"),
    # Figures reported by hand
    "target_counted": _("这项目标由系统统计，不用填报。"),
    "figure_undone": _("这个数字之前已经撤销。"),
    "figure_of_unit": _("这项目标由每个单位分别填报，请选择具体的地区。"),
    "figure_not_yearly": _("这项目标不分年度，年度不用填。"),
    # The cascade
    "target_indivisible": _("比例、期限和对每人每单位的要求在各地相同，不用分解。"),
    "nothing_to_split": _("上级还没有把这项目标分解到这里，所以还不能往下分解。"),
    "region_not_below": _("这不是直接的下级地区。"),
    # The audit trail
    "audit.plan.loaded": _("装入规划"),
    "audit.plan.drafted": _("起草规划"),
    "audit.plan.edited": _("修改规划草稿"),
    "audit.plan.put_in_force": _("规划生效"),
    "audit.plan.withdrawn": _("撤回规划"),
    "audit.target.added": _("增加目标"),
    "audit.target.changed": _("修改目标"),
    "audit.target.removed": _("删除目标"),
    "audit.target.split": _("分解目标"),
    "audit.figure.reported": _("填报目标数字"),
    "audit.figure.undone": _("撤销填报的数字"),
}

METRIC_NAMES: dict[str, Promise] = {
    "training_bases_per_city": _("各设区市残疾人职业技能培训基地"),
    "incubation_bases_per_city": _("各设区市残疾人创业孵化基地"),
    "accredited_training_bases_per_county": _("各县(市、区)挂牌残疾人职业培训基地"),
    "county_annual_report": _("县区年度落实情况报送"),
    "city_annual_report": _("设区市残工委向省残工委报送落实情况"),
    "county_policy_performance_evaluations": _("县区政策落实情况和绩效评估"),
    "mid_term_evaluation": _("省级政策落实情况和效果评估"),
    "final_evaluation": _("省级总结评估"),
}
"""What officers may choose besides the indicators: bases, reports, evaluations. The names are those of the seed."""

STATES: dict[State, tuple[str, Promise]] = {
    State.MET: ("good", _("已达到")),
    State.ON_TIME: ("good", _("进度正常")),
    State.BEHIND: ("warn", _("落后于进度")),
    State.MISSED: ("bad", _("到期未达到")),
    State.NOT_MET: ("warn", _("未达到")),
    State.LATE: ("warn", _("逾期完成")),
    State.NOT_DUE: ("plain", _("未到期")),
    State.TRACKED: ("plain", _("只跟踪")),
    State.NONE_DUE: ("plain", _("暂无对象")),
    State.MISSING: ("plain", _("待填报")),
}
"""The tag of each state and its word."""

UNIT_NAMES: dict[str, Promise] = {
    "人": _("人数（人）"),
    "人次": _("人次数（人次）"),
    "户": _("户数（户）"),
    "次": _("次数（次）"),
    "个": _("个数（个）"),
    "家": _("家数（家）"),
    "份": _("份数（份）"),
    "元": _("金额（元）"),
    "ratio": _("比例（%）"),
}
"""Units that officers choose from; those of the seed that only it uses are left out."""

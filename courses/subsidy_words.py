"""Words for subsidies: refusals, deeds, and the findings on one person."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models.schemes import CertificateFamily

SUBSIDY_WORDS: dict[str, Promise] = {
    "subsidy_scheme_missing": _("本地区和上级残联都没有登记这一类补贴在这一天执行的办法。请先登记补贴办法。"),
    "subsidy_scheme_overlaps": _("这一类补贴在这段时间已有办法。新文件请用“按新文件更换”。"),
    "subsidy_scheme_over": _("这个办法已经停止执行或被新文件替换。"),
    "subsidy_cohort_not_completed": _("培训班结业后才能申领补贴。"),
    "subsidy_funding_source": _("这个补贴办法不能用这种资金，请从列出的资金中选择。"),
    "subsidy_not_eligible": _("不符合补贴条件，不能申领。请看下面逐条的说明。"),
    "subsidy_step_not_allowed": _("这份申领现在的状态不能这样办理。请刷新页面，按当前状态办理。"),
    "subsidy_step_by_same_person": _("申领、审核、审批、发放要由不同的人办理。您已办过其中一步。"),
    "subsidy_cost_charged": _(
        "有 {count} 人的这项费用已由别的资金支付或申领，不能重复使用资金。申领页面上写着在哪里。"
    ),
    "subsidy_nothing_to_pay": _("没有人符合条件，没有可以申领的金额。"),
    "subsidy_notice_not_passed": _("发放前要公示，公示期满并且没有成立的异议才能发放。"),
    "subsidy_row_undone": _("这条记录已经撤销。"),
    "subsidy_closed": _("这份申领已经办结，不能再改。"),
    "base_grant_held": _("这个基地在 {year} 年已有同一用途的扶持资金，不能重复使用资金。"),
    "base_grant_paid": _("这笔扶持资金已经发放。"),
    "amount_positive": _("金额要大于 0，最多两位小数。"),
    "scheme_families_missing": _("请选择哪些证书可以享受鉴定补贴。"),
    "scheme_completion_listed": _("培训合格证不能享受鉴定补贴，请去掉。"),
    "scheme_before_earlier": _("新文件的执行日期要晚于原来办法的执行日期。"),
    "bank_account_digits": _("银行账号应为 8 到 32 位数字。"),
    "funding_person_unknown": _("没有登记这个身份证号的人，或者不归您管理。"),
    "funding_name_differs": _("这个身份证号登记的是另一个姓名，请核对。"),
    "funding_item": _("不认识这个费用。请填写：培训费、生活费和交通费、鉴定费、创业补贴、按摩机构开办费用。"),
    "funding_source": _("不认识这种资金。请填写：残疾人就业保障金、就业补助资金、财政专项资金、社会资金。"),
    "funding_skill": _("不认识这门技能。请填写系统里的技能名称，或者留空。"),
    "funding_level": _("不认识这个等级。请填写五级到一级，或者留空。"),
    "funding_amount": _("金额应是大于 0 的数字，最多两位小数。"),
    "funding_day": _("请按 2024-06-03 的样子填写日期。"),
    "export.subsidy_payments": _("补贴发放名册"),
    "audit.subsidy.claimed": _("申领补贴"),
    "audit.subsidy.moved": _("办理补贴申领"),
    "audit.subsidy.accounts_kept": _("登记收款账号"),
    "audit.subsidy_scheme.decided": _("登记补贴办法"),
    "audit.subsidy_scheme.ended": _("停止执行补贴办法"),
    "audit.other_funding.recorded": _("登记其他部门的补贴"),
    "audit.other_funding.undone": _("撤销其他部门的补贴记录"),
    "audit.base_grant.recorded": _("登记基地扶持资金"),
    "audit.base_grant.paid": _("发放基地扶持资金"),
    "audit.base_grant.undone": _("撤销基地扶持资金"),
}

WHY: dict[str, Promise] = {
    "same_cost": _("同一期培训的这项费用已经支付或申领"),
    "same_skill": _("同一技能、同一等级的这项费用已经支付或申领"),
    "same_business": _("同一家企业已经享受或申领"),
    "once_in_life": _("一人只能享受一次，以前已经享受或申领"),
    "same_kind_a_year": _("今年享受这类补贴的次数已满"),
    "all_kinds_a_year": _("今年享受各类补贴的次数已满"),
    "attended": _("没有出勤，没有可以补贴的金额"),
}
"""Why a cost is not paid, beyond the conditions of the scheme (rules/double_use.py)."""


def finding(one: Mapping[str, Any]) -> str:
    """One finding (rules/subsidies.Finding as data) in words: what is asked, and what is so."""
    condition, asked, found = one["condition"], one["asked"], one["found"]
    if condition in WHY:
        return str(WHY[condition])
    facts = {"asked": asked, "found": found}
    if condition == "completed":
        return gettext("已结业") if one["met"] else gettext("没有结业")
    if condition == "attendance_at_least":
        return gettext("出勤率 %(found)s%%，要求不低于 %(asked)s%%") % facts
    if condition == "certificate_families":
        names = {"asked": families(asked), "found": families(found)}
        return (
            gettext("持有%(found)s") % names
            if one["met"]
            else gettext("没有有效的证书，要求：%(asked)s") % names
        )
    if condition == "first_certificate":
        return gettext("初次取得这类证书") if one["met"] else gettext("不是初次取得这类证书")
    if condition == "months_in_business":
        return gettext("登记注册满 %(found)s 个月，要求满 %(asked)s 个月") % facts
    return gettext("首次创业") if one["met"] else gettext("以前有过创业经历")


def condition(key: str, asked: Any) -> str:
    """What a scheme asks, in words."""
    words: dict[str, Promise] = {
        "completed": _("已结业"),
        "attendance_at_least": _("出勤率不低于 %(asked)s%%"),
        "first_certificate": _("初次取得这类证书"),
        "months_in_business": _("登记注册满 %(asked)s 个月"),
        "first_business": _("首次创业"),
        "once_in_life": _("一人只能享受一次"),
        "same_kind_a_year": _("同类补贴一人一年最多 %(asked)s 次"),
        "all_kinds_a_year": _("各类补贴一人一年最多 %(asked)s 次"),
    }
    if key == "certificate_families":
        return gettext("持有有效的%(names)s") % {"names": families(asked)}
    return str(words[key]) % {"asked": asked}


def families(keys: Any) -> str:
    """Names of certificate families, as they stand in a sentence."""
    labels = dict(CertificateFamily.choices)
    return gettext("、").join(str(labels.get(key, key)) for key in keys or ())

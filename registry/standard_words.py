"""What the local standards (registry/rules/standards.py) are called, and how their problems are said."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "standard.accreditation_term_years": _("挂牌的有效期（年）"),
    "standard.plaque_reminder_days": _("挂牌到期前几天提醒"),
    "standard.accreditation_notice_needed": _("挂牌前要公示"),
    "standard.accreditation_notice_days": _("挂牌公示的工作日"),
    "standard.base_review_criteria": _("基地申报的评分标准"),
    "standard.base_evaluation_criteria": _("基地年度评估的评分标准"),
    "standard.base_evaluation_excellent": _("年度评估多少分以上为优秀"),
    "standard.base_evaluation_qualified": _("年度评估多少分以上为合格"),
    "standard.base_evaluation_to_mend": _("年度评估多少分以上为限期整改，以下为不合格"),
    "standard.rectification_days": _("基地整改的天数"),
    "standard.base_evaluation_month": _("基地年度评估在几月底前完成"),
    "standard.filing_lead_days": _("开班前几天备案"),
    "standard.project_notice_days": _("培训项目公示的工作日"),
    "standard.certificate_notice_needed": _("发证书前要公示"),
    "standard.certificate_notice_days": _("证书公示的工作日"),
    "standard.hours_per_day": _("每天最多的课时"),
    "standard.attendance_required": _("新建培训项目的出勤率要求（%）"),
    "standard.pass_mark": _("新建培训项目的合格分数"),
    "standard.examined_apart": _("考培分离：由残联的考官考核"),
    "standard.resits_allowed": _("补考的次数"),
    "standard.best_attempt_counts": _("补考后取最好成绩（选“否”取最后一次）"),
    "standard.late_minutes": _("签到时，上课多少分钟后算迟到"),
    "standard.satisfaction_needed": _("结业前要有满意度调查"),
    "standard.follow_up_months": _("结业后几个月跟踪回访"),
    "standard.graduate_follow_up_months": _("毕业未就业的，毕业后几个月跟踪指导"),
    "standard.conversion_window_days": _("结业后多少天内就业算就业转化"),
    "standard.retention_months": _("连续就业几个月算稳定就业"),
    "standard.subsidy_notice_needed": _("发放补贴前要公示"),
    "standard.subsidy_notice_days": _("补贴公示的工作日"),
    "standard.subsidies_per_person_year": _("一人一年最多享受几次补贴"),
    "standard_switch": _("请选择“是”或“否”。"),
    "standard_range": _("请填写 {least} 到 {most} 之间的整数。"),
    "standard_counts": _("请填写几个从小到大的整数，用逗号隔开，每个在 {least} 到 {most} 之间，最多 12 个。"),
    "standard_criteria": _(
        "每行写一条：名称，权重，满分。名称不能重复，权重和满分是 1 到 1000 的整数，最多 20 条。"
    ),
    "audit.standard.decided": _("确定本地规范"),
}

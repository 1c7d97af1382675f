"""The words of review flags: what each check is called, what it says was found, and what can be innocent about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.rules.flags import Check

WORDS = {
    "flag_gone": _("记录已经改正，这个疑点已消失，不用再核实。"),
    "flag_own": _("您能为这个基地申报，因此不能核实它的疑点。请由另一位同事核实。"),
    "flag_personal_number": _("核实情况里有像身份证号、残疾人证号或手机号的数字，请删除。"),
    "flags_missing": _("请至少选择一个疑点。"),
    "flags_too_many": _("一次最多核实 {limit} 个疑点。"),
    "audit.flag.found": _("发现疑点"),
    "audit.flag.changed": _("疑点的证据有变化"),
    "audit.flag.reopened": _("疑点重新待核实"),
    "audit.flag.gone": _("疑点消失"),
    "audit.flag.dismissed": _("疑点核实无问题"),
    "audit.flag.confirmed": _("疑点确认有问题"),
}


@dataclass(frozen=True)
class CheckWords:
    """`found` takes the evidence as it is written for people (views/flag_evidence.py)."""

    label: Any
    found: Any
    innocent: Any


CHECKS: dict[str, CheckWords] = {
    Check.OUT_OF_WORKING_AGE: CheckWords(
        _("开班时不在就业年龄段"),
        _(
            "这名学员在开班那天（%(starts_on)s）%(age)s 岁，不在就业年龄段（男 16 到 59 岁，女 16 到 54 岁）。"
        ),
        _("当地文件放宽了年龄，或者出生日期登记有误。"),
    ),
    Check.STUDENT_AT_START: CheckWords(
        _("开班时还是在校学生"),
        _("登记的毕业日期在开班那天（%(starts_on)s）之后，说明开班时还在上学。"),
        _("培训班就是为应届毕业生办的，或者毕业日期登记有误。"),
    ),
    Check.EMPLOYED_AT_START: CheckWords(
        _("按未就业报名，开班时已就业"),
        _("这个班面向未就业人员，报名时没有登记已就业；但就业记录显示开班那天（%(starts_on)s）已在就业。"),
        _("报名之后、开班之前找到了工作，或者就业日期登记有误。"),
    ),
    Check.TWO_COHORTS_AT_ONCE: CheckWords(
        _("同一时间参加两个培训班"),
        _("这名学员同时还在另一个培训班：%(cohorts)s。"),
        _("一个在白天、一个在晚上，或者其中一个是线上班，或者已经转班但没有办理退出。"),
    ),
    Check.MANY_COHORTS_A_YEAR: CheckWords(
        _("一年参加三个以上培训班"),
        _("这是这名学员 %(year)s 年参加的第 %(count)s 个培训班。"),
        _("几个短期班前后衔接，技能各不相同。"),
    ),
    Check.CERTIFICATE_TOO_EARLY: CheckWords(
        _("课没上完就发证"),
        _("证书在 %(issued_on)s发放，早于最后一节课（%(last_session)s）。"),
        _("发证之后又补登了课次，或者课次的日期登记有误。"),
    ),
    Check.TRAINER_TWICE: CheckWords(
        _("同一教师同时上两个班的课"),
        _("在 %(days)s，本班的教师同一时间还在别的班上课：%(cohorts)s。"),
        _("两个基地有同名的教师（没有登记身份证号），或者两个班合班上课。"),
    ),
    Check.ROOM_TWICE: CheckWords(
        _("同一教室同时上两个班的课"),
        _("在 %(days)s，本班的教室同一时间还有别的班在上课：%(cohorts)s。"),
        _("两个班合班上课，或者换了教室没有登记。"),
    ),
    Check.LONG_DAYS: CheckWords(
        _("一天的课时过多"),
        _("在 %(days)s，一天的课时超过 %(limit)s，最多的一天有 %(most)s 课时。"),
        _("一天安排了两批学员轮流实操，或者课时登记有误。"),
    ),
    Check.HOURS_CUT: CheckWords(
        _("实际课时少于规定课时"),
        _("规定 %(planned)s 课时，有考勤的课只有 %(held)s 课时。"),
        _("线上课时没有登记考勤，或者有几节课漏登考勤。"),
    ),
    Check.NOBODY_EVER_MISSED: CheckWords(
        _("全班每节课都全勤"),
        _("%(trainees)s 名学员在 %(sessions)s 节以上的课里，没有一个人迟到、请假或缺勤。"),
        _("人数少、课程短，或者集中住宿培训。"),
    ),
    Check.RECORDED_LATE: CheckWords(
        _("考勤事后很久才登记"),
        _("%(days)s 的课，考勤在上课 %(limit)s 天以后才登记。"),
        _("现场用纸质签到表，后来才录入。请查看纸质签到表。"),
    ),
    Check.ALL_SCORES_EQUAL: CheckWords(
        _("全班成绩完全一样"),
        _("%(trainees)s 名学员的考核成绩都是 %(score)s 分。"),
        _("考核只分合格和不合格，统一记一个分数。"),
    ),
    Check.SHARED_PHONE: CheckWords(
        _("多名学员用同一个电话"),
        _("%(trainees)s 名学员登记了相同的联系电话，这样的号码有 %(phones)s 个。"),
        _("由村（社区）专职委员、养护机构或家人代接电话。"),
    ),
    Check.ONE_EMPLOYER_NO_CONTRACT: CheckWords(
        _("都在同一单位就业，没有合同"),
        _("登记了就业的 %(trainees)s 名学员都在同一个单位，而且都没有合同。"),
        _("订单培训由一家单位统一接收，合同还在办理。"),
    ),
    Check.EVERYBODY_ALWAYS_PASSES: CheckWords(
        _("连续几个班全部合格"),
        _("这个基地最近 %(cohorts)s 个班共 %(trainees)s 名学员，全部合格，没有一个不合格。"),
        _("考前有辅导和补考，或者学员入班前已有基础。"),
    ),
    Check.ALWAYS_FULLY_SATISFIED: CheckWords(
        _("连续几个班满意度 100%%"),
        _("这个基地最近 %(cohorts)s 个班的满意度都是 100%%。"),
        _("填写评价的人少，或者学员确实满意。"),
    ),
    Check.NOT_ACCREDITED_AT_START: CheckWords(
        _("开班时基地没有有效挂牌"),
        _("在开班那天（%(starts_on)s），基地没有有效的挂牌。"),
        _("正在换牌，或者续期后还没有登记。"),
    ),
    Check.USCC_INVALID: CheckWords(
        _("统一社会信用代码不正确"),
        _("%(whose)s的统一社会信用代码不符合编码规则。"),
        _("录入时写错了一位。"),
    ),
    Check.CHARGED: CheckWords(
        _("向学员收费"),
        _("培训项目登记了向学员收费 %(amount)s 元；补贴性培训应当免费。"),
        _("收的是押金或材料费，已经退还；或者金额登记有误。"),
    ),
}


def label(check: str) -> Any:
    """What a check is called; one that no longer exists keeps its stored name."""
    words = CHECKS.get(check)
    return words.label if words else check

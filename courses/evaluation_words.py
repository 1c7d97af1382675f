"""The words of evaluations: the built-in questions, their marks, criteria of reviews, refusals and deeds."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "content": _("培训的内容对您有用吗？"),
    "trainer": _("老师讲得清楚、有耐心吗？"),
    "practice": _("动手练习的时间够吗？"),
    "place": _("场地、设备和食宿怎么样？"),
    "access": _("教材和教学方式适合您学习吗？"),
    "use": _("您愿意向别人推荐这个培训吗？"),
}
MARKS = {
    5: _("很满意"),
    4: _("满意"),
    3: _("一般"),
    2: _("不满意"),
    1: _("很不满意"),
}
REVIEW_MARKS = {
    5: _("很好"),
    4: _("好"),
    3: _("一般"),
    2: _("差"),
    1: _("很差"),
}
CRITERIA = {
    "basics": _("学员的基础与课程相符"),
    "attitude": _("学员的学习态度"),
    "timetable": _("课时和进度的安排"),
    "equipment": _("教学设备和材料"),
    "accessibility": _("无障碍的教材、教具和环境"),
    "register": _("考勤与实到人数相符"),
    "presence": _("到场的是花名册上的学员"),
    "content": _("正在教的与备案的课程表相符"),
    "trainer": _("授课的是备案的教师"),
    "place": _("场地与备案相符"),
}
WORDS = {
    "evaluation_too_early": _("培训班开班以后才能开始评估。"),
    "evaluation_needed": _("这里规定结业前要有满意度调查。请先在培训班页面开始培训评估。"),
    "evaluation_too_long": _("评估最多开放三个月。"),
    "evaluation_not_open": _("这次评估没有开放，或者已经截止。"),
    "evaluation_code_used": _("这个评估码已经用过。每个评估码只能用一次，谢谢您的参与。"),
    "evaluation_number": _("意见里有像身份证号、残疾人证号或手机号的数字。这次评估不记名，请删除。"),
    "questions_count": _("请填写 1 到 {most} 个问题。"),
    "question_discloses": _("问题里有让人看出学员有残疾的字样。填写的页面不用登录就能打开，请换一个说法。"),
    "spot_call_recorded": _("这名学员的回访结果已经登记。"),
    "nobody_left_to_call": _("班里的学员都已经抽到了。"),
    "audit.questionnaire.set": _("设置评估问题"),
    "audit.evaluation.opened": _("开始培训评估"),
    "audit.evaluation.extended": _("更改评估截止日期"),
    "audit.evaluation.slips_printed": _("生成评估码"),
    "audit.evaluation.answered": _("收到一份评估"),
    "audit.cohort_review.recorded": _("登记教师评价或现场检查"),
    "audit.cohort_review.drawn": _("抽取回访学员"),
    "audit.cohort_review.called": _("登记抽查回访"),
}

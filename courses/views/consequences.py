"""What each move of a cohort is called on its button, and what it brings about."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    ("draft", "submitted"): _("提交审核"),
    ("returned", "submitted"): _("再次提交审核"),
    ("submitted", "approved"): _("批准开班"),
    ("submitted", "returned"): _("退回修改"),
    ("approved", "returned"): _("退回修改"),
    ("approved", "enrolling"): _("开始招生"),
    ("enrolling", "running"): _("开始培训"),
    ("running", "assessing"): _("进入考核"),
    ("assessing", "running"): _("回到培训中"),
    ("assessing", "completed"): _("结业"),
    ("completed", "closed"): _("归档"),
    ("draft", "cancelled"): _("取消培训班"),
    ("submitted", "cancelled"): _("取消培训班"),
    ("returned", "cancelled"): _("取消培训班"),
    ("approved", "cancelled"): _("取消培训班"),
    ("enrolling", "cancelled"): _("取消培训班"),
    ("running", "cancelled"): _("取消培训班"),
}

_SUBMITTED = _("提交后由残联审核。审核期间不能改资料和名单；如果退回，可以修改后再次提交。")
_RETURNED = _("退回后，培训基地可以改资料和名单，再次提交审核。")
_CANCELLED = _("取消后不能恢复。已登记的名单和考勤会保留，但不能再改，也不能发证。")

CONSEQUENCES = {
    ("draft", "submitted"): _SUBMITTED,
    ("returned", "submitted"): _SUBMITTED,
    ("submitted", "approved"): _("批准后，培训基地可以招生开班。资料不能再改；需要改动时再退回。"),
    ("submitted", "returned"): _RETURNED,
    ("approved", "returned"): _RETURNED,
    ("approved", "enrolling"): _("开始招生后，可以继续增加学员，直到开始培训。"),
    ("enrolling", "running"): _("开始培训后，名单锁定，可以登记考勤。中途加入的学员要写明原因。"),
    ("running", "assessing"): _("进入考核后，可以登记成绩、补登考勤。不能再增加学员和课次。"),
    ("assessing", "running"): _("回到培训中后，可以继续安排课次。已登记的成绩会保留。"),
    ("assessing", "completed"): _("结业后，名单、考勤、成绩和结果全部锁定，不能再改；可以给结业学员发证。"),
    ("completed", "closed"): _("归档后，这个培训班的办理全部结束，记录长期保存。"),
    **{
        (state, "cancelled"): _CANCELLED
        for state in ("draft", "submitted", "returned", "approved", "enrolling", "running")
    },
}

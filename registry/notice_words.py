"""The words of refusals and deeds about public notices and objections."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "notice_items_missing": _("公示里没有任何一项，不能发布。"),
    "notice_too_many_items": _("一份公示最多 {limit} 项，请分成几份发布。"),
    "notice_discloses": _(
        "公开的文字里有“{word}”，会让人看出当事人有残疾。请换一个说法，例如“学员”“培训学校”。"
    ),
    "notice_personal_number": _("公开的文字里有像身份证号、残疾人证号或手机号的数字，请删除。"),
    "notice_too_short": _("公示期至少 {days} 个工作日，截止日期不能早于 {earliest}。"),
    "notice_too_long": _("公示截止日期太晚，最多可以公示一年。"),
    "already_on_notice": _("第 {rows} 项正在另一份公示中，等它结束后再办理。"),
    "notice_over": _("这份公示已经结束或撤回。"),
    "notice_ended": _("这份公示已经结束或撤回，内容不再公开。"),
    "notice_not_over": _("公示还没有结束，或者还有异议没有答复，不能办结。"),
    "notice_changed": _("名单刚刚有变化，请核对下面新的名单后再发布。"),
    "objection_answered": _("这条异议已经答复，答复不能更改。"),
    "own_notice": _("这份公示是您发布的。对它的异议请由另一位同事答复。"),
    "objection_item": _("这份公示里没有这一项，请从列出的选项中选择。"),
    "audit.notice.published": _("发布公示"),
    "audit.notice.withdrawn": _("撤回公示"),
    "audit.notice.concluded": _("办结公示"),
    "audit.objection.made": _("收到异议"),
    "audit.objection.answered": _("答复异议"),
}

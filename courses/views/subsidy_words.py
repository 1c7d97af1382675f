"""How the steps of a claim are called on buttons, and what each brings about."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "claim": _("再次申领"),
    "withdraw": _("撤回申领"),
    "check": _("审核通过"),
    "return": _("退回修改"),
    "approve": _("批准"),
    "send_back": _("退回修改"),
    "refuse": _("不批准"),
    "pay": _("登记发放"),
    "recover": _("登记追回"),
}
CONSEQUENCES = {
    "claim": _("系统按现在的情况重新核对每个人，再交残联审核。"),
    "withdraw": _("申领撤回后，这些费用可以重新申领。"),
    "check": _("您确认材料齐全、人员和金额无误。之后由审批人审批。"),
    "return": _("申领退回给申领的人，修改后可以再申领。"),
    "approve": _("系统再查一次有没有重复使用资金。批准后公示，公示期满才能发放。"),
    "send_back": _("申领退回给申领的人，修改后可以再申领。"),
    "refuse": _("申领到此为止，这些费用可以重新申领。"),
    "pay": _("系统最后再查一次有没有重复使用资金，并查公示是否通过。登记后不能改，只能登记追回。"),
    "recover": _("登记哪些人的钱已经退回。退回后，这些费用可以重新申领。"),
}
DONE = {
    "claim": _("已再次申领。"),
    "withdraw": _("申领已撤回。"),
    "check": _("已审核通过，等待审批。"),
    "return": _("已退回修改。"),
    "approve": _("已批准，等待公示和发放。"),
    "send_back": _("已退回修改。"),
    "refuse": _("已登记为不批准。"),
    "pay": _("已登记发放。"),
}
KINDS = {
    "claimed": "info",
    "returned": "warn",
    "checked": "info",
    "approved": "info",
    "paid": "good",
    "refused": "bad",
    "withdrawn": "plain",
    "recovered": "bad",
}
"""The kind of tag of each state (docs/pages.md)."""
TAKEN = ACTS | {"claim": _("申领")}
"""The steps as the history of a claim names them."""

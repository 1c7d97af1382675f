"""Words of reports and bulletins: refusals and deeds (see registry/words.py)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "bulletin_issued": _("通报已经印发（{number}），不能再改。"),
    "figures_not_counted": _("这个时段的数据还在统计，统计完才能冻结。请过一会儿再提交。"),
    "item_of_other_years": _("所选的目标不按这个时段下达任务，请换时段或去掉这个目标。"),
    "report_changed": _("您打开这一部分以后，有同事保存过它。两份文字都在下面，请合并后再保存。"),
    "report_in_state": _("报告的状态已经变化，请刷新页面再办理。"),
    "report_not_owed": _("这个单位这一年不用报送这份报告。"),
    "sent_between": _("上报日期要在报送之后，不能晚于今天。"),
    "audit.report.started": _("起草报告"),
    "audit.report.written": _("写报告"),
    "audit.report.dated": _("选择报告数据的日期"),
    "audit.report.submitted": _("报送报告"),
    "audit.report.accepted": _("接收报告"),
    "audit.report.returned": _("退回报告"),
    "audit.report.sent": _("登记报告上报"),
    "audit.bulletin.drafted": _("起草通报"),
    "audit.bulletin.edited": _("修改通报"),
    "audit.bulletin.issued": _("印发通报"),
}

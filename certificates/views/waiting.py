"""What became of a change that was asked for, in one sentence."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.models import Change
from certificates.models.changes import ChangeState
from certificates.views import written

_DONE = {
    "correct": lambda: _("证书已更正，换发了新证书。"),
    "withdraw": lambda: _("证书已撤销。"),
    "suspend": lambda: _("证书已暂停使用。"),
    "reinstate": lambda: _("证书已恢复有效。"),
}


def sentence(change: Change) -> str:
    """Said to whoever just asked."""
    if change.state == ChangeState.ASKED:
        return _("已提交。按残联的规定，要由另一位工作人员批准后才生效。")
    if change.state == ChangeState.DUE:
        return _("已登记，%(when)s 生效；在这之前可以撤回。") % {"when": when(change)}
    failed = change.items.exclude(problem="").count()
    if not failed:
        return _DONE[change.kind]()
    done = change.items.count() - failed
    if not done:
        return _("没有生效，证书不变：证书的状态已变，或不能签发。")
    return _("%(done)s 张已生效，%(failed)s 张没有生效：证书的状态已变，或不能签发。") % {
        "done": done,
        "failed": failed,
    }


def when(change: Change) -> str:
    """The moment of its effect, written out."""
    moment = change.takes_effect_at
    return written.moment(timezone.localtime(moment), get_language() or "") if moment else ""

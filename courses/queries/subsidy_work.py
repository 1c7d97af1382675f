"""Subsidy claims that wait for somebody: to be checked, approved, paid, or mended."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.queries.subsidies import waiting_for
from courses.rules.subsidies import STEPS
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

KINDS = {
    "claim": ngettext_lazy(
        "%(n)s 份补贴申领被退回，修改后可以再申领，最早 %(oldest)s退回",
        "%(n)s 份补贴申领被退回，修改后可以再申领，最早 %(oldest)s退回",
        "count",
    ),
    "check": ngettext_lazy(
        "%(n)s 份补贴申领等待审核，最早 %(oldest)s申领",
        "%(n)s 份补贴申领等待审核，最早 %(oldest)s申领",
        "count",
    ),
    "approve": ngettext_lazy(
        "%(n)s 份补贴申领等待审批，最早 %(oldest)s审核",
        "%(n)s 份补贴申领等待审批，最早 %(oldest)s审核",
        "count",
    ),
    "pay": ngettext_lazy(
        "%(n)s 份补贴申领已批准，等待公示和发放，最早 %(oldest)s批准",
        "%(n)s 份补贴申领已批准，等待公示和发放，最早 %(oldest)s批准",
        "count",
    ),
}


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """The claims that wait for this actor, a query for each step that the actor may take."""
    found: list[Waiting] = []
    for step, text in KINDS.items():
        way = STEPS[step]
        if actor.may_somewhere(Permission(way.permission)):
            [state] = way.sources
            many = (
                f"{reverse('courses:subsidies')}?state={state}"
                if step == "claim"
                else reverse("courses:subsidy-batch", args=[step])
            )
            rows = waiting_for(actor, step)
            found += counted(
                f"subsidies_{step}", text, rows, since="moved_on", one="courses:subsidy", many=many
            )
    return found

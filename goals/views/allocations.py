"""The page on which a region splits a target among those right below it (逐级分解)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from goals.actions import allocations as actions
from goals.models.plans import PlanState
from goals.queries import allocations as queries
from goals.queries.allocations import BY_LAST_YEAR, BY_PEOPLE, EVENLY, Cascade, Row
from goals.queries.plans import region_within
from goals.queries.sources import is_divisible
from goals.rules import splits
from goals.rules.targets import MOST
from goals.views.targets import ShareOrNumber, target_of
from registry.errors import NotFound
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals

PROPOSALS = ((EVENLY, _("平均分配")), (BY_PEOPLE, _("按人数分配")), (BY_LAST_YEAR, _("按上年完成数分配")))


class SplitForm(Form):
    """One field for each region below, named by its code."""

    def __init__(self, found: Cascade, proposed: dict[str, Decimal], *args: Any) -> None:
        super().__init__(*args)
        self.rows = found.rows
        for row in found.rows:
            given = proposed.get(row.region.code, row.value)
            self.fields[row.region.code] = ShareOrNumber(
                label=row.region.name,
                min_value=Decimal(0),
                max_value=MOST - 1,
                max_digits=14,
                decimal_places=4,
                required=False,
                initial=None if given is None else f"{given.normalize():f}",
                widget=forms.TextInput({"inputmode": "decimal", "class": "width-10", "autocomplete": "off"}),
            )

    def lines(self) -> list[tuple[Row, forms.BoundField]]:
        return [(row, self[row.region.code]) for row in self.rows]


@require_http_methods(["GET", "POST"])
def split_target(request: ActorRequest, code: str) -> HttpResponse:
    """Give the regions below their shares of what `?region=` answers for; `?by=` fills in a proposal.

    The sum is told before saving (one button only checks it) and after; too much or too little is never refused.
    """
    require_somewhere(request.actor, Permission.PLAN_EDIT)
    held = target_of(request, code)
    region = region_within(request.actor, held.plan, request.GET.get("region", ""), is_needed=True)
    require(request.actor, Permission.PLAN_EDIT, region_path=region.path)
    if held.plan.state != PlanState.IN_FORCE or not is_divisible(held):
        raise NotFound(what="split")
    found = queries.cascade(held, region, on=today())
    by = request.GET.get("by", "")
    proposed = queries.proposal(found, by, on=today()) if by in dict(PROPOSALS) else {}
    form = SplitForm(found, proposed, request.POST if request.method == "POST" else None)
    check = splits.check(found.check.total, proposed.values()) if proposed else found.check
    if form.is_valid():
        values = form.cleaned_data
        check = splits.check(found.check.total, values.values())
        if "check" not in request.POST:
            with refusals.shown_on(form):
                actions.split(by=request.actor, on=today(), target=held, region=region, values=values)
                messages.success(request, gettext("分解已保存。"))
                return redirect(f"{reverse('goals:split', args=[code])}?region={region.code}")
    context = {
        "target": held,
        "plan": held.plan,
        "region": region,
        "form": form,
        "check": check,
        "by": by if proposed else "",
        "proposals": PROPOSALS,
        "is_unsaved": form.is_bound or bool(proposed),
    }
    return render(request, "goals/split.html", context, status=422 if form.errors else 200)

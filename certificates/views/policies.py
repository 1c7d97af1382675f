"""What federations ask of changes to certificates: one row for each in reach, and deciding."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import policies
from certificates.models import ChangePolicy
from certificates.rules.changes import LONGEST_WINDOW, Policy
from registry.forms import Form
from registry.models import Federation
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of


class PolicyForm(Form):
    two_people_withdraw = forms.BooleanField(label=_("撤销证书要由另一人批准"), required=False)
    two_people_replace = forms.BooleanField(label=_("更正证书要由另一人批准"), required=False)
    two_people_bulk = forms.BooleanField(
        label=_("成批撤销、更正或恢复要由另一人批准"),
        required=False,
        help_text=_("暂停不用等：它保护查验的人，而且可以恢复。"),
    )
    undo_minutes = forms.IntegerField(
        label=_("撤回时限（分钟）"),
        min_value=0,
        max_value=LONGEST_WINDOW,
        help_text=_("撤销和更正过这么久才生效，在这之前可以撤回。0 表示立即生效。"),
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
    )


@require_safe
def policy_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.CERTIFICATE_POLICY)
    scope = request.actor.scope(Permission.CERTIFICATE_POLICY)
    reach = Federation.objects.filter(in_subtrees("region__path", scope.region_paths))
    rows = reach.select_related("region", "change_policy").order_by("region__code")
    return render(request, "certificates/policies/list.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: ActorRequest, public_id: str) -> HttpResponse:
    """Decide for one federation; without its own decision, that of the nearest one above holds."""
    seen = Federation.objects.visible_to(request.actor).select_related("region")
    held = one(seen, public_id=public_id)
    require(request.actor, Permission.CERTIFICATE_POLICY, region_path=held.region.path)
    decided = ChangePolicy.objects.filter(federation=held).first()
    now = decided.policy if decided else Policy()
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=vars(now))
    if form.is_valid():
        with refusals.shown_on(form):
            policies.decide(by=request.actor, on=today(), federation=held, **form.cleaned_data)
            messages.success(request, _now("已保存。对以后的申请有效。"))
            return redirect("certificates:policy", public_id=public_id)
    context = {"federation": held, "decided": decided, "form": form}
    return render(request, "certificates/policies/policy.html", context, status=422 if form.errors else 200)

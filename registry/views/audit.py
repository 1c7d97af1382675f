"""The audit trail, for auditors."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry import words
from registry.forms import Form
from registry.models import AuditEvent
from registry.queries import audit as queries
from registry.requests import ActorRequest
from registry.rules.access import Permission, require_somewhere
from registry.views.fields import DayField
from registry.views.lists import page_of


class AuditFilter(Form):
    verb = forms.ChoiceField(label=_("操作"), required=False)
    subject_id = forms.CharField(label=_("对象编号"), max_length=40, required=False)
    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        verbs: Any = self.fields["verb"]
        verbs.choices = [("", _("全部")), *words.verbs()]


@require_safe
def audit_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.AUDIT_READ)
    filters = AuditFilter(request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(request, queries.listed(AuditEvent.objects.visible_to(request.actor), **wanted))
    rows = [
        {
            "event": event,
            "deed": words.verb(event.verb),
            "facts": [(k, v) for k, v in event.facts.items() if v is not None],
        }
        for event in page
    ]
    context = {"page": page, "rows": rows, "filter_form": filters}
    return render(request, "registry/audit/list.html", context, status=422 if filters.errors else 200)

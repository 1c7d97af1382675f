"""Exports: the form that every file of personal data asks for first, and the record of all of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry import words
from registry.errors import NotPermitted
from registry.forms import Form
from registry.models.exports import ExportPurpose
from registry.queries import exports as queries
from registry.requests import ActorRequest
from registry.rules.access import Actor, Permission
from registry.views.fields import DayField, chosen, in_chinese
from registry.views.lists import page_of


class ExportForm(Form):
    """Purpose, recipient, and which personal fields are given in clear: none of them unless it is ticked.

    `personal` are the file's personal fields as (key, label); a file without any asks for no ticks.
    """

    purpose = forms.ChoiceField(label=_("用途"), choices=chosen(ExportPurpose.choices))
    recipient = forms.CharField(
        label=_("接收单位"),
        max_length=80,
        help_text=_("文件交给谁，写单位全称；本单位自用也要写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    in_clear = forms.MultipleChoiceField(
        label=_("需要完整给出的个人信息"),
        required=False,
        help_text=_("没有勾选的用 * 遮住。只勾选这次用途离不开的。"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, personal: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if personal:
            ticks: Any = self.fields["in_clear"]
            ticks.choices = [(key, in_chinese(label)) for key, label in personal]
        else:
            del self.fields["in_clear"]


class ExportFilter(Form):
    purpose = forms.ChoiceField(
        label=_("用途"), choices=[("", _("全部")), *ExportPurpose.choices], required=False
    )
    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)


def require_reader(actor: Actor) -> None:
    """Raises NotPermitted for whoever neither exports nor audits."""
    if not any(actor.may_somewhere(one) for one in (Permission.DATA_EXPORT, Permission.AUDIT_READ)):
        raise NotPermitted(permission=Permission.DATA_EXPORT.value)


@require_safe
def export_list(request: ActorRequest) -> HttpResponse:
    """Which files left the register, why and for whom."""
    require_reader(request.actor)
    filters = ExportFilter(request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(request, queries.listed(request.actor, **wanted))
    rows = [{"export": export, "about": words.export(export.about)} for export in page]
    context = {"page": page, "rows": rows, "filter_form": filters}
    return render(request, "registry/exports/list.html", context, status=422 if filters.errors else 200)

"""The public directory of institutions: no sign-in, and nothing that tells whom they serve."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.forms import Form
from registry.models.agencies import AgencyKind
from registry.models.bases import AccessProvision, BaseCategoryKind
from registry.queries import directory as queries
from registry.requests import today
from registry.rules.disclosure import discloses_disability
from registry.views.fields import RegionField
from registry.views.lists import page_of

PUBLIC_CATEGORIES = {
    BaseCategoryKind.BLIND_MASSAGE.value: _("按摩"),
}
"""What the public calls a category whose own name would tell whom it is for."""


def category_name(category: str) -> str:
    return str(PUBLIC_CATEGORIES.get(category) or BaseCategoryKind(category).label)


def open_text(text: str) -> str:
    """An address as anyone may read it: one that tells whom the place serves is left out."""
    return "" if discloses_disability(text) else text


def _categories() -> list[tuple[str, Any]]:
    return [(value, PUBLIC_CATEGORIES.get(value, label)) for value, label in BaseCategoryKind.choices]


def _place() -> RegionField:
    return RegionField(on=today(), required=False, label=_("地区（名称或代码）"), help_text="")


class DirectoryForm(Form):
    provision = forms.ChoiceField(
        label=_("无障碍条件"), choices=[("", _("全部")), *AccessProvision.choices], required=False
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields = {"region": _place(), **self.fields}


class BaseDirectoryForm(DirectoryForm):
    category = forms.ChoiceField(
        label=_("培训类别"), choices=[("", _("全部")), *_categories()], required=False
    )


class AgencyDirectoryForm(DirectoryForm):
    kind = forms.ChoiceField(
        label=_("机构类别"), choices=[("", _("全部")), *AgencyKind.choices], required=False
    )


@login_not_required
@require_safe
def bases(request: HttpRequest) -> HttpResponse:
    """Institutions with a plaque in force today."""
    form = BaseDirectoryForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, queries.bases(on=today(), **wanted))
    rows = [
        {
            "base": base,
            "address": open_text(base.address),
            "categories": sorted(
                {category_name(one.category) for plaque in base.plaques for one in plaque.categories.all()}
            ),
            "plaques": base.plaques,
        }
        for base in page
    ]
    context = {"page": page, "rows": rows, "filter_form": form}
    return render(request, "registry/directory/bases.html", context)


@login_not_required
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """HR agencies and carriers of employment."""
    form = AgencyDirectoryForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, queries.agencies(**wanted))
    context = {"page": page, "filter_form": form}
    return render(request, "registry/directory/agencies.html", context)

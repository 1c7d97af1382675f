"""The page of poor rural households in which nobody works (docs/domain.md §2.2 T46)."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.queries import households as queries
from courses.views.service_plans import WHOSE
from registry.forms import Form
from registry.queries import regions
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.fields import region_field
from registry.views.lists import page_of


class HouseholdsFilter(Form):
    whose = forms.ChoiceField(label=_("辅导员"), choices=WHOSE, required=False)

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        reach = regions.in_reach(request.actor, Permission.PERSON_EDIT, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


@require_safe
def household_list(request: ActorRequest) -> HttpResponse:
    """Households of 脱贫户 and 防返贫监测对象 with somebody who can and wants to work, and nobody who does."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    filters = HouseholdsFilter(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(request, queries.without_work(request.actor, on=today(), **wanted))
    context = {"filter_form": filters, "page": page}
    return render(request, "courses/households.html", context, status=422 if filters.errors else 200)

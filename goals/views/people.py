"""The people behind a figure: one skill short, none at all, goal reached, or everybody."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from goals.models import Tally
from goals.queries import people as queries
from goals.queries import reach
from goals.queries.periods import chosen, periods
from goals.views.periods import PeriodForm
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.lists import page_of


class PeopleFilter(PeriodForm):
    region = forms.CharField(required=False, widget=forms.HiddenInput)
    skills = forms.ChoiceField(
        label=_("已掌握的技能"),
        choices=[
            ("", _("不限")),
            (queries.ONE, _("一门（只差一门）")),
            (queries.NONE, _("一门都没有")),
            (queries.TWO, _("两门以上")),
        ],
        required=False,
    )


@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Members of the population in a region, or everywhere in reach; names are masked as everywhere."""
    actor = request.actor
    require_somewhere(actor, Permission.PERSON_READ)
    code = request.GET.get("region", "")
    region = reach.region(actor, code, Permission.PERSON_READ) if code else None
    known = periods()
    period = chosen(known, request.GET.get("period"), on=today())
    shown = {"period": period.key if period else ""}
    filters = PeopleFilter(known, request.GET.dict() | shown, initial=shown)
    skills = filters.cleaned_data["skills"] if filters.is_valid() else ""
    # Without a plan there is no population.
    members = queries.listed(actor, period, region=region, skills=skills) if period else Tally.objects.none()
    page = page_of(request, members)
    held = queries.skills_of([member.person_id for member in page], on=today())
    context = {
        "region": region,
        "period": period,
        "filter_form": filters,
        "skills": skills,
        "as_of": today(),
        "page": page,
        "rows": [(member, held[member.person_id]) for member in page],
        "may_see_figures": region and actor.may(Permission.FIGURES_READ, region_path=region.path),
    }
    return render(request, "goals/people.html", context)

"""The people behind a figure, and for those without two skills the courses that are open near them."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from goals.indicator_words import NAMES, amount, cell_name
from goals.models import PlanPeriod, Tally
from goals.queries import indicators, offers, reach
from goals.queries import people as queries
from goals.queries.people import Place
from goals.queries.periods import chosen, periods
from goals.rules import slices
from goals.rules.indicators import Unit
from goals.rules.slices import Slice
from goals.views.indicators import measures
from goals.views.periods import PeriodForm, asked
from registry.errors import NotFound
from registry.models import Region
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.lists import ROWS


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
    known = periods(region)
    period = chosen(known, request.GET.get("period"), on=today())
    shown = {"period": period.key if period else ""}
    filters = PeopleFilter(known, request.GET.dict() | shown, initial=shown)
    skills = filters.cleaned_data["skills"] if filters.is_valid() else ""
    context: dict[str, Any] = {
        "region": region,
        "period": period,
        "filter_form": filters,
        "skills": skills,
        "as_of": today(),
        "may_see_figures": region and actor.may(Permission.FIGURES_READ, region_path=region.path),
    }
    if period:
        context |= _listed(request, period, region, skills)
    return render(request, "goals/people.html", context)


@require_safe
def indicator_people(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Who stands in an indicator's numerator, or (`?part=rest`) in its denominator only; `?cell=` narrows it."""
    shown = asked(request, code, Permission.PERSON_READ)
    one = indicators.named(key)
    parts = slices.parts(one)
    part = request.GET.get("part", slices.IN)
    cell = request.GET.get("cell", "")
    if part not in parts or (cell and cell.partition(":")[0] not in slices.breakdowns(one)):
        raise NotFound(what="people")
    numerator, denominator = measures(one)
    context = shown.context() | {
        "indicator": one,
        "name": NAMES[key],
        "part": part,
        "cell": cell,
        "cell_name": indicators.cell_names([cell]).get(cell) or cell_name(cell) if cell else "",
        "numerator": numerator,
        "denominator": denominator,
        "may_see_figures": request.actor.may(Permission.FIGURES_READ, region_path=shown.region.path),
    }
    if shown.period:
        listed = queries.page(
            request.actor, parts[part], shown.period, [shown.region], start=_place(request), cell=cell
        )
        unit = slices.unit(one)
        context |= _rows(request, listed.rows, parts[part]) | {
            "total": amount(unit, listed.total),
            "is_by_person": unit is not Unit.PERSONS,
            "next": listed.next,
            "is_first": not request.GET.get("from"),
        }
    return render(request, "goals/indicator_people.html", context)


def _listed(request: ActorRequest, period: PlanPeriod, region: Region | None, skills: str) -> dict[str, Any]:
    """A page of members, with what is open near those who lack a skill."""
    actor, wanted = request.actor, queries.OF_SKILLS[skills]
    rows: list[Tally]
    if region is None and actor.scope(Permission.PERSON_READ).base_ids:
        page = Paginator(queries.of_bases(actor, period, wanted), ROWS).get_page(request.GET.get("page"))
        rows, total = list(page), page.paginator.count
        found: dict[str, Any] = {"page": page}
    else:
        regions = [region] if region else reach.tops(actor, Permission.PERSON_READ)
        listed = queries.page(actor, wanted, period, regions, start=_place(request))
        rows, total = listed.rows, listed.total
        found = {"next": listed.next, "is_first": not request.GET.get("from")}
    return found | {"total": total} | _rows(request, rows, wanted)


def _rows(request: ActorRequest, rows: list[Tally], wanted: Slice) -> dict[str, Any]:
    """The people with their skills, and what is open near them where it is skills that they lack."""
    held = queries.skills_of([row.person_id for row in rows], on=today())
    proposes = wanted in queries.SHORT
    people = [row.person for row in rows]
    near = offers.near(people, held, request.actor, on=today()) if proposes and rows else {}
    return {
        "rows": [(row, held[row.person_id], near.get(row.person_id, [])) for row in rows],
        "proposes": proposes,
        "may_refer": request.actor.may_somewhere(Permission.PERSON_EDIT),
    }


def _place(request: ActorRequest) -> Place:
    return Place(request.GET.get("from", ""), request.GET.get("after", ""))

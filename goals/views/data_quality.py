"""Pages of data quality: a unit in four dimensions, the units below it compared, and what is to be mended."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.views.sheets import workbook
from courses.workbooks.writing import write_table
from goals import indicator_words, quality_words
from goals.models import PlanPeriod, Tally
from goals.queries import data_quality as queries
from goals.queries import figures, reach
from goals.queries.periods import chosen, periods
from goals.rules.data_quality import DIMENSIONS, KEYS, LESS_IS_BETTER, Mark, dimension_of
from goals.views.periods import PeriodForm
from registry.errors import NotFound
from registry.menu import address
from registry.models import Region
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require
from registry.views.lists import page_of

MISSING = {
    "phone": _("联系电话"),
    "education": _("文化程度"),
    "ethnicity": _("民族"),
    "residence": _("户口性质"),
    "card": _("残疾人证"),
    "need": _("培训和就业需求"),
    "employment": _("就业状况"),
}

# Where each is mended: (page, query string, its words, who may open it).
PLACES: dict[str, tuple[str, str, Any, Permission]] = {
    "outcome_lag": (
        "courses:cohorts",
        "?waiting=end",
        _("已过结业日期、还没有结果的培训班"),
        Permission.COHORT_READ,
    ),
    "certification_rate": (
        "courses:cohorts",
        "?state=completed",
        _("已结业、等待发证的培训班"),
        Permission.COHORT_READ,
    ),
    "verification_rate": (
        "certificates:external",
        "?state=waiting",
        _("等待核验的外部证书"),
        Permission.EXTERNAL_CERTIFICATE_VERIFY,
    ),
    "flags_open": ("courses:flags", "?state=open", _("等待核实的疑点"), Permission.FLAG_READ),
    "entry_rate": ("courses:entry-rates", "", _("各地录入率"), Permission.FIGURES_READ),
    "validation_failure_rate": (
        "courses:cohorts",
        "?waiting=roster",
        _("名单有需要改正的行的培训班"),
        Permission.COHORT_READ,
    ),
    "discrepancies_open": ("courses:comparisons", "", _("数据比对"), Permission.DATA_COMPARE),
}


def name_of(key: str) -> str:
    return str(indicator_words.NAMES.get(key) or quality_words.NAMES[key])


def _definition(key: str) -> str:
    return str(indicator_words.DEFINITIONS.get(key) or quality_words.DEFINITIONS[key])


@require_safe
def quality(request: ActorRequest, code: str) -> HttpResponse:
    """What most needs mending, each dimension with where it is mended, and the units below, the worst first."""
    held = reach.region(request.actor, code)
    known = periods(held)
    period = chosen(known, request.GET.get("period"), on=today())
    context: dict[str, Any] = {
        "region": held,
        "above": reach.above(held, request.actor),
        "period": period,
        "periods": known,
        "form": PeriodForm(known, initial={"period": period.key if period else ""}),
        "as_of": today(),
    }
    if period:
        whole, below = queries.of_region(held, period, on=today())
        worst = whole.marks.worst
        context |= {
            "whole": whole,
            "worst": worst and (quality_words.DIMENSIONS[dimension_of(worst.key)], _row(worst)),
            "is_measured": whole.marks.lack is not None,
            "dimensions": [
                {
                    "key": dimension,
                    "name": quality_words.DIMENSIONS[dimension],
                    "asks": quality_words.ASKS[dimension],
                    "rows": [
                        _row(whole.marks.by_key[key])
                        | {"definition": _definition(key), "place": _place(key, held, request.actor)}
                        for key in keys
                    ],
                }
                for dimension, keys in DIMENSIONS.items()
            ],
            "columns": [name_of(key) for key in KEYS],
            "units": [(unit, [unit.marks.by_key[key] for key in KEYS]) for unit in below],
        }
    return render(request, "goals/quality.html", context)


@require_safe
def sheet(request: ActorRequest, code: str) -> HttpResponse:
    """The comparison as a workbook."""
    held = reach.region(request.actor, code)
    period = chosen(periods(held), request.GET.get("period"), on=today())
    if period is None:
        raise NotFound(what="period")
    whole, below = queries.of_region(held, period, on=today())
    labels = [gettext("地区"), gettext("行政区划代码"), gettext("平均差距（百分点）")]
    for key in KEYS:
        labels += [name_of(key), gettext("其中"), gettext("共")]
    rows = []
    for unit in (whole, *below):
        row: list[object] = [unit.region.name, unit.region.code, unit.marks.lack]
        for mark in unit.marks.by_key.values():
            row += [None if mark.share is None else f"{mark.share}%", mark.numerator, mark.denominator]
        rows.append(row)
    return workbook(write_table(labels, rows), f"{gettext('数据质量')}-{held.name}-{period.key}")


@require_safe
def incomplete_people(request: ActorRequest, code: str) -> HttpResponse:
    """Who lacks what; names masked."""
    held = _of_people(request.actor, code)
    period = chosen(periods(held), request.GET.get("period"), on=today())
    found = queries.incomplete(request.actor, held, period) if period else Tally.objects.none()
    page = page_of(request, found)
    lacking = queries.missing(tally.person for tally in page)
    context = {
        **_below(held, period),
        "page": page,
        "rows": [(tally, [MISSING[name] for name in lacking[tally.person_id]]) for tally in page],
    }
    return render(request, "goals/incomplete_people.html", context)


@require_safe
def doubtful_jobs(request: ActorRequest, code: str) -> HttpResponse:
    """Jobs without evidence, and those that were recorded late; names masked."""
    held = _of_people(request.actor, code)
    period = chosen(periods(held), request.GET.get("period"), on=today())
    jobs = queries.doubtful_jobs(request.actor, held, period) if period else Tally.objects.none()
    context = {**_below(held, period), "page": page_of(request, jobs)}
    return render(request, "goals/doubtful_jobs.html", context)


def _of_people(actor: Actor, code: str) -> Region:
    """The region, for who reads both its figures and its people. Raises NotPermitted, NotFound."""
    held = reach.region(actor, code)
    require(actor, Permission.PERSON_READ, region_path=held.path)
    return held


def _below(region: Region, period: PlanPeriod | None) -> dict[str, Any]:
    """How many there are to mend in the region and in each unit below it, from the figures."""
    counted = figures.of_region(region, period, on=today()) if period else None
    units = [(one, queries.lacking(counts)) for one, counts in counted.below] if counted else []
    return {
        "region": region,
        "period": period,
        "whole": queries.lacking(counted.counts if counted else {}),
        "below": [(one, found) for one, found in units if any(found)],
    }


def _row(mark: Mark) -> dict[str, Any]:
    return {"mark": mark, "name": name_of(mark.key), "less_is_better": mark.key in LESS_IS_BETTER}


def _place(key: str, region: Region, actor: Actor) -> tuple[str, Any] | None:
    """The address of the list in which it is mended, with its words; None for whoever may not open it."""
    if key in ("completeness", "employment_lag", "evidence_rate"):
        if not actor.may(Permission.PERSON_READ, region_path=region.path):
            return None
        if key == "completeness":
            return address("goals:incomplete-people", region.code), _("登记不完整的人员")
        return address("goals:doubtful-jobs", region.code), _("迟报或没有佐证的就业经历")
    page, query, words, permission = PLACES[key]
    return (address(page) + query, words) if actor.may_somewhere(permission) else None

"""The evaluation of a cohort for staff: opening it, the slips, and what may be told of the answers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.actions import evaluations
from courses.models import Cohort, CohortReview, Evaluation
from courses.queries import evaluations as queries
from courses.views.cohorts import cohort_of, may
from courses.views.evaluation_form import asked
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.lists import page_of
from registry.views.posts import posted_from

TWO_WEEKS = timedelta(days=14)


class ClosingForm(Form):
    closes_on = DayField(label=_("截止日期"), help_text=_("这一天仍可以填写，过后才能看结果。"))


class EvaluationFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), ("open", _("正在评估")), ("closed", _("已截止"))],
        required=False,
    )


@require_safe
def evaluation_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.COHORT_READ)
    filters = EvaluationFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    on = today()
    page = page_of(request, queries.listing(Evaluation.objects.visible_to(request.actor), on=on, state=state))
    context = {
        "page": page,
        "rows": [(evaluation, evaluation.is_open(on)) for evaluation in page],
        "filter_form": filters,
        "may_set_questions": request.actor.may_somewhere(Permission.STANDARD_EDIT),
    }
    return render(request, "courses/evaluations/list.html", context)


@require_safe
def evaluation(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, cohort_of(request, public_id))


@posted_from("courses:evaluation")
def open_evaluation(request: ActorRequest, public_id: str) -> HttpResponse:
    """Opens it, or moves its last day while it is open."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor,
        Permission.EVALUATION_RECORD,
        region_path=cohort.region.path,
        base_ids=[cohort.base_id],
    )
    form = ClosingForm(request.POST)
    if form.is_valid():
        with refusals.shown_on(form):
            held = Evaluation.objects.filter(cohort=cohort).first()
            if held is None:
                evaluations.open_evaluation(by=request.actor, on=today(), cohort=cohort, **form.cleaned_data)
                messages.success(request, _now("评估已经开始。下一步：打印评估码。"))
            else:
                evaluations.extend(by=request.actor, on=today(), evaluation=held, **form.cleaned_data)
                messages.success(request, _now("截止日期已更改。"))
            return redirect("courses:evaluation", public_id=public_id)
    return _page(request, cohort, form)


@posted_from("courses:evaluation")
def slips(request: ActorRequest, public_id: str) -> HttpResponse:
    """The slips, ready to print and to be cut apart: the codes are shown this once."""
    cohort = cohort_of(request, public_id)
    held = one(Evaluation.objects.visible_to(request.actor), cohort=cohort)
    codes = evaluations.print_slips(by=request.actor, on=today(), evaluation=held)
    held.refresh_from_db()
    context = {
        "cohort": cohort,
        "evaluation": held,
        "codes": codes,
    }
    response = render(request, "courses/evaluations/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: ActorRequest, cohort: Cohort, form: ClosingForm | None = None) -> HttpResponse:
    on = today()
    held = Evaluation.objects.filter(cohort=cohort).first()
    may_record = may(request, Permission.EVALUATION_RECORD, cohort)
    figures = queries.of_cohort(held, on=on) if held else None
    can_open = may_record and held is None and cohort.state in evaluations.EVALUABLE
    is_open = held is not None and held.is_open(on)
    initial = {"closes_on": held.closes_on if held else on + TWO_WEEKS}
    context: dict[str, Any] = {
        "cohort": cohort,
        "evaluation": held,
        "is_open": is_open,
        "figures": figures,
        "questions": with_words(figures),
        "comments": queries.comments(held, on=on) if held and may_record else [],
        "form": (form or ClosingForm(initial=initial)) if can_open or (may_record and is_open) else None,
        "may_record": may_record,
        "may_inspect": request.actor.may(Permission.EVALUATION_RECORD, region_path=cohort.region.path),
        "reviews": CohortReview.objects.filter(cohort=cohort),
        "can_open": can_open,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "courses/evaluations/evaluation.html", context, status=status)


def with_words(figures: queries.Figures | None) -> list[tuple[Any, queries.QuestionFigure]]:
    """Each question in the reader's language, with its figure."""
    return [(asked(figure.question), figure) for figure in figures.questions] if figures else []

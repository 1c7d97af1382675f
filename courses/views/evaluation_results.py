"""Results of evaluations by base, course and question, and the questions that a federation asks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import evaluations
from courses.models import Evaluation, Questionnaire
from courses.queries import evaluation_results as queries
from courses.queries.evaluations import questions_for
from courses.rules.evaluations import MOST_QUESTIONS
from courses.views.evaluation_form import asked
from courses.views.evaluations import with_words
from registry.forms import Form
from registry.models import Federation, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals

FIRST_YEAR = 2020


class YearForm(Form):
    year = forms.TypedChoiceField(label=_("截止年份"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        year: Any = self.fields["year"]
        year.choices = [(one, one) for one in range(today().year, FIRST_YEAR - 1, -1)]


def year_of(request: ActorRequest) -> tuple[YearForm, int]:
    """The year asked for, this one unless another is. Years are kept apart: overlapping spans would tell of a few."""
    form = YearForm(request.GET or None)
    asked_for = form.cleaned_data.get("year") if form.is_valid() else None
    return form, asked_for or today().year


@require_safe
def results(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.COHORT_READ)
    form, year = year_of(request)
    found = queries.by_base(Evaluation.objects.visible_to(request.actor), year=year, on=today())
    context = {"results": found, "year": year, "filter_form": form, "questions": with_words(found.total)}
    return render(request, "courses/evaluations/results.html", context)


@require_safe
def base_results(request: ActorRequest, public_id: str) -> HttpResponse:
    require_somewhere(request.actor, Permission.COHORT_READ)
    base = one(TrainingBase.objects.visible_to(request.actor), public_id=public_id)
    form, year = year_of(request)
    seen = Evaluation.objects.visible_to(request.actor)
    found = queries.of_base(seen, base, year=year, on=today())
    context = {
        "base": base,
        "results": found,
        "courses": [(one, with_words(one.figures)) for one in found.courses],
        "year": year,
        "filter_form": form,
        "questions": with_words(found.total),
    }
    return render(request, "courses/evaluations/base_results.html", context)


class QuestionsForm(Form):
    """A line for each question; an English one beside it where there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("问题 %(number)s") % {"number": number},
                max_length=evaluations.LONGEST_QUESTION,
                required=False,
            )
            self.fields[f"text_en_{number}"] = forms.CharField(
                label=_("问题 %(number)s 的英文") % {"number": number},
                max_length=evaluations.LONGEST_QUESTION,
                required=False,
            )

    def questions(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        return [(data[f"text_{n}"], data[f"text_en_{n}"]) for n in range(1, MOST_QUESTIONS + 1)]


def asking_federations(actor: Actor) -> Any:
    """Federations whose questions the actor may set."""
    rows = Federation.objects.select_related("region")
    if actor.is_system:
        return rows
    return rows.filter(in_subtrees("region__path", actor.scope(Permission.STANDARD_EDIT).region_paths))


@require_safe
def question_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.STANDARD_EDIT)
    rows = asking_federations(request.actor)
    return render(request, "courses/evaluations/question_list.html", {"federations": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: ActorRequest, public_id: str) -> HttpResponse:
    federation = one(
        Federation.objects.visible_to(request.actor).select_related("region"), public_id=public_id
    )
    require(request.actor, Permission.STANDARD_EDIT, region_path=federation.region.path)
    held = questions_for(federation.region, on=today())
    initial: dict[str, Any] = {}
    for number, question in enumerate(held, 1):
        initial |= {
            f"text_{number}": question.text or str(asked(question)),
            f"text_en_{number}": question.text_en,
        }
    form = QuestionsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            evaluations.set_questions(
                by=request.actor, on=today(), federation=federation, questions=form.questions()
            )
            messages.success(request, _now("新的问题今天起用于新开始的评估。"))
            return redirect("courses:questions", public_id=public_id)
    context = {
        "form": form,
        "federation": federation,
        "versions": Questionnaire.objects.filter(federation=federation),
    }
    return render(request, "courses/evaluations/questions.html", context, status=422 if form.errors else 200)

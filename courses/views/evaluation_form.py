"""The evaluation as trainees fill it in: by the code on a slip, without an account, without a script, by ear."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import evaluations
from courses.errors import CodeUsed, EvaluationNotOpen
from courses.evaluation_words import MARKS, QUESTIONS
from courses.models import Evaluation, EvaluationCode
from courses.queries import evaluations as queries
from courses.rules.evaluations import Question, read_code
from registry.actions import throttles
from registry.forms import Form
from registry.limits import EVALUATION_MISSES
from registry.requests import ActorRequest, client_address, today
from registry.views import refusals
from registry.views.notices import unlisted


class CodeForm(Form):
    code = forms.CharField(
        label=_("评估码"),
        max_length=40,
        help_text=_("10 位数字，在发给您的纸条上。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "width-20"}),
    )


class AnswerForm(Form):
    """One group of choices for each question, the best first; what is written is up to the trainee."""

    def __init__(self, evaluation: Evaluation, *args: Any) -> None:
        super().__init__(*args)
        for question in queries.read_questions(evaluation.questions):
            self.fields[question.key] = forms.TypedChoiceField(
                label=asked(question),
                choices=list(MARKS.items()),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选一个答案。")},
            )
        self.fields["comment"] = forms.CharField(
            label=_("还有什么想说的"),
            max_length=evaluations.LONGEST_COMMENT,
            required=False,
            help_text=_("请不要写姓名、电话和证件号码。"),
            widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        )


def asked(question: Question) -> Any:
    """A question in the reader's language; a federation's own may be in Chinese only, and voices must know."""
    if question.key in QUESTIONS:
        return QUESTIONS[question.key]
    language = get_language()
    if language == "en" and question.text_en:
        return question.text_en
    return (
        question.text
        if language == "zh-hans"
        else format_html('<span lang="zh-Hans">{}</span>', question.text)
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: ActorRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        slip = by_code(request, form.cleaned_data["code"])
        if slip is not None:
            return redirect("courses:evaluate", code=read_code(form.cleaned_data["code"]))
        form.add_error("code", _("没有这个评估码。请核对 10 位数字；重新发过纸条的，请用新的。"))
    return _page(request, "courses/evaluations/look_up.html", {"form": form}, form)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: ActorRequest, code: str) -> HttpResponse:
    """The form behind a code; used or closed, the page says so."""
    slip = by_code(request, code)
    if slip is None:
        return redirect("courses:evaluate-look-up")
    if slip.is_used:
        raise CodeUsed()
    if not slip.evaluation.is_open(today()):
        raise EvaluationNotOpen()
    form = AnswerForm(slip.evaluation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        marks = dict(form.cleaned_data)
        comment = marks.pop("comment")
        with refusals.shown_on(form):
            evaluations.answer(
                by=request.actor, on=today(), code=read_code(code), marks=marks, comment=comment
            )
            return redirect("courses:evaluate-thanks")
    cohort = slip.evaluation.cohort
    context = {"form": form, "base": cohort.base, "cohort": cohort, "evaluation": slip.evaluation}
    return _page(request, "courses/evaluations/form.html", context, form)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return unlisted(render(request, "courses/evaluations/thanks.html"))


def by_code(request: ActorRequest, text: str) -> EvaluationCode | None:
    """The slip of a code; wrong ones count against the address, right ones do not: a class shares one."""
    at, source = timezone.now(), client_address(request)
    throttles.require_unspent(source=source, at=at, **EVALUATION_MISSES)
    slip = queries.by_code(text)
    if slip is None:
        throttles.hit(source=source, at=at, **EVALUATION_MISSES)
    return slip


def _page(request: HttpRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    return unlisted(render(request, template, context, status=422 if form.errors else 200))

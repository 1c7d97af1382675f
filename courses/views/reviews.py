"""Reviews of a cohort by trainers and by the federation's visitors, and the calls drawn by chance."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import reviews
from courses.evaluation_words import CRITERIA, REVIEW_MARKS
from courses.models import CohortReview, SpotCall
from courses.models.reviews import CallResult, ReviewKind
from courses.rules.evaluations import REVIEW_CRITERIA
from courses.views.cohorts import cohort_of
from registry.errors import NotFound
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.posts import posted_from


class ReviewForm(Form):
    reviewed_on = DayField(label=_("日期"))
    reviewer = forms.CharField(label=_("评价人"), max_length=50)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in REVIEW_CRITERIA[kind]:
            self.fields[key] = forms.TypedChoiceField(
                label=CRITERIA[key],
                choices=list(REVIEW_MARKS.items()),
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.fields["findings"] = forms.CharField(
            label=_("发现的问题和建议"),
            max_length=reviews.LONGEST_FINDINGS,
            required=False,
            widget=forms.Textarea({"rows": 5}),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def new_review(request: ActorRequest, public_id: str, kind: str) -> HttpResponse:
    cohort = cohort_of(request, public_id)
    if kind not in ReviewKind.values:
        raise NotFound(what="review")
    base_ids = [] if kind == ReviewKind.INSPECTION else [cohort.base_id]
    require(request.actor, Permission.EVALUATION_RECORD, region_path=cohort.region.path, base_ids=base_ids)
    initial = {"reviewed_on": today(), "reviewer": request.actor.name}
    form = ReviewForm(kind, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        marks = {key: given.pop(key) for key in REVIEW_CRITERIA[kind]}
        with refusals.shown_on(form):
            made = reviews.record(
                by=request.actor, on=today(), cohort=cohort, kind=kind, marks=marks, **given
            )
            messages.success(request, _now("已登记。"))
            return redirect("courses:review", public_id=made.public_id)
    context = {"form": form, "cohort": cohort, "kind": ReviewKind(kind)}
    return render(request, "courses/evaluations/new_review.html", context, status=422 if form.errors else 200)


class CallForm(Form):
    result = forms.ChoiceField(
        label=_("回访结果"),
        choices=[pair for pair in CallResult.choices if pair[0] != CallResult.WAITING],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("备注"), max_length=reviews.LONGEST_NOTE, required=False)


@require_safe
def review(request: ActorRequest, public_id: str) -> HttpResponse:
    held = seen_review(request, public_id)
    calls = held.calls.select_related("enrolment__person")
    may_call = request.actor.may(Permission.EVALUATION_RECORD, region_path=held.cohort.region.path)
    context = {
        "review": held,
        "marks": [(CRITERIA[key], REVIEW_MARKS[mark]) for key, mark in held.marks.items()],
        "calls": calls,
        "may_call": may_call and held.kind == ReviewKind.INSPECTION,
    }
    return render(request, "courses/evaluations/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: ActorRequest, public_id: str, call_id: int) -> HttpResponse:
    """What one trainee who was drawn said on the telephone."""
    held = seen_review(request, public_id)
    require(request.actor, Permission.EVALUATION_RECORD, region_path=held.cohort.region.path)
    drawn = one(SpotCall.objects.select_related("enrolment__person"), review=held, pk=call_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            reviews.record_call(by=request.actor, on=today(), call=drawn, **form.cleaned_data)
            return redirect("courses:review", public_id=public_id)
    context = {"form": form, "review": held, "call": drawn}
    return render(request, "courses/evaluations/call.html", context, status=422 if form.errors else 200)


@posted_from("courses:review")
def draw_another(request: ActorRequest, public_id: str) -> HttpResponse:
    held = seen_review(request, public_id)
    reviews.draw_another(by=request.actor, on=today(), review=held)
    messages.success(request, _now("又抽取了一名学员。"))
    return redirect("courses:review", public_id=public_id)


def seen_review(request: ActorRequest, public_id: str) -> CohortReview:
    """A review, if the actor may know of it."""
    seen = CohortReview.objects.visible_to(request.actor)
    return one(seen.select_related("cohort__region", "cohort__base"), public_id=public_id)

"""Pages of examinations: all in reach, those of a cohort with where each trainee stands, arranging and moving one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import exams
from courses.models import Cohort, Exam
from courses.models.exams import ExamKind
from courses.queries import exams as queries
from courses.queries.cohorts import default_exam_date
from courses.queries.exam_work import LISTS
from courses.rules.cohorts import OPEN_TO_EXAMS
from courses.rules.exams import DEFAULT_THEORY_WEIGHT
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from registry.forms import Form
from registry.models import Account
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ExamFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[
            ("", _("全部")),
            ("mine", _("由我登记，还没有提交")),
            ("open", _("没有提交")),
            ("final", _("已提交")),
        ],
        required=False,
    )


@require_safe
def exam_list(request: ActorRequest) -> HttpResponse:
    """Examinations of the cohorts in reach, the latest first."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    filters = ExamFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    rows: QuerySet[Exam] = Exam.objects.visible_to(request.actor)
    if state:
        rows = LISTS[state](rows, request.actor)
    page = page_of(request, queries.counted(rows).order_by("-held_on", "-pk"))
    return render(request, "courses/exams/list.html", {"page": page, "filter_form": filters})


@require_safe
def cohort_exams(request: ActorRequest, public_id: str) -> HttpResponse:
    """The examinations of a cohort, and where each trainee stands."""
    cohort = cohort_of(request, public_id)
    rows = queries.standings(cohort)
    named = labels(row.enrolment for row in rows)
    may_arrange = may(request, Permission.COHORT_APPROVE, cohort) and cohort.state in OPEN_TO_EXAMS
    context = {
        "cohort": cohort,
        "exams": queries.exams_of(cohort),
        "rows": [(named[row.enrolment.pk], row) for row in rows],
        "is_apart": queries.is_examined_apart(cohort),
        "may_arrange": may_arrange,
        "waiting": len(queries.not_examined(rows)),
        "to_resit": len(queries.may_resit(cohort, rows)),
        "is_open": cohort.state in OPEN_TO_EXAMS,
    }
    return render(request, "courses/exams/cohort.html", context)


class ExaminerChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, account: Any) -> str:
        return str(account.name)


class MoveExamForm(Form):
    held_on = DayField(label=_("考核日期"))
    place = forms.CharField(label=_("考核地点"), max_length=120, required=False)
    examiner = ExaminerChoiceField(
        label=_("考评员"),
        queryset=Account.objects.none(),
        to_field_name="public_id",
        empty_label=_("请选择"),
        help_text=_("残联指派。在本基地任教的、与本班教师同名的，不列出。"),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit = queries.examiners(cohort, on=today())
        field: Any = self.fields["examiner"]
        field.queryset = Account.objects.filter(pk__in=[account.pk for account in fit]).order_by("name", "pk")
        if len(fit) == 1 and "examiner" not in self.initial:
            self.initial["examiner"] = fit[0].public_id


class ExamForm(MoveExamForm):
    kind = forms.ChoiceField(label=_("考核内容"), choices=ExamKind.choices, initial=ExamKind.BOTH)
    theory_weight = forms.IntegerField(
        label=_("理论成绩占比（%）"),
        min_value=0,
        max_value=100,
        initial=DEFAULT_THEORY_WEIGHT,
        help_text=_("其余是实操成绩。只考一样的，不看这一项。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4"}),
    )


@require_http_methods(["GET", "POST"])
def new_exam(request: ActorRequest, public_id: str) -> HttpResponse:
    """Arrange an examination of everybody who may sit it; `?resit=1` one of those who failed."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    is_resit = request.GET.get("resit") == "1"
    initial = {"held_on": default_exam_date(cohort, on=today()), "place": cohort.venue}
    earlier = Exam.objects.filter(cohort=cohort).select_related("examiner").last()
    if earlier is not None:  # a re-sit is usually like the first time
        initial |= {
            "kind": earlier.kind,
            "theory_weight": earlier.theory_weight,
            "place": earlier.place,
            "examiner": earlier.examiner.public_id,
        }
    form = ExamForm(request.POST if request.method == "POST" else None, cohort=cohort, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            made = exams.arrange(
                by=request.actor, on=today(), cohort=cohort, is_resit=is_resit, **form.cleaned_data
            )
            messages.success(request, gettext("已安排考核，考评员会在首页看到。"))
            return redirect("courses:exam", public_id=made.public_id)
    context = {
        "cohort": cohort,
        "form": form,
        "is_resit": is_resit,
        "count": len(queries.candidates(cohort, is_resit=is_resit)),
        "has_examiners": form.fields["examiner"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "courses/exams/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_exam(request: ActorRequest, public_id: str) -> HttpResponse:
    """Move an examination or send another examiner, until its results are final."""
    exam = exam_of(request, public_id)
    cohort = exam.cohort
    require(
        request.actor, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    initial = {"held_on": exam.held_on, "place": exam.place, "examiner": exam.examiner.public_id}
    form = MoveExamForm(request.POST if request.method == "POST" else None, cohort=cohort, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            exams.edit(by=request.actor, on=today(), exam=exam, **form.cleaned_data)
            messages.success(request, gettext("已保存考核安排。"))
            return redirect("courses:exam", public_id=public_id)
    return render(
        request, "courses/exams/edit.html", {"exam": exam, "form": form}, status=422 if form.is_bound else 200
    )


@posted_from("courses:exam")
def cancel_exam(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes back an examination without marks."""
    exam = exam_of(request, public_id)
    exams.cancel(by=request.actor, on=today(), exam=exam)
    messages.success(request, gettext("已取消这场考核，学员的考核次数不受影响。"))
    return redirect("courses:exams", public_id=exam.cohort.public_id)


def exam_of(request: ActorRequest, public_id: str) -> Exam:
    """The examination of a page, if the actor may know of it."""
    return one(queries.counted(Exam.objects.visible_to(request.actor)), public_id=public_id)

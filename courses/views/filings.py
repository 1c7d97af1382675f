"""The filing of a cohort (开班备案) on one page: its base checks and submits it, the approver decides, others read it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import cohorts
from courses.models import Cohort
from courses.models.cohorts import CohortState
from courses.queries import filings as queries
from courses.queries.filing_warnings import flagged, lead_days, warnings
from courses.queries.timetables import timetable_of
from courses.rules.cohorts import EDITABLE
from courses.rules.filings import Judged, judge, missing
from courses.views.cohorts import cohort_of, may
from courses.views.filing_tasks import LABELS, filing_tasks, history
from registry import words
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals

MOST_FLAGGED = 100
"""Trainees to look at that the page names; the roster has them all."""


class SubmitForm(Form):
    reason = forms.CharField(
        label=_("为什么晚交"), max_length=200, required=False, help_text=_("审核单位会看到这段话。")
    )


class ReturnForm(Form):
    """One remark for the whole, and one for each task of the filing."""

    reason = forms.CharField(
        label=_("总的意见"),
        max_length=200,
        required=False,
        help_text=_("培训基地会看到这段话。请勿写学员姓名和证件号码。"),
    )

    def __init__(self, *args: Any, found: list[Judged], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in found:
            label = gettext("对“%(task)s”的意见") % {"task": LABELS[one.task]}
            self.fields[f"task-{one.task}"] = forms.CharField(label=label, max_length=200, required=False)

    def task_reasons(self) -> dict[str, str]:
        return {
            name.removeprefix("task-"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("task-") and text
        }


@require_http_methods(["GET", "POST"])
def filing(request: ActorRequest, public_id: str) -> HttpResponse:
    """All that the approver judges, with what to look at and every move so far; the button that fits the reader."""
    cohort = cohort_of(request, public_id)
    facts = queries.facts_of(cohort)
    found = judge(facts, cohort.to_mend)
    files = may(request, Permission.COHORT_EDIT, cohort)
    may_submit = files and cohort.state in EDITABLE
    may_decide = (
        cohort.state == CohortState.SUBMITTED
        and may(request, Permission.COHORT_APPROVE, cohort)
        and not files
    )
    act = request.POST.get("act", "")
    submit_form = SubmitForm(request.POST if act == "submit" else None)
    return_form = ReturnForm(request.POST if act == "return" else None, found=found)
    if request.method == "POST":
        answer = _act(request, cohort, act, submit_form, return_form)
        if answer is not None:
            return answer
    on = today()
    flags = flagged(cohort, on=on)
    days, wanted = lead_days(cohort, on=on)
    form: Form = return_form if act == "return" else submit_form
    context = {
        "cohort": cohort,
        "form": form,
        "tasks": filing_tasks(cohort, found),
        "missing": [words.say(code, facts) for one in found for code, facts in one.missing],
        "is_complete": not missing(found),
        "may_submit": may_submit,
        "may_decide": may_decide,
        "submit_form": submit_form if may_submit and days < wanted else None,
        "return_form": return_form if may_decide else None,
        "warnings": [words.say(one.code, one.facts) for one in warnings(cohort, facts, on=on, flagged=flags)],
        "flagged": _flagged_rows(flags[:MOST_FLAGGED]),
        "trainees": facts.trainees,
        "budget": queries.budget_of(cohort),
        "timetable": timetable_of(cohort),
        "trainers": cohort.trainers.all(),
        "history": history(cohort),
    }
    return render(request, "courses/filings/filing.html", context, status=422 if form.errors else 200)


def _act(
    request: ActorRequest, cohort: Cohort, act: str, submit_form: SubmitForm, return_form: ReturnForm
) -> HttpResponse | None:
    """What the button that was pressed does; None when its form has errors."""
    if act == "submit":
        return _move(request, cohort, CohortState.SUBMITTED, submit_form, on=today())
    if act == "approve":
        return _move(request, cohort, CohortState.APPROVED, None, on=today())
    if act == "return":
        return _move(request, cohort, CohortState.RETURNED, return_form, on=today())
    return redirect("courses:filing", public_id=cohort.public_id)


def _move(
    request: ActorRequest, cohort: Cohort, state: CohortState, form: Form | None, *, on: date
) -> HttpResponse | None:
    permission = Permission.COHORT_EDIT if state == CohortState.SUBMITTED else Permission.COHORT_APPROVE
    require(request.actor, permission, region_path=cohort.region.path, base_ids=[cohort.base_id])
    given: dict[str, Any] = {}
    if form is not None:
        if not form.is_valid():
            return None
        given["reason"] = form.cleaned_data["reason"]
        if isinstance(form, ReturnForm):
            given["task_reasons"] = form.task_reasons()
        with refusals.shown_on(form):
            cohorts.move_to(by=request.actor, on=on, cohort=cohort, state=state, **given)
        if form.errors:
            return None
    else:
        cohorts.move_to(by=request.actor, on=on, cohort=cohort, state=state)
    messages.success(request, gettext("培训班现在的状态：%(state)s") % {"state": state.label})
    return redirect("courses:cohort", public_id=cohort.public_id)


def _flagged_rows(flags: list[Any]) -> list[tuple[Any, list[str]]]:
    """Each trainee to look at, with the reasons in words."""
    return [(one.enrolment.person, [words.say(f"{code}_one") for code in one.codes]) for one in flags]

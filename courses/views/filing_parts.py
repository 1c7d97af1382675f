"""The pages of a filing's own tasks: budget, the four orders, masters and apprentices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import cohorts, filings
from courses.actions.filings import NewLine
from courses.models import BudgetLine, Cohort, Enrolment
from courses.models.cohorts import FundingSource
from courses.models.enrolments import Outcome
from courses.models.filings import BudgetItem
from courses.rules.cohorts import EDITABLE, OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from courses.views.cohorts import cohort_of
from courses.views.filing_tasks import next_step, onward
from courses.views.names import labels
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals


class MoneyField(forms.DecimalField):
    """元 with at most two decimals."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "width-10", "autocomplete": "off"})
        given = {"min_value": 0, "max_digits": 12, "decimal_places": 2, "widget": widget}
        super().__init__(**{**given, **options})


class BudgetForm(Form):
    """An amount for each item, and once for all who pays; items paid from elsewhere choose their own source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, label in BudgetItem.choices:
            self.fields[f"amount-{item}"] = MoneyField(
                label=gettext("%(item)s（元）") % {"item": label}, required=False
            )
            self.fields[f"source-{item}"] = forms.ChoiceField(
                label=gettext("%(item)s由谁出") % {"item": label},
                choices=FundingSource.choices,
                required=False,
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """(item, amount, source), as fields bound to this form."""
        return [
            (str(label), self[f"amount-{item}"], self[f"source-{item}"]) for item, label in BudgetItem.choices
        ]

    def lines(self, default_source: str) -> list[NewLine]:
        """What was filled in; an amount of 0 is none."""
        asked = self.cleaned_data
        return [
            NewLine(item, asked[f"amount-{item}"], asked[f"source-{item}"] or default_source)
            for item in BudgetItem.values
            if asked.get(f"amount-{item}")
        ]


def _mine(request: ActorRequest, public_id: str) -> Cohort:
    """The cohort, for who files for its base."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    return cohort


@require_http_methods(["GET", "POST"])
def budget(request: ActorRequest, public_id: str) -> HttpResponse:
    """What the cohort costs, item by item; empty at first, it offers the budget of the last cohort of the course."""
    cohort = _mine(request, public_id)
    held = list(cohort.budget_lines.all())
    earlier = [] if held else _last_budget(cohort)
    form = BudgetForm(
        request.POST if request.method == "POST" else None, initial=_initial(cohort, held or earlier)
    )
    if form.is_valid():
        lines = form.lines(cohort.funding_source)
        if not lines:
            form.add_error(None, gettext("请至少填一项金额。"))
        else:
            with refusals.shown_on(form):
                filings.set_budget(by=request.actor, on=today(), cohort=cohort, lines=lines)
                total = sum((line.amount for line in lines), Decimal(0))
                messages.success(request, gettext("已保存预算，共 %(total)s 元。") % {"total": total})
                return redirect(next_step(cohort)[1])
    context = {
        "cohort": cohort,
        "form": form,
        "is_frozen": cohort.state not in EDITABLE,
        "is_offered": bool(earlier) and not form.is_bound,
    }
    return render(request, "courses/filings/budget.html", context, status=422 if form.errors else 200)


def _last_budget(cohort: Cohort) -> list[BudgetLine]:
    last = (
        Cohort.objects.filter(course=cohort.course_id, budget_lines__isnull=False)
        .exclude(pk=cohort.pk)
        .order_by("-starts_on", "-pk")
        .first()
    )
    return list(last.budget_lines.all()) if last else []


def _initial(cohort: Cohort, lines: list[BudgetLine]) -> dict[str, Any]:
    initial: dict[str, Any] = {f"source-{item}": cohort.funding_source for item in BudgetItem.values}
    for line in lines:
        initial |= {f"amount-{line.item}": line.amount, f"source-{line.item}": line.funding_source}
    return initial


class OrdersForm(Form):
    ordering_employer = forms.CharField(label=_("下单企业"), max_length=80)
    ordering_uscc = forms.CharField(
        label=_("下单企业统一社会信用代码"),
        max_length=18,
        required=False,
        widget=forms.TextInput(attrs={"class": "width-20", "autocomplete": "off"}),
    )
    accepting_institution = forms.CharField(
        label=_("接单机构"), max_length=80, required=False, help_text=_("不填就是本基地。")
    )
    trainee_choice = forms.CharField(
        label=_("学员怎样点单"), max_length=200, help_text=_("例如：就业需求登记时选定。请勿写姓名。")
    )
    payer = forms.CharField(
        label=_("买单单位"), max_length=80, help_text=_("由谁付培训费，例如：秦州区残联。")
    )


@require_http_methods(["GET", "POST"])
def orders(request: ActorRequest, public_id: str) -> HttpResponse:
    """四单式: who orders, who accepts, how trainees chose, who pays (docs/domain.md §2.1 C12)."""
    cohort = _mine(request, public_id)
    initial = {name: getattr(cohort, name) for name in cohorts.ORDER_FIELDS}
    form = OrdersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            cohorts.edit(by=request.actor, on=today(), cohort=cohort, **form.cleaned_data)
            messages.success(request, gettext("已保存四单。"))
            return redirect(next_step(cohort)[1])
    context = {"cohort": cohort, "form": form, "is_frozen": cohort.state not in EDITABLE}
    return render(request, "courses/filings/orders.html", context, status=422 if form.errors else 200)


class MastersForm(Form):
    """A master for each trainee who has not left."""

    def __init__(self, *args: Any, trainees: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = labels(trainees)
        for row in trainees:
            self.fields[f"master-{row.public_id}"] = forms.CharField(
                label=gettext("%(name)s的师傅") % {"name": named[row.pk]},
                max_length=40,
                required=False,
                initial=row.master,
                widget=forms.TextInput(attrs={"class": "width-10", "autocomplete": "off"}),
            )


@require_http_methods(["GET", "POST"])
def masters(request: ActorRequest, public_id: str) -> HttpResponse:
    """师带徒: who takes on whom; one name in the first field does for all that are empty."""
    cohort = _mine(request, public_id)
    rows = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW)
    trainees = list(rows.select_related("person"))
    form = MastersForm(request.POST if request.method == "POST" else None, trainees=trainees)
    if form.is_valid():
        chosen = {row.pk: form.cleaned_data[f"master-{row.public_id}"] for row in trainees}
        if request.POST.get("act") == "all":
            first = next((name for name in chosen.values() if name), "")
            chosen = {pk: name or first for pk, name in chosen.items()}
        with refusals.shown_on(form):
            filings.set_masters(by=request.actor, on=today(), cohort=cohort, masters=chosen)
            messages.success(request, gettext("已保存师傅和学徒。"))
            return redirect(onward(cohort, "courses:cohort"))
    context = {
        "cohort": cohort,
        "form": form,
        "is_frozen": cohort.state not in OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT,
    }
    return render(request, "courses/filings/masters.html", context, status=422 if form.errors else 200)

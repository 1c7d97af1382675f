"""Pages of subsidy claims: the list with its sums, one claim with what stands against it, a step, the figures."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import subsidy_words as words
from courses.actions import claims
from courses.actions import subsidies as actions
from courses.actions.subsidies import Payment
from courses.models import SubsidyClaim, SubsidyItem
from courses.models.schemes import SubsidyKind
from courses.models.subsidies import ClaimState
from courses.queries import subsidies as queries
from courses.queries.clashes import Clash, clashes, shown_to
from courses.queries.subsidy_notices import standings
from courses.rules.subsidies import HOLDING, STEPS
from courses.views.subsidy_words import ACTS, CONSEQUENCES, DONE, KINDS, TAKEN
from registry.errors import NotFound
from registry.forms import Form
from registry.models import Evidence
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.evidence import EvidenceForm, paper
from registry.views.fields import DayField, region_field
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ClaimFilter(Form):
    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *ClaimState.choices], required=False)
    kind = forms.ChoiceField(
        label=_("补贴类别"), choices=[("", _("全部")), *SubsidyKind.choices], required=False
    )
    region = forms.CharField()
    year = forms.TypedChoiceField(label=_("申领年份"), coerce=int, empty_value=None, required=False)

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        reach = regions.in_reach(actor, Permission.SUBSIDY_READ, on=today())
        self.fields["region"] = region_field(
            reach, on=today(), required=False, empty_label=_("全部"), help_text=""
        )
        year: Any = self.fields["year"]
        held = queries.years(SubsidyClaim.objects.visible_to(actor))
        year.choices = [("", _("全部")), *((one, one) for one in held)]


@require_safe
def subsidy_list(request: ActorRequest) -> HttpResponse:
    """Claims in reach with their sums."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    filters = ClaimFilter(request.actor, request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.listed(SubsidyClaim.objects.visible_to(request.actor), **wanted)
    may = request.actor.may_somewhere
    context = {
        "page": page_of(request, rows),
        "sums": queries.sums(rows),
        "filter_form": filters,
        "kinds": KINDS,
        "batches": [
            (step, ACTS[step])
            for step in ("check", "approve", "pay")
            if may(Permission(STEPS[step].permission))
        ],
        "may_publish": may(Permission.NOTICE_PUBLISH) and may(Permission.SUBSIDY_PAY),
        "may_pay": may(Permission.SUBSIDY_PAY),
        "may_record": may(Permission.SUBSIDY_CHECK),
    }
    return render(request, "courses/subsidies/list.html", context)


def claim_of(request: ActorRequest, public_id: str) -> SubsidyClaim:
    """The claim of a page, if the actor may know of it."""
    rows = SubsidyClaim.objects.visible_to(request.actor)
    related = ("scheme__federation", "region", "cohort__course", "person__region", "base")
    return one(rows.select_related(*related), public_id=public_id)


@require_safe
def subsidy(request: ActorRequest, public_id: str) -> HttpResponse:
    """One claim: who gets how much and why, who does not, what stands against it, who did what."""
    return _page(request, claim_of(request, public_id), EvidenceForm())


@posted_from("courses:subsidy")
def subsidy_evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    """Add a paper to a claim."""
    shown = claim_of(request, public_id)
    require(request.actor, Permission.SUBSIDY_CLAIM, region_path=shown.region.path, base_ids=shown.base_ids)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.shown_on(form):
            claims.add_evidence(by=request.actor, on=today(), claim=shown, **paper(form.cleaned_data["file"]))
            return redirect("courses:subsidy", public_id=public_id)
    return _page(request, shown, form, status=422)


@dataclass(frozen=True)
class Against:
    """What stands against one person's cost, as the reader may know of it."""

    person: Any
    why: str
    clash: Clash
    is_open: bool

    @property
    def place(self) -> str:
        claim, other = self.clash.claim, self.clash.other
        region = claim.region if claim else other.person.region if other else None
        return region.name if region else ""


def _against(request: ActorRequest, items: list[SubsidyItem]) -> list[Against]:
    found = clashes(items, on=today())
    by_key: dict[tuple[int | None, int], Any] = {
        (item.claim_id, item.person_id): item.person for item in items
    }
    open_claims, open_others = shown_to(request.actor, [one for some in found.values() for one in some])
    return [
        Against(
            by_key[key],
            str(words.WHY[clash.why]),
            clash,
            (clash.claim.pk in open_claims)
            if clash.claim
            else bool(clash.other and clash.other.pk in open_others),
        )
        for key, some in found.items()
        for clash in some
    ]


def _page(request: ActorRequest, shown: SubsidyClaim, form: Form, status: int = 200) -> HttpResponse:
    items = list(shown.items.select_related("person"))
    for item in items:
        item.claim = shown
    paid = [item for item in items if not item.is_left_out]
    steps = queries.steps_open(request.actor, shown)
    may = request.actor.may
    reach: dict[str, Any] = {"region_path": shown.region.path, "base_ids": shown.base_ids}
    is_holding = shown.state in HOLDING and shown.state != "paid"
    page = page_of(request, paid)  # type: ignore[arg-type]
    context = {
        "claim": shown,
        "kind": KINDS[shown.state],
        "page": page,
        "rows": [(item, _sentences(item)) for item in page],
        "left_out": [(item, _sentences(item, only_missing=True)) for item in items if item.is_left_out],
        "people": len(paid),
        "total": sum(item.amount for item in paid),
        "recovered": sum(item.amount for item in paid if item.recovered_on),
        "against": _against(request, paid if is_holding else []),
        "standing": standings([shown], on=today())[shown.pk] if shown.state == "approved" else None,
        "steps": [(step, ACTS[step]) for step in steps if step != "recover"],
        "may_recover": "recover" in steps,
        "history": [(step, TAKEN[step.step]) for step in shown.steps.all()],
        "evidence": Evidence.objects.about(shown).visible_to(request.actor),
        "accounts_missing": sum(not item.bank_account for item in paid),
        "may_keep": may(Permission.SUBSIDY_CLAIM, **reach) and shown.state in claims.MAY_TAKE_EVIDENCE,
        "may_list": may(Permission.SUBSIDY_PAY, **reach) and shown.state in ("approved", "paid"),
        "form": form,
    }
    return render(request, "courses/subsidies/claim.html", context, status=status)


def _sentences(item: SubsidyItem, *, only_missing: bool = False) -> list[str]:
    return [words.finding(one) for one in item.findings if not (only_missing and one["met"])]


class StepForm(Form):
    reason = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("申领的人会看到这段话。请勿写学员姓名和证件号码。")
    )
    paid_on = DayField(label=_("发放日期"))
    payment_number = forms.CharField(label=_("支付凭证号"), max_length=40)

    def __init__(self, step: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not STEPS[step].needs_reason:
            del self.fields["reason"]
        if step != "pay":
            del self.fields["paid_on"], self.fields["payment_number"]

    def taken(self) -> dict[str, Any]:
        """What was typed, as actions.subsidies takes it."""
        typed = self.cleaned_data
        if "paid_on" in typed:
            return {"payment": Payment(typed["paid_on"], typed["payment_number"])}
        return {"reason": typed.get("reason", "")}


@require_http_methods(["GET", "POST"])
def subsidy_step(request: ActorRequest, public_id: str, step: str) -> HttpResponse:
    """Says what a step brings about, then takes it."""
    shown = claim_of(request, public_id)
    if step not in ACTS or step == "recover":
        raise NotFound(what="step")
    way = STEPS[step]
    require(
        request.actor,
        Permission(way.permission),
        region_path=shown.region.path,
        base_ids=shown.base_ids,
    )
    if shown.state not in way.sources and request.method == "GET":  # an old page: show where it stands now
        return redirect("courses:subsidy", public_id=public_id)
    sent = request.POST if request.method == "POST" else None
    form = StepForm(step, sent, initial={"paid_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            actions.take_step(by=request.actor, on=today(), claim=shown, step=step, **form.taken())
            messages.success(request, DONE[step])
            return redirect("courses:subsidy", public_id=public_id)
    context = {
        "claim": shown,
        "form": form,
        "act": ACTS[step],
        "consequence": CONSEQUENCES[step],
        "is_danger": step in ("refuse", "withdraw"),
        **queries.sums(SubsidyClaim.objects.filter(pk=shown.pk)),
    }
    return render(request, "courses/subsidies/step.html", context, status=422 if form.is_bound else 200)


@require_safe
def subsidy_figures(request: ActorRequest) -> HttpResponse:
    """What was paid in a year, by kind and by region."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    seen = SubsidyClaim.objects.visible_to(request.actor)
    years = queries.paid_years(seen, on=today())
    form = YearForm(years, request.GET or None)
    year = (form.is_valid() and form.cleaned_data["year"]) or years[0]
    context = {
        "figures": queries.figures(seen, year=year),
        "labels": [str(label) for _kind, label in SubsidyKind.choices],
        "year": year,
        "filter_form": form,
    }
    return render(request, "courses/subsidies/figures.html", context)


class YearForm(Form):
    year = forms.TypedChoiceField(label=_("发放年份"), coerce=int, empty_value=None, required=False)

    def __init__(self, years: list[int], *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["year"]
        field.choices = [(year, year) for year in years]

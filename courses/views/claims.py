"""Pages that make claims: for a completed cohort, for one person; accounts, and money that was paid back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import subsidy_words as words
from courses.actions import claims as actions
from courses.actions import subsidies
from courses.models import Skill, SubsidyClaim, SubsidyScheme
from courses.models.cohorts import FundingSource
from courses.queries import eligibility, qualifications
from courses.queries import subsidies as queries
from courses.queries.schemes import applicable
from courses.rules import bank_accounts
from courses.subsidy_errors import NotEligible
from courses.views.cohorts import cohort_of, may
from courses.views.subsidies import claim_of
from courses.views.subsidy_words import KINDS
from registry.errors import InvalidInput, NotFound
from registry.forms import Form
from registry.models import Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.evidence import evidence_field, paper
from registry.views.fields import DayField, chosen


class SourceForm(Form):
    funding_source = forms.ChoiceField(label=_("资金来源"))

    def __init__(self, scheme: SubsidyScheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["funding_source"]
        field.choices = [(source, FundingSource(source).label) for source in scheme.funding_sources]


@require_http_methods(["GET", "POST"])
def cohort_subsidies(request: ActorRequest, public_id: str) -> HttpResponse:
    """The claims of a cohort; `?kind=` previews one: who gets how much, who is left out and why; a POST makes it."""
    shown = cohort_of(request, public_id)
    held: dict[str, Any] = {"region_path": shown.region.path, "base_ids": [shown.base_id]}
    require(request.actor, Permission.SUBSIDY_READ, **held)
    seen = SubsidyClaim.objects.visible_to(request.actor).filter(cohort=shown)
    is_completed = shown.state in actions.COMPLETED
    schemes = applicable(shown.region, on=shown.ends_on) if is_completed else {}
    schemes = {kind: scheme for kind, scheme in schemes.items() if scheme.is_for_cohort}
    context: dict[str, Any] = {
        "cohort": shown,
        "claims": queries.with_sums(seen),
        "kinds": KINDS,
        "schemes": schemes.values(),
        "is_completed": is_completed,
        "may_claim": may(request, Permission.SUBSIDY_CLAIM, shown),
    }
    kind = request.GET.get("kind", "") if request.method == "GET" else request.POST.get("kind", "")
    if not kind and request.method == "GET":
        return render(request, "courses/subsidies/cohort.html", context)
    require(request.actor, Permission.SUBSIDY_CLAIM, **held)
    if kind not in schemes:
        if request.method == "GET":
            return redirect("courses:cohort-subsidies", public_id=public_id)
        raise InvalidInput(fields={"kind": "field_choice"})
    scheme = schemes[kind]
    source = actions.source_of(scheme, shown)
    form = SourceForm(
        scheme, request.POST if request.method == "POST" else None, initial={"funding_source": source}
    )
    if form.is_valid():
        with refusals.shown_on(form):
            made = actions.claim_cohort(
                by=request.actor, on=today(), cohort=shown, kind=kind, **form.cleaned_data
            )
            messages.success(request, gettext("已申领，等待残联审核。"))
            return redirect("courses:subsidy", public_id=made.public_id)
    _claim, judged = actions.prepared(cohort=shown, scheme=scheme, on=today())
    paid = [item for item, _clashes in judged if not item.is_left_out]
    context |= {
        "scheme": scheme,
        "form": form,
        "rows": [(item, [words.finding(one) for one in item.findings]) for item in paid],
        "left_out": [
            (item, [words.finding(one) for one in item.findings if not one["met"]])
            for item, _clashes in judged
            if item.is_left_out
        ],
        "total": sum(item.amount for item in paid),
    }
    return render(
        request, "courses/subsidies/claim_cohort.html", context, status=422 if form.is_bound else 200
    )


def person_of(request: ActorRequest, public_id: str, permission: Permission) -> Person:
    """The person of a page, over whom the actor holds the permission."""
    seen = Person.objects.visible_to(request.actor).select_related("region")
    shown = one(seen, public_id=public_id)
    require(request.actor, permission, **reach(shown))
    return shown


@require_safe
def person_subsidies(request: ActorRequest, public_id: str) -> HttpResponse:
    """What a person got or asked for, here and elsewhere, and what can be claimed."""
    shown = person_of(request, public_id, Permission.SUBSIDY_READ)
    held = reach(shown)
    schemes = applicable(shown.region, on=today())
    context = {
        "person": shown,
        "kinds": KINDS,
        "schemes": [scheme for scheme in schemes.values() if not scheme.is_for_cohort],
        "may_claim": request.actor.may(Permission.SUBSIDY_CLAIM, **held),
        "may_record": request.actor.may(Permission.SUBSIDY_CHECK, region_path=shown.region.path),
        **vars(queries.of_person(request.actor, shown)),
    }
    return render(request, "courses/subsidies/person.html", context)


class PersonClaimForm(SourceForm):
    certificate_id = forms.ChoiceField(label=_("证书"))
    business_name = forms.CharField(label=_("企业名称"), max_length=80)
    business_uscc = forms.CharField(label=_("统一社会信用代码"), max_length=40)
    business_since = DayField(label=_("登记注册日期"))
    bank_account = forms.CharField(
        label=_("银行账号"),
        max_length=60,
        required=False,
        help_text=_("本人名下的账号。加密保存，之后只显示末四位；以前登记过的不用再填。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, scheme: SubsidyScheme, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(scheme, *args, **kwargs)
        if scheme.is_for_business:
            del self.fields["certificate_id"]
        else:
            for name in ("business_name", "business_uscc", "business_since"):
                del self.fields[name]
            field: Any = self.fields["certificate_id"]
            field.choices = chosen(_certificates(scheme, person))
        self.fields["file"] = evidence_field()


def _certificates(scheme: SubsidyScheme, person: Person) -> list[tuple[str, str]]:
    """The person's certificates in force that the scheme lists."""
    families = scheme.conditions.get("certificate_families", [])
    held = [row for row in qualifications.held([person.pk], on=today()) if row.in_force]
    skills = {skill.pk: skill for skill in Skill.objects.filter(pk__in={row.skill_id for row in held})}
    return [
        (row.public_id, f"{words.families([row.family])}，{skills[row.skill_id]}，{row.issued_on}")
        for row in held
        if row.family in families
    ]


@require_http_methods(["GET", "POST"])
def new_subsidy(request: ActorRequest, public_id: str, kind: str) -> HttpResponse:
    """Claim for one person: for a certificate, or for a business; a refusal says which conditions are not met."""
    shown = person_of(request, public_id, Permission.SUBSIDY_CLAIM)
    scheme = applicable(shown.region, on=today(), kind=kind).get(kind)
    if scheme is None or scheme.is_for_cohort:
        raise NotFound(what="scheme")
    posted = request.method == "POST"
    form = PersonClaimForm(scheme, shown, request.POST if posted else None, request.FILES if posted else None)
    findings: list[tuple[bool, str]] = []
    if form.is_valid():
        typed = dict(form.cleaned_data)
        file = typed.pop("file", None)
        with refusals.shown_on(form):
            try:
                made = actions.claim_person(by=request.actor, on=today(), person=shown, kind=kind, **typed)
            except NotEligible:
                findings = _findings(scheme, shown, typed)
                raise
            if file is not None:
                actions.add_evidence(by=request.actor, on=today(), claim=made, **paper(file))
            messages.success(request, gettext("已申领，等待残联审核。"))
            return redirect("courses:subsidy", public_id=made.public_id)
    context = {
        "person": shown,
        "scheme": scheme,
        "form": form,
        "findings": findings,
        "conditions": [words.condition(key, asked) for key, asked in scheme.conditions.items() if asked],
    }
    return render(request, "courses/subsidies/new.html", context, status=422 if form.is_bound else 200)


def _findings(scheme: SubsidyScheme, person: Person, typed: dict[str, Any]) -> list[tuple[bool, str]]:
    """Each condition, met or not, of a claim that was refused."""
    claim = SubsidyClaim(
        scheme=scheme,
        region=person.region,
        person=person,
        business_since=typed.get("business_since"),
        claimed_on=today(),
    )
    item, _clashes = eligibility.for_person(
        claim,
        on=today(),
        business_uscc=typed.get("business_uscc", ""),
        certificate_id=typed.get("certificate_id", ""),
    )
    return [(bool(one["met"]), words.finding(one)) for one in item.findings]


@require_http_methods(["GET", "POST"])
def subsidy_accounts(request: ActorRequest, public_id: str) -> HttpResponse:
    """The bank accounts of the people of a claim: an empty field changes nothing, what is kept shows its end."""
    shown = claim_of(request, public_id)
    require(request.actor, Permission.SUBSIDY_CLAIM, region_path=shown.region.path, base_ids=shown.base_ids)
    if shown.scheme.is_paid_to_base or shown.state not in actions.MAY_TAKE_EVIDENCE:
        return redirect("courses:subsidy", public_id=public_id)
    items = list(shown.items.filter(is_left_out=False).select_related("person"))
    form = Form(request.POST if request.method == "POST" else None)
    for item in items:
        known = bank_accounts.masked(item.bank_account)
        form.fields[str(item.pk)] = forms.CharField(
            label=item.person.name,
            max_length=60,
            required=False,
            help_text=gettext("已登记 %(account)s，不改就不填。") % {"account": known} if known else "",
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "width-20"}),
        )
    if form.is_valid():
        typed = {int(pk): text for pk, text in form.cleaned_data.items() if text}
        with refusals.shown_on(form):
            actions.set_accounts(by=request.actor, on=today(), claim=shown, accounts=typed)
            messages.success(request, gettext("收款账号已保存。"))
            return redirect("courses:subsidy", public_id=public_id)
    context = {"claim": shown, "form": form}
    return render(request, "courses/subsidies/accounts.html", context, status=422 if form.is_bound else 200)


class RecoveryForm(Form):
    items = forms.MultipleChoiceField(label=_("谁的钱已退回"), widget=forms.CheckboxSelectMultiple)
    recovered_on = DayField(label=_("追回日期"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def recover_subsidy(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record that money of a paid claim came back, person by person."""
    shown = claim_of(request, public_id)
    require(request.actor, Permission.SUBSIDY_PAY, region_path=shown.region.path)
    if shown.state != "paid":
        return redirect("courses:subsidy", public_id=public_id)
    form = RecoveryForm(request.POST if request.method == "POST" else None, initial={"recovered_on": today()})
    rows = shown.items.filter(is_left_out=False, recovered_on__isnull=True).select_related("person")
    field: Any = form.fields["items"]
    field.choices = [(str(item.pk), f"{item.person.name}，{item.amount}") for item in rows]
    if form.is_valid():
        typed = form.cleaned_data | {"items": [int(pk) for pk in form.cleaned_data["items"]]}
        with refusals.shown_on(form):
            subsidies.recover(by=request.actor, on=today(), claim=shown, **typed)
            messages.success(request, gettext("已登记追回。"))
            return redirect("courses:subsidy", public_id=public_id)
    context = {"claim": shown, "form": form}
    return render(request, "courses/subsidies/recover.html", context, status=422 if form.is_bound else 200)

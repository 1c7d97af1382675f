"""Pages of review flags (疑点核查): the queue, one flag with its evidence, and what a person made of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import flags
from courses.actions.flags import may_file
from courses.flag_words import label
from courses.models import Cohort, ReviewFlag
from courses.models.flags import DECIDED, FlagState
from courses.queries import flags as queries
from courses.views.flag_evidence import told
from registry.forms import Form
from registry.menu import address
from registry.models import Person, TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import LONGEST_LIST
from registry.views.lists import page_of
from registry.views.posts import posted_from

ALL = "all"


class FlagFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[*FlagState.choices, (ALL, _("全部"))],
        required=False,
        initial=FlagState.OPEN,
    )
    check = forms.ChoiceField(label=_("检查"), required=False)

    def __init__(self, actor: Actor, counts: dict[str, int], *args: Any) -> None:
        super().__init__(*args)
        check: Any = self.fields["check"]
        check.choices = [
            ("", _("全部")),
            *((name, f"{label(name)}（{count}）") for name, count in counts.items()),
        ]
        bases = TrainingBase.objects.visible_to(actor).order_by("name").only("public_id", "name")
        known = list(bases[: LONGEST_LIST + 1])
        if 1 < len(known) <= LONGEST_LIST:
            choices = [("", _("全部")), *((base.public_id, base.name) for base in known)]
            self.fields["base"] = forms.ChoiceField(label=_("培训基地"), choices=choices, required=False)


class DecisionForm(Form):
    verdict = forms.ChoiceField(
        label=_("核实结论"),
        choices=[
            (FlagState.DISMISSED, _("核实无问题：有合理的解释")),
            (FlagState.CONFIRMED, _("确认有问题：需要处理")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("核实情况"),
        max_length=300,
        help_text=_("查了什么，结果是什么。请勿写学员姓名和证件号码。"),
        widget=forms.Textarea({"rows": 3}),
    )


@require_safe
def flag_list(request: ActorRequest) -> HttpResponse:
    """Flags in reach, oldest first; those to be checked, unless others are asked for."""
    require_somewhere(request.actor, Permission.FLAG_READ)
    return _list(request, DecisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def decide_flags(request: ActorRequest) -> HttpResponse:
    """One decision about several flags of the queue."""
    if request.method != "POST":
        return redirect("courses:flags")
    require_somewhere(request.actor, Permission.FLAG_DECIDE)
    form = DecisionForm(request.POST)
    asked = request.POST.getlist("flags")
    if form.is_valid():
        with refusals.shown_on(form):
            seen = ReviewFlag.objects.visible_to(request.actor)
            chosen = seen.filter(public_id__in=asked[: flags.MOST_AT_ONCE + 1])
            done = flags.decide_many(by=request.actor, on=today(), flags=list(chosen), **form.cleaned_data)
            said = ngettext("已核实 %(n)s 个疑点。", "已核实 %(n)s 个疑点。", len(done)) % {"n": len(done)}
            messages.success(request, said)
            return redirect("courses:flags")
    return _list(request, form, chosen=asked)


def _list(request: ActorRequest, form: DecisionForm, chosen: list[str] | None = None) -> HttpResponse:
    seen = ReviewFlag.objects.visible_to(request.actor)
    cohort = None
    if code := request.GET.get("cohort"):
        cohort = one(Cohort.objects.visible_to(request.actor), public_id=code)
        seen = seen.filter(cohort=cohort)
    asked = request.GET.get("state", FlagState.OPEN)
    state = asked if asked in FlagState.values else "" if asked == ALL else FlagState.OPEN
    counts = queries.counts(queries.listed(seen, state=state))
    filters = FlagFilter(request.actor, counts, request.GET or {"state": FlagState.OPEN})
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.listed(seen, state=state, check=wanted.get("check", ""), base=wanted.get("base", ""))
    page = page_of(request, rows)
    context = {
        "page": page,
        "cohort": cohort,
        "state_words": FlagState(state).label if state else _now("全部"),
        "rows": [(flag, label(flag.check_name)) for flag in page],
        "filter_form": filters,
        "form": form,
        "chosen": chosen or [],
        "may_decide": request.actor.may_somewhere(Permission.FLAG_DECIDE) and state == FlagState.OPEN,
    }
    return render(request, "courses/flags/list.html", context, status=422 if form.errors else 200)


def flag_of(request: ActorRequest, public_id: str) -> ReviewFlag:
    """The flag of a page, if the actor may know of it."""
    seen = ReviewFlag.objects.visible_to(request.actor)
    return one(
        seen.select_related("cohort__base", "cohort__region", "enrolment__person"), public_id=public_id
    )


@require_safe
def flag_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """What was found, what shows it, what was made of it."""
    return _page(request, flag_of(request, public_id), DecisionForm())


@posted_from("courses:flag")
def decide_flag(request: ActorRequest, public_id: str) -> HttpResponse:
    """Say what was found out about one flag."""
    held, form = flag_of(request, public_id), DecisionForm(request.POST)
    require(request.actor, Permission.FLAG_DECIDE, region_path=held.cohort.region.path)
    if form.is_valid():
        with refusals.shown_on(form):
            done = flags.decide(by=request.actor, on=today(), flag=held, **form.cleaned_data)
            messages.success(request, _now("已记录核实结论：%(state)s") % {"state": done.get_state_display()})
            return redirect("courses:flag", public_id=public_id)
    return _page(request, held, form)


def _page(request: ActorRequest, held: ReviewFlag, form: DecisionForm) -> HttpResponse:
    actor, cohort = request.actor, held.cohort
    may_decide = actor.may(Permission.FLAG_DECIDE, region_path=cohort.region.path)
    is_own = may_decide and may_file(actor, cohort)
    person = held.enrolment.person if held.enrolment else None
    context = {
        "flag": held,
        "told": told(held, actor),
        "person": person,
        "may_see_person": person is not None
        and Person.objects.visible_to(actor).filter(pk=person.pk).exists(),
        "events": held.events.all(),
        "checked_at": queries.checked_at(cohort),
        "form": form,
        "is_own": is_own and held.state != FlagState.GONE,
        "may_decide": may_decide and not is_own and held.state != FlagState.GONE,
        "is_decided": held.state in DECIDED,
        "follows": _follows(actor, held) if held.state == FlagState.CONFIRMED else [],
    }
    return render(request, "courses/flags/flag.html", context, status=422 if form.errors else 200)


def _follows(actor: Actor, flag: ReviewFlag) -> list[tuple[str, str]]:
    """What a person may do about a confirmed problem, where this one may: nothing of it happens by itself."""
    cohort = flag.cohort
    known = [
        (Permission.COHORT_APPROVE, _now("退回或取消这个培训班"), "courses:cohort", cohort.public_id),
        (
            Permission.CERTIFICATE_WITHDRAW,
            _now("暂停或撤回本班的证书"),
            "certificates:change-cohort",
            cohort.public_id,
        ),
        (Permission.BASE_ACCREDIT, _now("暂停基地的资格或摘牌"), "registry:base", cohort.base.public_id),
        (Permission.SUBSIDY_APPROVE, _now("停办本班的补贴"), "courses:cohort-subsidies", cohort.public_id),
    ]
    return [
        (words, url)
        for permission, words, page, public_id in known
        if actor.may(permission, region_path=cohort.region.path) and (url := address(page, public_id))
    ]

"""Pages of cohorts (培训班): the list, a new one, the cohort's own page with its tasks, changing it, moving it on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import cohorts
from courses.models import Cohort, Course
from courses.models.cohorts import CohortState
from courses.queries import cohorts as queries
from courses.queries import filings, flags, work
from courses.queries.bases import bases_where
from courses.queries.exam_work import COHORT_LISTS
from courses.rules.cohorts import EDITABLE, MOVES, OPEN_TO_SESSIONS, moves_from
from courses.views.cohort_forms import FORM_FIELDS, CohortForm
from courses.views.cohort_moves import batches_for
from courses.views.consequences import ACTS, CONSEQUENCES
from courses.views.filing_tasks import filing_tasks, history, next_step
from courses.views.tasks import tasks
from registry.errors import NotFound
from registry.forms import Form
from registry.models import TrainingBase
from registry.queries import standards
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import LONGEST_LIST
from registry.views.lists import page_of

LISTS = work.LISTS | COHORT_LISTS
"""What the list of cohorts can be narrowed to, beyond a state."""
A_MONTH = timedelta(days=29)


class CohortFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *CohortState.choices], required=False
    )
    year = forms.TypedChoiceField(label=_("开班年份"), coerce=int, empty_value=None, required=False)
    waiting = forms.ChoiceField(
        label=_("待办"),
        choices=[
            ("", _("不限")),
            ("roster", _("名单有需要改正的行")),
            ("attendance", _("有课次还没有登记考勤")),
            ("end", _("已过结业日期，还没有结果")),
            ("employment", _("结业满一个月，还没有登记就业")),
            ("evaluation", _("还没有培训评估")),
            ("exam", _("等待安排考核")),
            ("resit", _("有学员可以补考")),
        ],
        required=False,
    )

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        year: Any = self.fields["year"]
        year.choices = [("", _("全部")), *((year, year) for year in queries.years(actor))]
        bases = TrainingBase.objects.visible_to(actor).order_by("name").only("public_id", "name")
        known = list(bases[: LONGEST_LIST + 1])
        # A list longer than this takes too long to hear: then a base's own page leads here.
        if 1 < len(known) <= LONGEST_LIST:
            choices = [("", _("全部")), *((base.public_id, base.name) for base in known)]
            self.fields["base"] = forms.ChoiceField(label=_("培训基地"), choices=choices, required=False)


@require_safe
def cohort_list(request: ActorRequest) -> HttpResponse:
    """Cohorts in reach, newest first, filtered by state, year, base and what waits to be done."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    filters = CohortFilter(request.actor, request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    waiting = wanted.pop("waiting", "")
    rows = queries.listing(request.actor, **wanted)
    context = {
        "filter_form": filters,
        "batches": batches_for(request.actor, wanted.get("state", "")),
        "may_publish": wanted.get("state") == CohortState.APPROVED
        and request.actor.may_somewhere(Permission.NOTICE_PUBLISH),
        "page": page_of(request, LISTS[waiting](rows, today()) if waiting else rows),
        "may_create": request.actor.may_somewhere(Permission.COHORT_EDIT),
    }
    return render(request, "courses/cohorts/list.html", context)


@require_http_methods(["GET", "POST"])
def new_cohort(request: ActorRequest) -> HttpResponse:
    """File a cohort: a draft, whose task list leads on."""
    require_somewhere(request.actor, Permission.COHORT_EDIT)
    bases = bases_where(request.actor, Permission.COHORT_EDIT)
    form = CohortForm(
        request.POST if request.method == "POST" else None, bases=bases, initial=_initial(request, bases)
    )
    if form.is_valid():
        with refusals.shown_on(form):
            base = form.cleaned_data["course"].base
            cohort = cohorts.create(by=request.actor, on=today(), base=base, **form.cleaned_data)
            messages.success(request, gettext("已存为草稿：%(name)s") % {"name": cohort.name})
            return redirect(next_step(cohort)[1])
    context = {"form": form, "has_courses": Course.objects.filter(base__in=bases).exists()}
    return render(request, "courses/cohorts/new.html", context, status=422 if form.is_bound else 200)


def _initial(request: ActorRequest, bases: QuerySet[TrainingBase]) -> dict[str, Any]:
    """Four weeks from the first day that the local standard leaves, at the base's own address; of `?course=`."""
    only = bases.select_related("region").first() if bases[:2].count() == 1 else None
    path = only.region.path if only else ""
    lead = standards.value("filing_lead_days", region_path=path, on=today())
    start = today() + timedelta(days=int(lead))
    venue = only.address if only else ""
    initial = {"starts_on": start, "ends_on": start + A_MONTH, "venue": venue}
    return initial | ({"course": request.GET["course"][:12]} if "course" in request.GET else {})


def cohort_of(request: ActorRequest, public_id: str) -> Cohort:
    """The cohort of a page, if the actor may know of it."""
    seen = Cohort.objects.visible_to(request.actor).select_related(
        "base", "course__skill", "region", "package"
    )
    return one(seen, public_id=public_id)


def may(request: ActorRequest, permission: Permission, cohort: Cohort) -> bool:
    return request.actor.may(permission, region_path=cohort.region.path, base_ids=[cohort.base_id])


@require_safe
def cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    """Where a cohort stands, what is left to do, and which moves may follow."""
    shown = cohort_of(request, public_id)
    progress = queries.progress(shown)
    may_edit = may(request, Permission.COHORT_EDIT, shown)
    context = {
        "cohort": shown,
        "progress": progress,
        "filing_tasks": filing_tasks(shown, filings.judged(shown)) if shown.state in EDITABLE else [],
        "next_step": next_step(shown) if shown.state in EDITABLE and may_edit else None,
        "tasks": tasks(
            shown,
            progress,
            may_edit=may_edit,
            may_read_certificates=may(request, Permission.CERTIFICATE_READ, shown),
        ),
        "moves": [(to, ACTS[shown.state, to], _page_of(shown, to)) for to in _moves(request, shown)],
        "history": history(shown),
        "may_edit": may_edit and shown.state in EDITABLE,
        "may_copy": may_edit,
        "may_read_subsidies": may(request, Permission.SUBSIDY_READ, shown),
        "may_export": request.actor.may(Permission.DATA_EXPORT, region_path=shown.region.path),
        "may_staff": may_edit and shown.state in OPEN_TO_SESSIONS,
        "is_unaccredited": not queries.is_accredited(shown),
        "flags_open": flags.open_in(shown, request.actor),
    }
    return render(request, "courses/cohorts/cohort.html", context)


def _moves(request: ActorRequest, shown: Cohort) -> list[str]:
    """The moves this actor may make now; who files for the base does not approve for it."""
    files = may(request, Permission.COHORT_EDIT, shown)
    return [
        to
        for to, move in moves_from(shown.state).items()
        if may(request, move.permission, shown)
        and not (move.permission is Permission.COHORT_APPROVE and files)
    ]


ON_THE_FILING = frozenset({CohortState.SUBMITTED, CohortState.APPROVED, CohortState.RETURNED})
"""Moves that are made where the whole filing is read."""


def _page_of(shown: Cohort, to: str) -> str:
    """Where a move is made."""
    if to in ON_THE_FILING and shown.state != CohortState.APPROVED:
        return reverse("courses:filing", args=[shown.public_id])
    return reverse("courses:move-cohort", args=[shown.public_id, to])


@require_http_methods(["GET", "POST"])
def edit_cohort(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change the particulars while the cohort is in draft or returned."""
    shown = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=shown.region.path, base_ids=[shown.base_id])
    initial = {name: getattr(shown, name) for name in FORM_FIELDS} | {"course": shown.course.public_id}
    initial["package"] = shown.package.public_id if shown.package else ""
    form = CohortForm(request.POST if request.method == "POST" else None, bases=[shown.base], initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            cohorts.edit(by=request.actor, on=today(), cohort=shown, **form.cleaned_data)
            messages.success(request, gettext("已保存班级资料。"))
            return redirect(next_step(shown)[1])
    context = {"form": form, "cohort": shown, "is_frozen": shown.state not in EDITABLE}
    return render(request, "courses/cohorts/edit.html", context, status=422 if form.is_bound else 200)


class MoveForm(Form):
    reason = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("培训基地会看到这段话。请勿写学员姓名和证件号码。")
    )


@require_http_methods(["GET", "POST"])
def move_cohort(request: ActorRequest, public_id: str, to: str) -> HttpResponse:
    """Says what a move brings about, then makes it."""
    shown = cohort_of(request, public_id)
    move = MOVES.get((shown.state, to))
    if move is None:
        if shown.state == to:  # pressed twice: it is done
            return redirect("courses:cohort", public_id=public_id)
        if to not in CohortState.values:
            raise NotFound(what="move")
        if request.method == "GET":  # an old page: show where the cohort stands now
            return redirect("courses:cohort", public_id=public_id)
    else:
        require(request.actor, move.permission, region_path=shown.region.path, base_ids=[shown.base_id])
        if request.method == "GET" and (page := _page_of(shown, to)) != request.path:
            return redirect(page)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if move is None or not move.needs_reason:
        del form.fields["reason"]
    if form.is_valid():
        with refusals.shown_on(form):
            reason = form.cleaned_data.get("reason", "")
            cohorts.move_to(by=request.actor, on=today(), cohort=shown, state=to, reason=reason)
            messages.success(
                request, gettext("培训班现在的状态：%(state)s") % {"state": CohortState(to).label}
            )
            return redirect(reverse("courses:cohort", args=[public_id]))
    key = (shown.state, to)
    context = {
        "form": form,
        "cohort": shown,
        "to": to,
        "act": ACTS.get(key, ""),
        "consequence": CONSEQUENCES.get(key, ""),
        "is_danger": to == CohortState.CANCELLED,
    }
    return render(request, "courses/cohorts/move.html", context, status=422 if form.is_bound else 200)

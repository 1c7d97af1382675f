"""Comparing with a partner office: its file in, its columns chosen, what differs settled, the results out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import comparisons as actions
from courses.models import Comparison
from courses.models.comparisons import ComparisonMode, ComparisonState, Resolution, RowState
from courses.queries import comparisons as queries
from courses.queries.ledgers import LEDGERS
from courses.rules.comparisons import COLUMNS
from courses.views.exchange import made_at_once, personal_fields
from courses.views.sheets import UploadForm, uploaded
from registry import words
from registry.errors import InvalidInput, NotFound
from registry.forms import Form
from registry.queries import regions, workers
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules import masking
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.exports import ExportForm
from registry.views.fields import in_chinese, region_field
from registry.views.lists import page_of
from registry.views.posts import posted_from


@require_safe
def comparison_list(request: ActorRequest) -> HttpResponse:
    """Files of partners in reach, with what waits in them."""
    require_somewhere(request.actor, Permission.DATA_COMPARE)
    context = {"page": page_of(request, queries.listed(request.actor))}
    return render(request, "courses/comparisons/list.html", context)


class ComparisonForm(UploadForm):
    partner = forms.CharField(
        label=_("对方单位"),
        max_length=60,
        help_text=_("例如 天水市人力资源和社会保障局。同一单位每次写一样的名称，选过的栏目会记住。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    mode = forms.ChoiceField(label=_("做什么"), choices=ComparisonMode.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        reach = regions.in_reach(actor, Permission.DATA_COMPARE, on=day)
        self.fields["region"] = region_field(reach, on=day)
        self.fields["file"].label = _("对方的文件")
        self.fields["file"].help_text = _(
            "xlsx、xls 或 CSV，不超过 5 MB，要有身份证号一栏。加密保存，到期删除。"
        )
        self.order_fields(["partner", "mode", "region", "file"])


@require_http_methods(["GET", "POST"])
def new_comparison(request: ActorRequest) -> HttpResponse:
    """Takes a partner's file in."""
    require_somewhere(request.actor, Permission.DATA_COMPARE)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ComparisonForm(*posted, actor=request.actor)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("partner", "mode", "region")}
        with refusals.shown_on(form), uploaded(form) as (data, name):
            held = actions.upload(by=request.actor, on=today(), data=data, file_name=name, **said)
            return redirect("courses:comparison", held.public_id)
    return render(request, "courses/comparisons/new.html", {"form": form}, status=422 if form.errors else 200)


class ColumnsForm(Form):
    """Which label of the file is which of our fields."""

    def __init__(self, *args: Any, comparison: Comparison, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(label, label) for label in comparison.labels]
        for key, column in COLUMNS.items():
            self.fields[key] = forms.ChoiceField(
                label=in_chinese(column.label),
                choices=[("", _("文件里没有，或不比对")), *labels],
                initial=comparison.columns.get(key, ""),
                required=key == "citizen_id",
            )


@require_http_methods(["GET", "POST"])
def comparison(request: ActorRequest, public_id: str) -> HttpResponse:
    """First the choice of columns; then the answer, and row by row what became of the file."""
    held = comparison_of(request, public_id)
    if held.state == ComparisonState.MAPPING:
        return _columns(request, held)
    state = request.GET.get("state", "")
    state = state if state in RowState.values else RowState.CONFLICT if held.counts.get("conflict") else ""
    page = page_of(request, queries.rows(held, state=state))
    context = {
        "comparison": held,
        "page": page,
        "rows": [_row(row) for row in page],
        "state": state,
        "states": [(value, label, held.counts.get(value, 0)) for value, label in RowState.choices],
        "unsettled": queries.unsettled(held),
        "resolutions": _offered(held),
        "sentence": words.say(held.problem, held.problem_facts) if held.problem else "",
        "standing": {"nobody_works": not workers.any_alive(at=timezone.now())},
    }
    return render(request, "courses/comparisons/comparison.html", context)


def _columns(request: ActorRequest, held: Comparison) -> HttpResponse:
    form = ColumnsForm(request.POST if request.method == "POST" else None, comparison=held)
    if form.is_valid():
        with refusals.shown_on(form):
            run_now(
                actions.map_columns(by=request.actor, on=today(), comparison=held, columns=form.cleaned_data)
            )
            return redirect("courses:comparison", held.public_id)
    context = {"form": form, "comparison": held}
    return render(request, "courses/comparisons/columns.html", context, status=422 if form.errors else 200)


def run_now(held: Comparison) -> None:
    """Compares at once what is small."""
    if not held.task_id:
        actions.run(held.pk, on=today())


def _offered(held: Comparison) -> list[tuple[str, Any]]:
    """What can be done about a discrepancy; to verify takes nothing over."""
    left_out = {Resolution.OPEN} | ({Resolution.TAKEN} if held.mode == ComparisonMode.VERIFY else set())
    return [(value, label) for value, label in Resolution.choices if value not in left_out]


def _row(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "problems": [(COLUMNS[field].label, words.say(code)) for field, code in row.problems],
        "discrepancies": [
            {
                "it": one,
                "label": COLUMNS[one.field].label,
                "ours": shown(one.field, one.ours),
                "theirs": shown(one.field, one.theirs),
                "is_open": one.resolution in (Resolution.OPEN, Resolution.ASKED),
            }
            for one in row.discrepancies.all()
        ],
    }


def shown(field: str, value: str) -> str:
    """A value on the page: as much of it as tells two apart, in words where it is a code."""
    if field == "employment":
        return {"employed": gettext("已就业"), "unemployed": gettext("未就业")}.get(value, value)
    if field == "disability_number":
        return masking.mask_disability_number(value)
    return masking.mask_phone(value) if field == "phone" else value


@posted_from("courses:comparison")
def settle(request: ActorRequest, public_id: str) -> HttpResponse:
    """Settles all of a page's discrepancies that were answered."""
    held = comparison_of(request, public_id)
    choices = {}
    for name, value in request.POST.items():
        key = name.removeprefix("d")
        if name.startswith("d") and key.isascii() and key.isdecimal() and len(key) < 16 and value:
            choices[int(key)] = str(value)
    if not choices:
        messages.error(request, gettext("没有选择怎样处理。"))
        return redirect("courses:comparison", public_id)
    try:
        count = actions.settle(by=request.actor, on=today(), comparison=held, choices=choices)
    except InvalidInput:
        raise NotFound(what="resolution") from None
    done = ngettext("已处理 %(count)s 处不一致", "已处理 %(count)s 处不一致", count)
    messages.success(request, done % {"count": count})
    return redirect("courses:comparison", public_id)


@require_http_methods(["GET", "POST"])
def export_comparison(request: ActorRequest, public_id: str) -> HttpResponse:
    """The results as a file, with purpose and recipient like every other."""
    held = comparison_of(request, public_id)
    require(request.actor, Permission.DATA_EXPORT, region_path=held.region.path)
    kind = LEDGERS["comparison"]
    initial = {"purpose": "comparison", "recipient": held.partner}
    posted = request.POST if request.method == "POST" else None
    form = ExportForm(posted, personal=personal_fields(kind), initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            asked = {"ledger": kind.key, "region": held.region, "comparison": held}
            return made_at_once(request, **asked, **form.cleaned_data)
    context = {"form": form, "ledger": kind, "about": words.export(kind.key), "comparison": held}
    return render(request, "courses/exchange/export.html", context, status=422 if form.is_bound else 200)


def comparison_of(request: ActorRequest, public_id: str) -> Comparison:
    """The comparison of a page, if the actor may know of it."""
    seen = Comparison.objects.visible_to(request.actor).select_related("region").defer("data")
    return one(seen, public_id=public_id)

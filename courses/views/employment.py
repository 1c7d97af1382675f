"""Pages of employment (就业): the ledger, one person's page, a job recorded, ended, corrected, undone, shown by papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import employment
from courses.errors import SpellOverlaps
from courses.models import EmploymentSpell, Enrolment, FollowUp
from courses.models.employment import Contract, EmploymentForm, EndReason, FoundThrough, Insurance, NewForm
from courses.queries import counsellors
from courses.queries import employment as queries
from courses.queries.hours import trainings_of
from courses.rules.employment import NewSpell
from registry.forms import Form
from registry.models import Evidence, Person
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.evidence import EvidenceForm, paper
from registry.views.fields import DayField, chosen, region_field
from registry.views.lists import page_of

_P = Permission


class LedgerFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), ("running", _("在就业")), ("ended", _("已离职"))],
        required=False,
    )
    form = forms.ChoiceField(
        label=_("就业形式"), choices=[("", _("全部")), *EmploymentForm.choices], required=False
    )
    since = DayField(label=_("就业日期从"), required=False)
    until = DayField(label=_("就业日期到"), required=False)

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        reach = regions.in_reach(request.actor, _P.PERSON_READ, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


@require_safe
def ledger(request: ActorRequest) -> HttpResponse:
    """就业台账: jobs in reach, the latest first."""
    require_somewhere(request.actor, _P.PERSON_READ)
    filters = LedgerFilter(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.ledger(request.actor, on=today(), **wanted)
    context = {"filter_form": filters, "page": page_of(request, rows), "today": today()}
    return render(request, "courses/employment/ledger.html", context, status=422 if filters.errors else 200)


@require_safe
def person_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """What is known of a person's work, who looks after them, what was asked and done."""
    person = person_of(request, public_id)
    permitted = reach(person)
    spells = list(queries.history(request.actor, person))
    follow_ups = FollowUp.objects.visible_to(request.actor).filter(person=person)
    context = {
        "person": person,
        "trainings": trainings_of(request.actor, person),
        "spells": spells,
        "running": [spell for spell in spells if spell.undone_on is None and spell.ended_on is None],
        "follow_ups": follow_ups.select_related("spell", "enrolment__cohort", "graduation"),
        "counsellors": counsellors.history(person),
        "may_record": request.actor.may(_P.EMPLOYMENT_RECORD, **permitted),
        "may_serve": request.actor.may(_P.PERSON_EDIT, **permitted),
        "may_follow": request.actor.may(_P.FOLLOW_UP_RECORD, **permitted),
        "may_assign": request.actor.may(_P.COUNSELLOR_ASSIGN, region_path=person.region.path),
        "today": today(),
    }
    return render(request, "courses/employment/person.html", context)


class SpellForm(Form):
    form = forms.ChoiceField(label=_("就业形式"), choices=chosen(EmploymentForm.choices))
    new_form = forms.ChoiceField(
        label=_("新就业形态类型"),
        choices=chosen(NewForm.choices),
        required=False,
        help_text=_("就业形式选“新就业形态”时才选。"),
    )
    started_on = DayField(label=_("就业日期"))
    employer_name = forms.CharField(
        label=_("用人单位"),
        max_length=80,
        required=False,
        help_text=_("按比例、集中、公益性岗位和辅助性就业必须填写。"),
    )
    employer_uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "width-20", "autocomplete": "off"}),
    )
    post = forms.CharField(label=_("岗位"), max_length=60, required=False)
    contract = forms.ChoiceField(label=_("合同"), choices=chosen(Contract.choices), required=False)
    insurance = forms.ChoiceField(label=_("社会保险"), choices=chosen(Insurance.choices), required=False)
    found_through = forms.ChoiceField(
        label=_("就业途径"), choices=chosen(FoundThrough.choices), required=False
    )
    beside_another = forms.BooleanField(label=_("已核实：确实同时做两份工作"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("beside_another"):  # asked only after it turned out that there are two
            self.asks = self.fields.pop("beside_another")

    def ask_whether_both(self) -> None:
        """Show the tick that says that both jobs are really held."""
        if "beside_another" not in self.fields:
            self.fields["beside_another"] = self.asks


class PlacementForm(SpellForm):
    """With the training that led to the job, where there is one."""

    enrolment = forms.ChoiceField(
        label=_("属于哪期培训的就业"), required=False, help_text=_("不是培训带来的就业就不选。")
    )
    field_order = ["form", "new_form", "started_on", "employer_name", "enrolment"]

    def __init__(self, *args: Any, enrolments: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enrolment"]
        field.choices = chosen((row.public_id, row.cohort.name) for row in enrolments)


class CorrectForm(SpellForm):
    ended_on = DayField(label=_("离职日期"), required=False)
    end_reason = forms.ChoiceField(label=_("离职原因"), choices=chosen(EndReason.choices), required=False)
    reason = forms.CharField(
        label=_("更正原因"), max_length=120, help_text=_("原来的记录会保留，并写上这个原因。")
    )


@require_http_methods(["GET", "POST"])
def new_spell(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record a job of a person; `?enrolment=` says which training led to it."""
    person = person_of(request, public_id)
    require(request.actor, _P.EMPLOYMENT_RECORD, **reach(person))
    seen = Enrolment.objects.visible_to(request.actor).filter(person=person).select_related("cohort")
    enrolments = list(seen.order_by("-pk"))
    initial = {"enrolment": request.GET.get("enrolment", enrolments[0].public_id if enrolments else "")}
    form = PlacementForm(
        request.POST if request.method == "POST" else None, enrolments=enrolments, initial=initial
    )
    if form.is_valid():
        with refusals.shown_on(form), _both_asked(form):
            told = dict(form.cleaned_data)
            chosen_one = next((row for row in enrolments if row.public_id == told.pop("enrolment")), None)
            both = told.pop("beside_another", False)
            spell = employment.record(
                by=request.actor,
                on=today(),
                person=person,
                spell=NewSpell(**told),
                enrolment=chosen_one,
                beside_another=both,
            )
            messages.success(request, gettext("已登记就业。可以接着上传合同等佐证材料。"))
            return redirect("courses:spell", public_id=spell.public_id)
    context = {"form": form, "person": person}
    return render(request, "courses/employment/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def spell_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One job with its papers; a POST adds one."""
    spell = spell_of(request, public_id)
    form = EvidenceForm()
    if request.method == "POST":
        require(request.actor, _P.EMPLOYMENT_RECORD, **reach(spell.person))
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid():
            with refusals.shown_on(form):
                employment.add_evidence(
                    by=request.actor, on=today(), spell=spell, **paper(form.cleaned_data["file"])
                )
                messages.success(request, gettext("佐证材料已保存。"))
                return redirect("courses:spell", public_id=public_id)
    context = {
        "spell": spell,
        "form": form,
        "evidence": Evidence.objects.about(spell).visible_to(request.actor),
        "may_record": spell.undone_on is None
        and request.actor.may(_P.EMPLOYMENT_RECORD, **reach(spell.person)),
    }
    return render(request, "courses/employment/spell.html", context, status=422 if form.errors else 200)


class EndForm(Form):
    ended_on = DayField(label=_("离职日期"), help_text=_("不再上班的第一天。"))
    reason = forms.ChoiceField(label=_("离职原因"), choices=chosen(EndReason.choices))


@require_http_methods(["GET", "POST"])
def end_spell(request: ActorRequest, public_id: str) -> HttpResponse:
    """The job is over."""
    spell = spell_of(request, public_id)
    require(request.actor, _P.EMPLOYMENT_RECORD, **reach(spell.person))
    form = EndForm(request.POST if request.method == "POST" else None, initial={"ended_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            employment.end(by=request.actor, on=today(), spell=spell, **form.cleaned_data)
            messages.success(request, gettext("已登记离职，就业状况已改为未就业（没有其他工作时）。"))
            return redirect("courses:person-employment", public_id=spell.person.public_id)
    context = {"form": form, "spell": spell}
    return render(request, "courses/employment/end.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def correct_spell(request: ActorRequest, public_id: str) -> HttpResponse:
    """Replace a wrong record by a right one."""
    spell = spell_of(request, public_id)
    require(request.actor, _P.EMPLOYMENT_RECORD, **reach(spell.person))
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=queries.facts(spell))
    if form.is_valid():
        with refusals.shown_on(form), _both_asked(form):
            told = dict(form.cleaned_data)
            reason, both = told.pop("reason"), told.pop("beside_another", False)
            made = employment.correct(
                by=request.actor,
                on=today(),
                spell=spell,
                reason=reason,
                corrected=NewSpell(**told),
                beside_another=both,
            )
            messages.success(request, gettext("已更正。原来的记录保留在历史里。"))
            return redirect("courses:spell", public_id=made.public_id)
    context = {"form": form, "spell": spell}
    return render(request, "courses/employment/correct.html", context, status=422 if form.is_bound else 200)


class UndoForm(Form):
    reason = forms.CharField(
        label=_("撤销原因"), max_length=120, help_text=_("例如：登记错了人。请勿写姓名和证件号码。")
    )


@require_http_methods(["GET", "POST"])
def undo_spell(request: ActorRequest, public_id: str) -> HttpResponse:
    """Say that it never was so."""
    spell = spell_of(request, public_id)
    require(request.actor, _P.EMPLOYMENT_RECORD, **reach(spell.person))
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            employment.undo(by=request.actor, on=today(), spell=spell, **form.cleaned_data)
            messages.success(request, gettext("已撤销。这条记录不再计入任何数字。"))
            return redirect("courses:person-employment", public_id=spell.person.public_id)
    context = {"form": form, "spell": spell}
    return render(request, "courses/employment/undo.html", context, status=422 if form.is_bound else 200)


def person_of(request: ActorRequest, public_id: str) -> Person:
    """The person of a page, if the actor may know of them."""
    return one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)


def spell_of(request: ActorRequest, public_id: str) -> EmploymentSpell:
    """The spell of a page, if the actor may know of it."""
    rows = EmploymentSpell.objects.visible_to(request.actor)
    return one(rows.select_related("person__region", "enrolment__cohort"), public_id=public_id)


@contextmanager
def _both_asked(form: SpellForm) -> Iterator[None]:
    """Two jobs at once: the form comes back with the tick that says that both are held."""
    try:
        yield
    except SpellOverlaps:
        form.ask_whether_both()
        raise

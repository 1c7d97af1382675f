"""Pages of trainers (培训教师): the list, a new one, one with the evidence for it, changing one, those of a cohort."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import trainers
from courses.models import Skill, Trainer
from courses.models.trainers import AccessSkill
from courses.queries.bases import bases_where
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.views.cohorts import cohort_of
from courses.views.filing_tasks import onward
from registry.forms import Form
from registry.models import Evidence, TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.evidence import EvidenceForm, paper
from registry.views.fields import DayField
from registry.views.lists import page_of
from registry.views.posts import posted_from


@require_safe
def trainer_list(request: ActorRequest) -> HttpResponse:
    """Trainers of the bases in reach."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = Trainer.objects.visible_to(request.actor).select_related("base").prefetch_related("skills")
    page = page_of(request, rows.order_by("base__name", "name", "pk"))
    context = {
        "page": page,
        "rows": [(trainer, _access_words(trainer)) for trainer in page],
        "may_create": request.actor.may_somewhere(Permission.COHORT_EDIT),
    }
    return render(request, "courses/trainers/list.html", context)


class TrainerForm(Form):
    name = forms.CharField(
        label=_("姓名"), max_length=50, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    qualification = forms.CharField(
        label=_("资质"),
        max_length=200,
        required=False,
        help_text=_("职业资格、职称、教学经历等，例如：保健按摩师三级，从教 8 年。"),
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("任教技能"),
        queryset=Skill.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access_skills = forms.MultipleChoiceField(
        label=_("无障碍教学能力"),
        choices=AccessSkill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "width-20"}),
    )
    citizen_id = forms.CharField(
        label=_("身份证号"),
        max_length=40,
        required=False,
        help_text=_("只用来认出在几个基地任教的同一个人，防止排课冲突。不保存号码本身，以后也不显示。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-20"}),
    )
    active_from = DayField(label=_("任教起始日期"))
    active_until = DayField(label=_("任教结束日期"), required=False)

    def __init__(self, *args: Any, bases: QuerySet[TrainingBase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taught = Skill.objects.filter(Q(courses__base__in=bases) | Q(trainers__base__in=bases)).distinct()
        skills: Any = self.fields["skills"]
        # A base teaches a few skills; the whole list takes too long to hear.
        skills.queryset = taught if taught.exists() else Skill.objects.all()


@require_http_methods(["GET", "POST"])
def new_trainer(request: ActorRequest) -> HttpResponse:
    """Register a trainer at one of the bases for which one may; `?cohort=` puts them to work in that cohort at once."""
    require_somewhere(request.actor, Permission.COHORT_EDIT)
    cohort = cohort_of(request, request.GET["cohort"]) if "cohort" in request.GET else None
    bases = bases_where(request.actor, Permission.COHORT_EDIT).order_by("name").select_related("region")
    form = TrainerForm(
        request.POST if request.method == "POST" else None, bases=bases, initial={"active_from": today()}
    )
    form.fields["base"] = forms.ModelChoiceField(
        label=_("培训基地"),
        queryset=bases,
        to_field_name="public_id",
        empty_label=_("请选择"),
        initial=bases[0].public_id if len(bases[:2]) == 1 else None,
    )
    form.order_fields(["base"])
    if form.is_valid():
        with refusals.shown_on(form):
            made = trainers.register(by=request.actor, on=today(), **form.cleaned_data)
            messages.success(request, gettext("已登记教师：%(name)s") % {"name": made.name})
            if cohort is not None and cohort.base_id == made.base_id:
                everybody = [*cohort.trainers.all(), made]
                trainers.assign(by=request.actor, on=today(), cohort=cohort, trainers=everybody)
                return redirect(onward(cohort, "courses:cohort"))
            return redirect("courses:trainer", public_id=made.public_id)
    return render(request, "courses/trainers/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def trainer(request: ActorRequest, public_id: str) -> HttpResponse:
    """What is recorded of a trainer, with the papers that show it."""
    return _page(request, _trainer(request, public_id), EvidenceForm())


@posted_from("courses:trainer")
def add_evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keeps one more paper about the trainer."""
    shown = _trainer(request, public_id)
    require(
        request.actor, Permission.COHORT_EDIT, region_path=shown.base.region.path, base_ids=[shown.base_id]
    )
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.shown_on(form):
            trainers.add_evidence(
                by=request.actor, on=today(), trainer=shown, **paper(form.cleaned_data["file"])
            )
            messages.success(request, gettext("已保存佐证材料。"))
            return redirect("courses:trainer", public_id=public_id)
    return _page(request, shown, form)


def _page(request: ActorRequest, shown: Trainer, form: EvidenceForm) -> HttpResponse:
    may_edit = request.actor.may(
        Permission.COHORT_EDIT, region_path=shown.base.region.path, base_ids=[shown.base_id]
    )
    context = {
        "trainer": shown,
        "access_skills": _access_words(shown),
        "may_edit": may_edit,
        "evidence": Evidence.objects.visible_to(request.actor).about(shown),
        "form": form,
    }
    return render(request, "courses/trainers/trainer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_trainer(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change what is recorded; an empty citizen ID leaves the one that was given."""
    shown = _trainer(request, public_id)
    require(
        request.actor, Permission.COHORT_EDIT, region_path=shown.base.region.path, base_ids=[shown.base_id]
    )
    # The phone is not shown, so it is not in the form either: left empty it stays.
    initial = {name: getattr(shown, name) for name in trainers.FIELDS if name not in ("skills", "phone")}
    initial["skills"] = [skill.code for skill in shown.skills.all()]
    bases = TrainingBase.objects.filter(pk=shown.base_id)
    form = TrainerForm(request.POST if request.method == "POST" else None, bases=bases, initial=initial)
    for name, is_given in (("phone", shown.phone), ("citizen_id", shown.citizen_id_index)):
        if is_given:
            form.fields[name].help_text = _("已经填过。不改请留空。")
    if form.is_valid():
        with refusals.shown_on(form):
            asked = {name: value for name, value in form.cleaned_data.items() if name != "phone" or value}
            trainers.edit(by=request.actor, on=today(), trainer=shown, **asked)
            messages.success(request, gettext("已保存教师：%(name)s") % {"name": form.cleaned_data["name"]})
            return redirect("courses:trainer", public_id=public_id)
    context = {"form": form, "trainer": shown}
    return render(request, "courses/trainers/edit.html", context, status=422 if form.is_bound else 200)


class CohortTrainersForm(Form):
    trainers = forms.ModelMultipleChoiceField(
        label=_("培训教师"),
        queryset=Trainer.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "POST"])
def cohort_trainers(request: ActorRequest, public_id: str) -> HttpResponse:
    """Choose who teaches a cohort, among the base's trainers who are active while it runs."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    held = list(cohort.trainers.values_list("public_id", flat=True))
    active = Trainer.objects.filter(base=cohort.base_id).filter(
        Q(pk__in=Trainer.objects.active_between(cohort.starts_on, cohort.starts_on)) | Q(cohorts=cohort)
    )
    only = list(active.distinct()[:2])
    if not held and len(only) == 1:  # nobody else to choose
        held = [only[0].public_id]
    form = CohortTrainersForm(request.POST if request.method == "POST" else None, initial={"trainers": held})
    field: Any = form.fields["trainers"]
    field.queryset = active.distinct()
    field.label_from_instance = lambda trainer: trainer.name
    if form.is_valid():
        with refusals.shown_on(form):
            trainers.assign(by=request.actor, on=today(), cohort=cohort, **form.cleaned_data)
            messages.success(request, gettext("已保存本班的培训教师。"))
            return redirect(onward(cohort, "courses:cohort"))
    context = {
        "form": form,
        "cohort": cohort,
        "has_trainers": active.exists(),
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
    }
    return render(request, "courses/trainers/cohort.html", context, status=422 if form.is_bound else 200)


def _trainer(request: ActorRequest, public_id: str) -> Trainer:
    rows = Trainer.objects.visible_to(request.actor).select_related("base__region")
    return one(rows.prefetch_related("skills"), public_id=public_id)


def _access_words(trainer: Trainer) -> list[str]:
    return [str(AccessSkill(one).label) for one in trainer.access_skills]

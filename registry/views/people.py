"""Pages of people: the list and its search, one person, registering, revealing a number, moving."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import people, reveals, throttles
from registry.actions.reveals import RevealField, RevealReason
from registry.forms import Form
from registry.models import Person, TrainingBase
from registry.models.people import AccessNeed, PersonKind, Residence
from registry.queries import people as queries
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import RegionField, chosen, region_field
from registry.views.lists import ROWS, page_of
from registry.views.posts import posted_from

# Far above what an office looks up by hand, far below what copying a register would need.
SEARCHES_AN_HOUR = 300


class PeopleFilter(Form):
    region = forms.CharField(required=False)
    kind = forms.ChoiceField(
        label=_("人员类别"), choices=[("", _("全部")), *PersonKind.choices], required=False
    )
    missing = forms.ChoiceField(
        label=_("缺少的登记"),
        choices=[("", _("不限")), ("need", _("未登记需求")), ("employment", _("未登记就业状况"))],
        required=False,
    )

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        day = today()
        reach = regions.in_reach(actor, Permission.PERSON_READ, on=day)
        self.fields["region"] = region_field(
            reach, on=day, required=False, empty_label=_("全部"), help_text=""
        )


class SearchForm(Form):
    """Sent by POST: a name or a number must not end up in an address or a log."""

    text = forms.CharField(
        label=_("姓名，或完整的身份证号"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-20"}),
    )


@require_http_methods(["GET", "POST"])
def people_list(request: ActorRequest) -> HttpResponse:
    """Everyone in reach, a page at a time; a POST searches by name or by full citizen ID."""
    require_somewhere(request.actor, Permission.PERSON_READ)
    seen = Person.objects.visible_to(request.actor)
    filters = PeopleFilter(request.actor, request.GET or None)
    context = {
        "filter_form": filters,
        "form": SearchForm(),
        "longest": ROWS,
        "may_register": request.actor.may_somewhere(Permission.PERSON_EDIT),
    }
    if request.method == "POST":
        return _search(request, seen, context)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    context["rows"] = context["page"] = page_of(request, queries.listed(seen, on=today(), **wanted))
    return render(request, "registry/people/list.html", context)


def _search(request: ActorRequest, seen: Any, context: dict[str, Any]) -> HttpResponse:
    form = SearchForm(request.POST)
    context["form"] = form
    if not form.is_valid():
        context["rows"] = context["page"] = page_of(request, queries.listed(seen, on=today()))
        return render(request, "registry/people/list.html", context, status=422)
    source = str(request.actor.account_id)
    throttles.hit(
        purpose="person-search", source=source, limit=SEARCHES_AN_HOUR, seconds=3600, at=timezone.now()
    )
    found = list(queries.search(seen, form.cleaned_data["text"]).select_related("region")[: ROWS + 1])
    if len(found) == 1:
        return redirect("registry:person", public_id=found[0].public_id)
    # The form comes back empty: what was searched for stands in no page.
    context |= {"form": SearchForm(), "rows": found[:ROWS], "more": len(found) > ROWS}
    return render(request, "registry/people/list.html", context)


class RevealForm(Form):
    field = forms.ChoiceField(label=_("要显示的号码"), choices=chosen(RevealField.choices))
    reason = forms.ChoiceField(
        label=_("查看原因"),
        choices=chosen(RevealReason.choices),
        help_text=_("每次查看都会记入审计记录：谁、什么时候、因为什么。"),
    )


@require_safe
def person(request: ActorRequest, public_id: str) -> HttpResponse:
    """What is known of one person, numbers masked."""
    return _page(request, _person(request, public_id), RevealForm())


@posted_from("registry:person")
def reveal(request: ActorRequest, public_id: str) -> HttpResponse:
    """Shows one number once, in the answer to this very request."""
    shown = _person(request, public_id)
    form = RevealForm(request.POST)
    revealed = {}
    if form.is_valid():
        with refusals.shown_on(form):
            number = reveals.reveal(by=request.actor, on=today(), person=shown, **form.cleaned_data)
            label = RevealField(form.cleaned_data["field"]).label
            revealed = {"label": label, "number": number}
            return _page(request, shown, RevealForm(), revealed)
    require(request.actor, Permission.PERSON_REVEAL, **queries.reach(shown))
    return _page(request, shown, form, status=422)


def _person(request: ActorRequest, public_id: str) -> Person:
    seen = Person.objects.visible_to(request.actor).select_related("region", "household_of")
    return one(seen, public_id=public_id)


def _page(
    request: ActorRequest,
    shown: Person,
    form: Form,
    revealed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    reach = queries.reach(shown)
    context = {
        "person": shown,
        "place": regions.full_name(shown.region),
        "needs": [AccessNeed(need).label for need in shown.access_needs],
        "hardships": shown.hardships.all(),
        "history": shown.disability_certificates.all(),
        "consents": shown.consents.all(),
        "bases": TrainingBase.objects.visible_to(request.actor).filter(base_registrations__person=shown),
        "may_edit": request.actor.may(Permission.PERSON_EDIT, **reach),
        "may_move": request.actor.may(Permission.PERSON_EDIT, region_path=shown.region.path),
        "may_reveal": request.actor.may(Permission.PERSON_REVEAL, **reach),
        "may_read_certificates": request.actor.may_somewhere(Permission.CERTIFICATE_READ),
        "may_read_subsidies": request.actor.may(Permission.SUBSIDY_READ, **reach),
        "form": form,
        "revealed": revealed,
        **queries.standing(shown, on=today()),
    }
    return render(request, "registry/people/person.html", context, status=status)


class PersonForm(Form):
    name = forms.CharField(
        label=_("姓名"), max_length=50, help_text=_("与身份证一致，包括间隔号“·”和生僻字。")
    )
    citizen_id = forms.CharField(
        label=_("身份证号"),
        max_length=40,
        help_text=_("18 位。空格和短横线会自动去掉。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-20"}),
    )
    kind = forms.ChoiceField(label=_("人员类别"), choices=PersonKind.choices, widget=forms.RadioSelect)
    disability_number = forms.CharField(
        label=_("残疾人证号"),
        max_length=40,
        required=False,
        help_text=_("20 位；补发的证后面有 B1、B2。没有证的人员不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-20"}),
    )
    region = forms.CharField()
    residence = forms.ChoiceField(label=_("户口性质"), choices=chosen(Residence.choices), required=False)
    ethnicity = forms.CharField(label=_("民族"), max_length=20, required=False)
    education = forms.CharField(label=_("文化程度"), max_length=20, required=False)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    access_needs = forms.MultipleChoiceField(
        label=_("需要的帮助"),
        choices=AccessNeed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("上课时需要什么，请问本人；不要按残疾类别推断。"),
    )

    def __init__(self, actor: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        reach = regions.in_reach(actor, Permission.PERSON_EDIT, on=day)
        self.fields["region"] = region_field(reach, on=day, label=_("管理地区"))
        # Staff of a base register people who live anywhere, and only for that base.
        scope = actor.scope(Permission.PERSON_EDIT)
        if not scope.region_paths:
            self.fields["region"] = RegionField(on=day, label=_("管理地区"))
            own = TrainingBase.objects.filter(pk__in=scope.base_ids)
            self.fields["base"] = forms.ModelChoiceField(
                label=_("培训基地"),
                queryset=own,
                to_field_name="public_id",
                initial=own[0].public_id if len(own) == 1 else None,
            )


@require_http_methods(["GET", "POST"])
def new_person(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    form = PersonForm(
        request.actor,
        request.POST if request.method == "POST" else None,
        initial={"kind": PersonKind.DISABLED},
    )
    if form.is_valid():
        with refusals.shown_on(form):
            registered = people.register(by=request.actor, on=today(), **form.cleaned_data)
            return redirect("registry:person", public_id=registered.public_id)
    return render(request, "registry/people/new.html", {"form": form}, status=422 if form.is_bound else 200)


class MoveForm(Form):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["region"] = RegionField(on=today(), label=_("迁入地区"))


@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, public_id: str) -> HttpResponse:
    """Hand a person over to another region; whoever hands over may lose sight of them."""
    shown = _person(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, region_path=shown.region.path)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            moved = people.move(
                by=request.actor, on=today(), person=shown, region=form.cleaned_data["region"]
            )
            if queries.may_see(request.actor, moved):
                return redirect("registry:person", public_id=public_id)
            return redirect("registry:people")
    context = {"form": form, "person": shown, "place": regions.full_name(shown.region)}
    return render(request, "registry/people/move.html", context, status=422 if form.is_bound else 200)

"""Pages of the local standards: what holds in a region and who decided it, and deciding one rule."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import standards as actions
from registry.errors import NotFound
from registry.forms import Form
from registry.models import Federation, Region
from registry.queries import regions
from registry.queries import standards as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.rules.standards import STANDARDS, Kind
from registry.views import refusals
from registry.views.fields import DayField, region_field
from registry.words import say


def written(value: Any) -> str:
    """A standard's value as a person reads it."""
    if value is None:
        return gettext("按上级规范")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(
            f"{one['name']} {one['weight']}" if isinstance(one, dict) else str(one) for one in value
        )
    return str(value)


class PlaceForm(Form):
    region = forms.CharField()

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        reach = regions.in_reach(actor, Permission.BASE_READ, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, help_text="")


@require_safe
def standards(request: ActorRequest) -> HttpResponse:
    """The standards of one region, first of all the actor's own. They are rules, no secret: any place may be asked."""
    require_somewhere(request.actor, Permission.BASE_READ)
    form = PlaceForm(request.actor, request.GET or None)
    region = (form.is_valid() and form.cleaned_data["region"]) or _own_region(request)
    held = queries.in_force(STANDARDS, region_path=region.path, on=today())
    context = {
        "filter_form": form,
        "region": region,
        "rows": [
            {"rule": rule, "name": say(f"standard.{key}"), "value": written(rule.value)}
            for key, rule in held.items()
        ],
        "may_edit": request.actor.may(Permission.STANDARD_EDIT, region_path=region.path)
        and Federation.objects.filter(region=region).exists(),
    }
    return render(request, "registry/standards/list.html", context)


def _own_region(request: ActorRequest) -> Region:
    """The highest region of the actor's federations, or the one of their base."""
    reach = regions.in_reach(request.actor, Permission.BASE_READ, on=today())
    return reach.order_by("path").first() or Region.objects.order_by("path")[0]


class StandardForm(Form):
    follows = forms.BooleanField(label=_("按上级残联的规范"), required=False)
    since = DayField(label=_("施行日期"))
    document = forms.CharField(label=_("文件"), max_length=120, required=False, help_text=_("规定它的文号。"))

    field_order = ["value", "follows", "since", "document"]

    def __init__(self, key: str, *args: Any, **kwargs: Any) -> None:
        self.rule = STANDARDS[key]
        super().__init__(*args, **kwargs)
        # Who follows the federation above has no value of their own.
        required = not self.data.get("follows")
        self.fields["value"] = _field(self.rule, label=say(f"standard.{key}"), required=required)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("follows"):
            asked["value"] = None
        return asked


def _field(rule: Any, **options: Any) -> forms.Field:
    if rule.kind is Kind.SWITCH:
        return forms.TypedChoiceField(
            choices=[("True", _("是")), ("False", _("否"))],
            coerce=lambda text: text == "True",
            empty_value=None,
            widget=forms.RadioSelect,
            **options,
        )
    if rule.kind is Kind.COUNT:
        return forms.IntegerField(
            min_value=rule.least,
            max_value=rule.most,
            widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
            **options,
        )
    if rule.kind is Kind.CRITERIA:
        return CriteriaField(
            help_text=_("每行一条：名称，权重，满分。例如：师资，25，100"),
            max_length=3_000,
            widget=forms.Textarea({"rows": 8}),
            **options,
        )
    return CountsField(help_text=_("几个整数，从小到大，用逗号隔开。"), max_length=80, **options)


class CountsField(forms.CharField):
    """3, 6, 12: commas and pauses of any width, and blanks."""

    default_error_messages = {"invalid": _("请填写整数，用逗号隔开，例如：3, 6, 12")}

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        parts = text.replace("，", ",").replace("、", ",").replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return [int(part) for part in parts] or None


class CriteriaField(forms.CharField):
    """One criterion a line: its name, its weight, the most points it can have."""

    default_error_messages = {"invalid": _("第 %(line)s 行不对：请写“名称，权重，满分”，例如：师资，25，100")}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{one['name']}，{one['weight']}，{one['most']}" for one in value)

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self._criterion(number, line) for number, line in enumerate(lines, 1)] or None

    def _criterion(self, number: int, line: str) -> dict[str, Any]:
        parts = [part.strip() for part in line.replace("，", ",").rsplit(",", 2)]
        if len(parts) != 3 or not all(
            part.isascii() and part.isdigit() and len(part) < 6 for part in parts[1:]
        ):
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"line": number}
            )
        return {"name": parts[0], "weight": int(parts[1]), "most": int(parts[2])}


@require_http_methods(["GET", "POST"])
def standard(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Decide one rule for a federation's region."""
    reach = Federation.objects.visible_to(request.actor).select_related("region")
    federation = one(reach, region__code=code)
    if key not in STANDARDS:
        raise NotFound(what="standard")
    require(request.actor, Permission.STANDARD_EDIT, region_path=federation.region.path)
    held = queries.in_force([key], region_path=federation.region.path, on=today())[key]
    initial = {
        "value": held.value,
        "since": today(),
        "document": held.decided.document if held.decided else "",
    }
    form = StandardForm(key, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            actions.decide(
                by=request.actor,
                federation=federation,
                key=key,
                value=asked["value"],
                since=asked["since"],
                document=asked["document"],
            )
            messages.success(request, gettext("已保存：%(name)s") % {"name": say(f"standard.{key}")})
            return redirect(f"{reverse('registry:standards')}?region={code}")
    decisions = queries.decisions(key, region_path=federation.region.path)
    context = {
        "form": form,
        "name": say(f"standard.{key}"),
        "federation": federation,
        "held": held,
        "value": written(held.value),
        "decisions": [{"row": row, "value": written(row.value)} for row in decisions],
    }
    return render(request, "registry/standards/edit.html", context, status=422 if form.is_bound else 200)

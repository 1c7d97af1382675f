"""Pages of training packages (职业培训包): the list, a new one, one with its courses."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import packages
from courses.models import Course, TrainingPackage
from courses.queries.federations import federations_where
from courses.views.courses import HoursField
from registry.forms import Form
from registry.models import Federation
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of


class CoursesField(forms.ModelMultipleChoiceField):
    """Courses with their bases: two bases may call theirs the same."""

    def label_from_instance(self, course: Any) -> str:
        parts = [course.name, course.get_level_display() if course.level else "", course.base.name]
        return " · ".join(part for part in parts if part)


class FederationField(forms.ModelChoiceField):
    def label_from_instance(self, federation: Any) -> str:
        return str(federation.name)


class PackageForm(Form):
    name = forms.CharField(label=_("培训包名称"), max_length=80)
    courses = CoursesField(
        label=_("包含的培训项目"),
        queryset=Course.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    hours = HoursField(_("规定课时"))
    document = forms.CharField(label=_("文件"), max_length=120, required=False, help_text=_("名称或文号。"))

    def __init__(self, *args: Any, federation: Federation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if federation is not None:
            field: Any = self.fields["courses"]
            path = federation.region.path
            field.queryset = Course.objects.filter(base__region__path__startswith=path).select_related("base")


@require_safe
def package_list(request: ActorRequest) -> HttpResponse:
    """Packages in reach, with how many courses and vouchers each has."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = TrainingPackage.objects.visible_to(request.actor).select_related("federation")
    context = {
        "page": page_of(request, rows.prefetch_related("courses")),
        "may_edit": request.actor.may_somewhere(Permission.VOUCHER_ISSUE),
    }
    return render(request, "courses/packages/list.html", context)


@require_http_methods(["GET", "POST"])
def new_package(request: ActorRequest) -> HttpResponse:
    """A package of the officer's own federation."""
    require_somewhere(request.actor, Permission.VOUCHER_ISSUE)
    federation = federations_where(request.actor, Permission.VOUCHER_ISSUE).first()
    form = PackageForm(request.POST if request.method == "POST" else None, federation=federation)
    if federation is not None and form.is_valid():
        with refusals.shown_on(form):
            made = packages.create(by=request.actor, on=today(), federation=federation, **form.cleaned_data)
            messages.success(request, gettext("已新建培训包：%(name)s") % {"name": made.name})
            return redirect("courses:package", public_id=made.public_id)
    context = {"form": form, "federation": federation}
    return render(request, "courses/packages/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_package(request: ActorRequest, public_id: str) -> HttpResponse:
    """What a package holds; who issues vouchers changes it here."""
    seen = TrainingPackage.objects.visible_to(request.actor).select_related("federation__region")
    package = one(seen, public_id=public_id)
    may_edit = request.actor.may(Permission.VOUCHER_ISSUE, region_path=package.federation.region.path)
    held = list(package.courses.select_related("base", "skill"))
    form = None
    if request.method == "POST":
        require(request.actor, Permission.VOUCHER_ISSUE, region_path=package.federation.region.path)
    if may_edit:
        initial = {name: getattr(package, name) for name in ("name", "hours", "document", "is_offered")}
        initial["courses"] = [course.public_id for course in held]
        form = PackageForm(
            request.POST if request.method == "POST" else None, initial=initial, federation=package.federation
        )
        form.fields["is_offered"] = forms.BooleanField(label=_("正在使用，可以开班和发券"), required=False)
        if form.is_valid():
            with refusals.shown_on(form):
                packages.edit(by=request.actor, on=today(), package=package, **form.cleaned_data)
                messages.success(request, gettext("已保存培训包。"))
                return redirect("courses:package", public_id=public_id)
    context = {
        "package": package,
        "courses": held,
        "hours": sum(course.total_hours for course in held),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "courses/packages/package.html", context, status=status)

"""The page on which people are given a counsellor (就业辅导员), many at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.actions import counsellors
from courses.models import Cohort
from courses.queries import counsellors as queries
from registry.forms import Form
from registry.models import Account
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen, region_field
from registry.views.lists import page_of

NOBODY = "nobody"


class PeopleFilter(Form):
    counsellor = forms.ChoiceField(label=_("现在的辅导员"), required=False)

    def __init__(self, request: ActorRequest, accounts: list[Account]) -> None:
        super().__init__(request.GET or None, auto_id="filter_%s")  # the other form asks for a counsellor too
        named = [(account.public_id, account.name) for account in accounts]
        field: Any = self.fields["counsellor"]
        field.choices = [("", _("全部")), (NOBODY, _("没有辅导员的")), *named]
        reach = regions.in_reach(request.actor, Permission.COUNSELLOR_ASSIGN, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


class AssignForm(Form):
    counsellor = forms.ChoiceField(label=_("交给哪位辅导员"))

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["counsellor"]
        named = [(account.public_id, account.name) for account in accounts]
        field.choices = chosen([*named, (NOBODY, _("不再由辅导员负责"))])


@require_http_methods(["GET", "POST"])
def assign_page(request: ActorRequest) -> HttpResponse:
    """People in reach with their counsellor; a POST gives those that are ticked to another.

    `?cohort=` shows the trainees of a cohort only.
    """
    require_somewhere(request.actor, Permission.COUNSELLOR_ASSIGN)
    accounts = list(queries.accounts(request.actor, on=today()))
    filters = PeopleFilter(request, accounts)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    cohort = None
    if "cohort" in request.GET:
        cohort = one(Cohort.objects.visible_to(request.actor), public_id=request.GET["cohort"])
    rows = queries.people(request.actor, cohort=cohort, **wanted)
    page = page_of(request, rows)
    form = AssignForm(request.POST if request.method == "POST" else None, accounts=accounts)
    errors: list[tuple[str, Any]] = []
    if form.is_valid():
        ticked = set(request.POST.getlist("person"))
        people = [person for person in page if "everybody" in request.POST or person.public_id in ticked]
        if not people:
            errors = [("everybody", _("请先勾选学员。"))]
        else:
            given = form.cleaned_data["counsellor"]
            with refusals.shown_on(form):
                counsellor = next((account for account in accounts if account.public_id == given), None)
                count = counsellors.assign(by=request.actor, on=today(), people=people, counsellor=counsellor)
                done = ngettext("已为 %(n)s 人登记辅导员", "已为 %(n)s 人登记辅导员", count)
                messages.success(request, done % {"n": count})
                return redirect(request.get_full_path())
    is_wrong = form.is_bound or filters.errors
    context = {
        "filter_form": filters,
        "form": form,
        "errors": errors,
        "page": page,
        "cohort": cohort,
        "has_accounts": bool(accounts),
    }
    return render(request, "courses/counsellors/assign.html", context, status=422 if is_wrong else 200)

"""The page of a person's ability assessments (职业能力评估)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import abilities as actions
from courses.models import AbilityAssessment, Skill
from registry.forms import Form
from registry.models import Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField


class AbilityForm(Form):
    assessed_on = DayField(label=_("评估日期"))
    assessor = forms.CharField(label=_("评估机构"), max_length=80)
    suited_skills = forms.ModelMultipleChoiceField(
        label=_("适合的技能"),
        queryset=Skill.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    conclusion = forms.CharField(
        label=_("评估结论"),
        max_length=actions.LONGEST_CONCLUSION,
        required=False,
        help_text=_("加密保存，只有能登记这个人的工作人员看得到。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "POST"])
def abilities(request: ActorRequest, public_id: str) -> HttpResponse:
    """What assessments found, latest first, and a form for one more; for those who record this person's facts."""
    seen = Person.objects.visible_to(request.actor).select_related("region")
    person = one(seen, public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    form = AbilityForm(request.POST if request.method == "POST" else None, initial={"assessed_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            actions.record(by=request.actor, on=today(), person=person, **form.cleaned_data)
            messages.success(request, gettext("已登记职业能力评估。"))
            return redirect("courses:abilities", public_id=public_id)
    rows = AbilityAssessment.objects.filter(person=person).prefetch_related("suited_skills")
    context = {"person": person, "form": form, "rows": list(rows)}
    return render(request, "courses/abilities.html", context, status=422 if form.errors else 200)

"""The holder makes an Open Badge of a certificate, and decides whether their name stands in it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from certificates.queries.holders import certificates_of
from certificates.views import open_badges
from certificates.views.holder_certificates import USABLE, counted
from certificates.views.holder_sessions import for_holder
from registry.forms import Form
from registry.models import Person
from registry.queries.lookup import one

_FORMATS = [
    (open_badges.Form.JSON.value, _("JSON：大多数数字钱包用这一种")),
    (open_badges.Form.JWT.value, _("JWT：对方系统要求时用")),
]
_NAMES = [
    ("hidden", _("不写：对方知道您的姓名，才能核对这是您的证书")),
    ("shown", _("写上：谁拿到文件，谁就看得到您的姓名")),
]


class BadgeForm(Form):
    """A GET form: it only says how the file is made."""

    name = forms.ChoiceField(label=_("您的姓名"), choices=_NAMES, widget=forms.RadioSelect, initial="hidden")
    format = forms.ChoiceField(
        label=_("文件格式"), choices=_FORMATS, widget=forms.RadioSelect, initial="json"
    )


@require_safe
@for_holder
def open_badge(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """The page with the choice; with an answer to it, the file."""
    usable = certificates_of(person).filter(status__in=USABLE).select_related("skill")
    held = one(usable, public_id=public_id)
    form = BadgeForm(request.GET if "name" in request.GET or "format" in request.GET else None)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        return open_badges.file_of(
            counted(held), form=open_badges.Form(chosen["format"]), named=chosen["name"] == "shown"
        )
    status = 422 if form.is_bound else 200
    return render(
        request, "certificates/my/open_badge.html", {"certificate": held, "form": form}, status=status
    )

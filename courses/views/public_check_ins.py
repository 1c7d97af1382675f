"""Check-in for the trainee, without an account: the spoken code, then who one is. Nobody is listed here."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.actions import check_ins
from courses.models import CheckIn
from courses.models.check_ins import CODE_DIGITS
from courses.queries.check_ins import by_token
from courses.teaching_errors import SeveralOnRoster
from registry.forms import Form
from registry.requests import client_address
from registry.views import refusals


class CodeForm(Form):
    code = forms.CharField(
        label=_("签到码"),
        max_length=20,
        help_text=_("教师念出的 6 位数字。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "width-10"}),
    )

    def clean_code(self) -> str:
        digits = "".join(str(int(sign)) for sign in self.cleaned_data["code"] if sign.isdecimal())
        if len(digits) != CODE_DIGITS:
            raise forms.ValidationError(_("签到码是 6 位数字。"))
        return digits


class WhoForm(Form):
    who = forms.CharField(
        label=_("身份证号后四位"),
        max_length=40,
        help_text=_("最后一位是 X 的，填 X。也可以填学员编号。"),
        widget=forms.TextInput({"autocomplete": "off", "class": "width-10"}),
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        required=False,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false", "class": "width-20"}),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Who cannot scan types the code that was said aloud."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            window = check_ins.find_by_code(
                code=form.cleaned_data["code"], address=client_address(request), at=timezone.now()
            )
            return redirect("check-in:who", token=window.token)
    return _private(
        render(request, "courses/check_ins/code.html", {"form": form}, status=422 if form.is_bound else 200)
    )


@login_not_required
@sensitive_post_parameters("who", "name")
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, token: str) -> HttpResponse:
    """Says who one is and is marked as there; the name is asked only where the last four signs are not enough."""
    at = timezone.now()
    window = by_token(token, at=at)
    form = WhoForm(request.POST if request.method == "POST" else None)
    asks_name = bool(request.POST.get("name"))
    if form.is_valid():
        with refusals.shown_on(form):
            try:
                found = check_ins.check_in(
                    window=window, address=client_address(request), at=at, **form.cleaned_data
                )
            except SeveralOnRoster:
                asks_name = True
                raise
            context = {"window": window, "found": found}
            return _private(render(request, "courses/check_ins/done.html", context))
    if not asks_name:
        del form.fields["name"]
    return _page(request, window, form)


def _page(request: HttpRequest, window: CheckIn, form: WhoForm) -> HttpResponse:
    context = {"window": window, "form": form}
    status = 422 if form.is_bound else 200
    return _private(render(request, "courses/check_ins/who.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way and found by no search engine: one phone goes from hand to hand."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The public page that looks a certificate up by hand."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certificates.limits import NUMBER_TRIES, WRONG_NUMBER_NAMES
from certificates.proof import codes
from certificates.proof.errors import ProofError
from certificates.queries.public import find_by_number
from certificates.rules.holder_names import is_holder
from registry.actions import throttles
from registry.requests import client_address

# Compared when there is no certificate, so that "no such number" costs what "wrong name" costs.
_NOBODY = "不存在"


class CodeForm(forms.Form):
    """The code printed beside the QR."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=60,
        help_text=_("12 位，印在二维码旁边。大小写、空格都可以。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "class": "width-20"}),
        error_messages={"required": _("请输入验证码。")},
    )

    def clean_code(self) -> str:
        try:
            return codes.parse_code(self.cleaned_data["code"])
        except ProofError as error:
            raise forms.ValidationError(CODE_PROBLEMS[error.code], error.code) from None


class NumberForm(forms.Form):
    """The number with the holder's name: the number alone can be guessed."""

    number = forms.CharField(
        label=_("证书编号"),
        max_length=60,
        help_text=_("20 位，例如 6205 2024 0017 P000 0428。空格可有可无。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "class": "width-20"}),
        error_messages={"required": _("请输入证书编号。")},
    )
    name = forms.CharField(
        label=_("持证人姓名"),
        max_length=50,
        help_text=_("全名，或者只写姓。"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "width-20"}),
        error_messages={"required": _("请输入持证人的姓名或姓。")},
    )

    def clean_number(self) -> str:
        try:
            return codes.parse_number(self.cleaned_data["number"])
        except ProofError as error:
            raise forms.ValidationError(NUMBER_PROBLEMS[error.code], error.code) from None


CODE_PROBLEMS = {
    "code_length": _("验证码是 12 位，请数一数有没有多打或漏打。"),
    "code_characters": _("验证码里有不会出现的字符，请对照纸面再输入一次。"),
    "code_check": _("验证码里有字符打错了，请对照纸面再输入一次。"),
}
NUMBER_PROBLEMS = {
    "number_length": _("证书编号是 20 位，请数一数有没有多打或漏打。"),
    "number_characters": _("证书编号里有不会出现的字符，请对照纸面再输入一次。"),
    "number_layout": _("证书编号是 12 位数字、字母 P、6 位数字和 1 位校验字符。"),
    "number_check": _("证书编号里有字符打错了，请对照纸面再输入一次。"),
}


@login_not_required
@csrf_exempt  # changes nothing: see certificates/public.py
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """By code (GET: a code is no secret and may be shared), or by number and name (POST: a name never is)."""
    by_code = CodeForm(request.GET if "code" in request.GET else None, auto_id="code_%s")
    by_number = NumberForm(request.POST if request.method == "POST" else None, auto_id="number_%s")
    if by_code.is_bound and by_code.is_valid():
        return redirect("certificates:verify", code=by_code.cleaned_data["code"])
    nothing_found = False
    if by_number.is_bound and by_number.is_valid():
        code = _code_of(request, by_number.cleaned_data)
        if code:
            return redirect("certificates:verify", code=code)
        nothing_found = True
    wrong = by_code.errors or by_number.errors
    context = {
        "by_code": by_code,
        "by_number": by_number,
        "form": by_number if by_number.is_bound else by_code,
        "nothing_found": nothing_found,
    }
    status = 422 if wrong else 404 if nothing_found else 200
    return render(request, "certificates/look_up.html", context, status=status)


def _code_of(request: HttpRequest, typed: dict[str, Any]) -> str:
    """The code of the certificate with this number whose holder has this name, or "" for either reason."""
    at, number = timezone.now(), typed["number"]
    throttles.hit(source=client_address(request), at=at, **NUMBER_TRIES)
    throttles.hit(source=number, at=at, **WRONG_NUMBER_NAMES)
    record = find_by_number(number)
    fits = is_holder(typed["name"], record.holder_name if record else _NOBODY)
    if record is None or not fits:
        return ""
    throttles.forgive(
        source=number, at=at, purpose=WRONG_NUMBER_NAMES["purpose"], seconds=WRONG_NUMBER_NAMES["seconds"]
    )
    return record.code


@login_not_required
@csrf_exempt
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The named route of the public page; the middleware before it answers first (certificates/public.py)."""
    from certificates.public import respond

    return respond(request, code)

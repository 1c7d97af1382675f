"""「我的证书」: a holder without an account proves who they are, sees all their certificates, and ends the visit."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.actions import holders
from certificates.actions.shares import LONGEST_DAYS
from certificates.errors import SlipEnded
from certificates.limits import LINK_MISSES
from certificates.models import ExternalCertificate, Slip
from certificates.proof import codes
from certificates.proof.errors import ProofError
from certificates.queries.holders import overview, slip_of
from certificates.queries.skills import HeldSkill
from certificates.rules.holders import SKILLS_AIMED_AT
from certificates.rules.wording import neutral_name
from certificates.views import holder_sessions, written
from certificates.views.public import NUMBER_PROBLEMS
from registry.actions import throttles
from registry.errors import NotFound, TooManyRequests
from registry.forms import Form
from registry.models import Person
from registry.requests import client_address, today
from registry.rules.last_four import parse_last_four
from registry.views import refusals


class LastFourForm(Form):
    """What the finder of a lost slip does not know."""

    retry_after = 0
    """Seconds, once this was tried too often."""

    last_four = forms.CharField(
        label=_("身份证号的后四位"),
        max_length=40,
        help_text=_("最后一位是 X 的，输入 X，大小写都可以。"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "width-10"}),
    )

    def clean_last_four(self) -> str:
        last_four = parse_last_four(self.cleaned_data["last_four"])
        if not last_four:
            raise forms.ValidationError(_("后四位是 3 位数字，加上 1 位数字或字母 X。"))
        return last_four


class OpenForm(LastFourForm):
    """All three, in a form that is sent in the body: nothing personal in an address."""

    field_order = ["number", "name", "last_four"]
    number = forms.CharField(
        label=_("证书编号"),
        max_length=60,
        help_text=_("您任何一张证书的编号，20 位，空格可有可无。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "class": "width-20"}),
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        help_text=_("证书上的全名。"),
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false", "class": "width-20"}),
    )

    def clean_number(self) -> str:
        try:
            return codes.parse_number(self.cleaned_data["number"])
        except ProofError as error:
            raise forms.ValidationError(NUMBER_PROBLEMS[error.code], error.code) from None


@login_not_required
@sensitive_post_parameters("number", "name", "last_four")
@require_http_methods(["GET", "HEAD", "POST"])
def my(request: HttpRequest) -> HttpResponse:
    """The holder's certificates; for whoever has not proved to be one, the form to do so."""
    if request.method == "POST":
        return _open(request)
    at = timezone.now()
    if found := holder_sessions.holder_of(request, at=at):
        person, session = found
        return holder_sessions.go_on(_overview(request, person), session, at=at)
    # A cookie that opens nothing: the visit was too long ago. The form says so, once.
    was_here = bool(request.COOKIES.get(holder_sessions.cookie_name()))
    response = render(request, "certificates/my/open.html", {"form": OpenForm(), "was_here": was_here})
    if was_here:
        holder_sessions.end(response)
    return holder_sessions.private(response)


def _open(request: HttpRequest) -> HttpResponse:
    form, at = OpenForm(request.POST), timezone.now()
    person = _proved(
        form, lambda typed: holders.open_by_number(**typed, address=client_address(request), at=at)
    )
    return _begun(person, at=at) if person else _asked_again(request, "certificates/my/open.html", form)


def _overview(request: HttpRequest, person: Person) -> HttpResponse:
    held = overview(person, today())
    context = {
        "person": person,
        "held": held,
        "skills": [_skill_name(skill) for skill in held.skills],
        "aim": SKILLS_AIMED_AT,
        "missing": max(SKILLS_AIMED_AT - len(held.skills), 0),
        "certificates": [(one, written.level(one.level)) for one in held.certificates],
        "external": [
            (one, neutral_name(str(one.skill), settings.DISCLOSING_WORDS), *_external_state(one, today()))
            for one in held.external
        ],
    }
    return render(request, "certificates/my/overview.html", context)


def _skill_name(held: HeldSkill) -> str:
    """As printed on the newest proof; of another authority's, without the words for its trainees."""
    if held.certificates:
        return held.certificates[0].skill_name
    return neutral_name(str(held.skill), settings.DISCLOSING_WORDS) or str(
        held.external[0].get_family_display()
    )


def _external_state(held: ExternalCertificate, on: date) -> tuple[str, str]:
    """Kind of tag and words."""
    if held.cancelled_on:
        return "bad", _now("已作废")
    if held.valid_until and held.valid_until < on:
        return "warn", _now("已过有效期")
    return "good", _now("有效")


@login_not_required
@sensitive_post_parameters("last_four")
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link on a slip: it asks for the last four signs of the ID. Raises NotFound, SlipEnded."""
    at, address = timezone.now(), client_address(request)
    throttles.require_unspent(source=address, at=at, **LINK_MISSES)
    found = slip_of(token)
    if found is None:
        throttles.hit(source=address, at=at, **LINK_MISSES)
        raise NotFound(what="slip")
    if found.ended_at is not None or found.expires_on < today():
        raise SlipEnded()
    form = LastFourForm(request.POST if request.method == "POST" else None)
    person = _proved(
        form,
        lambda typed: holders.open_by_slip(slip=found, **typed, address=address, on=today(), at=at),
    )
    if person:
        return _begun(person, slip=found, at=at)
    return _asked_again(request, "certificates/my/slip.html", form)


def _proved(form: LastFourForm, prove: Callable[[dict[str, Any]], Person]) -> Person | None:
    """Who was proved by what the form holds; else None, and the form says what is wrong."""
    if form.is_valid():
        try:
            with refusals.shown_on(form):
                return prove(form.cleaned_data)
        except TooManyRequests as error:
            form.retry_after = error.facts["retry_after"]
            form.add_error(None, _later(form.retry_after))
    return None


def _later(seconds: int) -> str:
    """When to try again, in the largest unit that is not a guess, and how not to wait."""
    for size, words in ((86400, _("%(n)s 天")), (60, _("%(n)s 分钟")), (1, _("%(n)s 秒"))):
        if seconds >= 2 * size or size == 1:
            wait = words % {"n": -(-seconds // size)}
            break
    return _now("输错的次数太多，请过 %(wait)s再试。等不及的，请培训基地打印新的凭条。") % {"wait": wait}


def _asked_again(request: HttpRequest, template: str, form: LastFourForm) -> HttpResponse:
    status = 429 if form.retry_after else 422 if form.is_bound else 200
    response = render(request, template, {"form": form}, status=status)
    if form.retry_after:
        response["Retry-After"] = str(form.retry_after)
    return holder_sessions.private(response)


def _begun(person: Person, *, at: datetime, slip: Slip | None = None) -> HttpResponse:
    response = redirect("certificates:my")
    holder_sessions.begin(response, person, slip=slip, at=at)
    return holder_sessions.private(response)


@login_not_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """「结束查看」: for phones that are lent and computers that are shared."""
    response = render(request, "certificates/my/ended.html")
    holder_sessions.end(response)
    return holder_sessions.private(response)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How a holder opens, shows and shares certificates (docs/holders.md says the same)."""
    return render(request, "certificates/my/help.html", {"longest_days": LONGEST_DAYS})

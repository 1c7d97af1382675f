"""Share links, for their holder: make one, see how often it was opened, end it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import shares as actions
from certificates.faces import qr
from certificates.limits import NEW_SHARES
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.queries.holders import certificates_of
from certificates.queries.shares import shared_certificates, shares_of
from certificates.rules.holders import HOLDER
from certificates.views import written
from certificates.views.holder_sessions import for_holder
from certificates.views.links import in_capitals, public_address
from registry.actions import throttles
from registry.forms import Form
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import today
from registry.rules.masking import mask_name, spoken_mask_name
from registry.templatetags.page import day
from registry.views import refusals

DEFAULT_DAYS = 30
TERMS = [
    (1, _("1 天")),
    (7, _("7 天")),
    (DEFAULT_DAYS, _("30 天")),
    (90, _("3 个月（90 天）")),
    (actions.LONGEST_DAYS, _("6 个月（180 天）")),
]


class ShareForm(Form):
    certificates = forms.MultipleChoiceField(
        label=_("给对方看哪几张证书"), widget=forms.CheckboxSelectMultiple
    )
    shows_full_name = forms.TypedChoiceField(
        label=_("姓名怎样显示"), coerce=lambda value: value == "full", widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("能看多久"), choices=TERMS, coerce=int, initial=DEFAULT_DAYS, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("备注"),
        max_length=actions.LONGEST_LABEL,
        required=False,
        help_text=_("给自己看的，例如发给了哪家单位。对方看不到。"),
        widget=forms.TextInput({"autocomplete": "off", "class": "width-20"}),
    )

    def __init__(self, person: Person, held: list[Certificate], *args: Any) -> None:
        super().__init__(*args)
        certificates, name = self.fields["certificates"], self.fields["shows_full_name"]
        certificates.choices = [(one.public_id, _named(one)) for one in held]  # type: ignore[attr-defined]
        certificates.initial = [one.public_id for one in held]
        # As printed on the newest: that is what the link shows.
        printed = held[0].holder_name if held else person.name
        masked = _now("只显示姓：%(masked)s（%(spoken)s）") % {
            "masked": mask_name(printed),
            "spoken": spoken_mask_name(printed),
        }
        full = _now("显示全名：%(name)s") % {"name": printed}
        name.choices = [("masked", masked), ("full", full)]  # type: ignore[attr-defined]
        # The least is the default; who wants to show more says so.
        name.initial = "masked"


def _named(held: Certificate) -> str:
    level = written.level(held.level)
    return f"{held.skill_name}{_now('，') if level else ''}{level}"


@require_safe
@for_holder
def share_list(request: HttpRequest, person: Person) -> HttpResponse:
    on = today()
    rows = [(share, share.is_open(on)) for share in shares_of(person)]
    context = {"rows": rows, "open": sum(is_open for _share, is_open in rows)}
    return render(request, "certificates/my/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def make(request: HttpRequest, person: Person) -> HttpResponse:
    """What the link shows and for how long; the button is the consent."""
    held = list(certificates_of(person).filter(status=CertificateStatus.ISSUED))
    form = ShareForm(person, held, request.POST if request.method == "POST" else None)
    if form.is_valid():
        throttles.hit(source=person.public_id, at=timezone.now(), **NEW_SHARES)
        chosen = {one.public_id: one for one in held}
        asked = form.cleaned_data | {
            "certificates": [chosen[public_id] for public_id in form.cleaned_data["certificates"]]
        }
        with refusals.shown_on(form):
            made = actions.make(by=HOLDER, on=today(), person=person, **asked)
            return redirect("certificates:my-share", public_id=made.public_id)
    context = {"form": form, "held": held}
    return render(request, "certificates/my/new_share.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_holder
def share(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """The link to copy or to scan, and how often it was opened."""
    held = one(shares_of(person), public_id=public_id)
    shown = shared_certificates(held)
    context: dict[str, Any] = {
        "share": held,
        "is_open": held.is_open(today()),
        "certificates": [_named(one) for one in shown],
        "openings": held.openings.all(),
        "name": shown[0].holder_name,
    }
    if context["is_open"]:
        link = public_address("certificates:shared", held.token)
        context |= {
            "link": link,
            "message": _message(link, len(context["certificates"]), day(held.expires_on)),
            "symbol": SafeString(qr.draw(in_capitals(link), "M").svg()),
        }
    return render(request, "certificates/my/share.html", context)


def _message(link: str, count: int, until: str) -> str:
    """What is pasted into a chat: the link stands last, so that the chat makes it one."""
    words = ngettext(
        "这是我的 %(n)s 张培训证书，点开就能核对真伪，链接能用到 %(until)s：",
        "这是我的 %(n)s 张培训证书，点开就能核对真伪，链接能用到 %(until)s：",
        count,
    )
    return words % {"n": count, "until": until} + f" {link}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def end(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Reloading its answer is a GET, and leads back to the link's page."""
    held = one(shares_of(person), public_id=public_id)
    if request.method == "POST":
        actions.end(by=HOLDER, on=today(), share=held)
    return redirect("certificates:my-share", public_id=public_id)

"""Objections as anyone makes them, without an account: the form, the receipt, and the answer by its number."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import objections, throttles
from registry.errors import NoticeOver
from registry.forms import Form
from registry.limits import OBJECTIONS, OBJECTIONS_TO_ONE, RECEIPT_MISSES
from registry.models import NoticeItem, Objection, PublicNotice
from registry.requests import ActorRequest, client_address, today
from registry.rules.masking import spoken_mask_name
from registry.views import refusals
from registry.views.fields import LONGEST_LIST
from registry.views.notices import public_notice, unlisted


class ObjectionForm(Form):
    item = forms.Field()
    text = forms.CharField(
        label=_("有什么问题"),
        max_length=objections.LONGEST_TEXT,
        help_text=_("写清楚哪里不对、依据是什么。请不要写身份证号。"),
        widget=forms.Textarea({"rows": 5}),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=objections.LONGEST_CONTACT,
        required=False,
        help_text=_("不填也可以：凭回执号就能查到答复。填写的，只有办理的人能看到，答复后删除。"),
        widget=forms.TextInput({"autocomplete": "off", "class": "width-20"}),
    )

    def __init__(self, notice: PublicNotice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(NoticeItem.objects.filter(notice=notice)[: LONGEST_LIST + 1])
        # A list longer than this takes longer to hear than a number takes to type.
        if len(rows) > LONGEST_LIST:
            self.fields["item"] = forms.IntegerField(
                label=_("对第几项有异议"),
                help_text=_("填写公示里的序号；对整份公示有异议的不填。"),
                required=False,
                min_value=1,
                widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
            )
            return
        self.fields["item"] = forms.TypedChoiceField(
            label=_("对哪一项有异议"),
            choices=[("", _("整份公示")), *((row.position, _as_said(row)) for row in rows)],
            coerce=int,
            empty_value=None,
            required=False,
        )


def _as_said(item: NoticeItem) -> str:
    """An item in one line: in a list of choices nothing can be hidden from the voice, so 张* is written 张某."""
    name = spoken_mask_name(item.name) if item.is_masked else item.name
    return f"{item.position}. {name}" + (f"，{item.text}" if item.text else "")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form; `?item=` chooses the item that the link stood beside."""
    notice = public_notice(public_id)
    if not notice.is_shown(today()):
        if request.method == "POST":
            raise NoticeOver()
        return redirect("registry:notice", public_id=public_id)
    form = ObjectionForm(
        notice,
        request.POST if request.method == "POST" else None,
        initial={"item": request.GET.get("item", "")},
    )
    if form.is_valid():
        with refusals.shown_on(form):
            receipt = take(request, notice, **form.cleaned_data).receipt
            return redirect("registry:objection-receipt", receipt=receipt)
    context = {"form": form, "notice": notice}
    return unlisted(
        render(request, "registry/notices/object.html", context, status=422 if form.errors else 200)
    )


def take(
    request: ActorRequest, notice: PublicNotice, *, item: int | None, text: str, contact: str
) -> Objection:
    """Keep an objection from outside, counted against its limits; pages and API alike."""
    at = timezone.now()
    throttles.hit(source=client_address(request), at=at, **OBJECTIONS)
    throttles.hit(source=notice.public_id, at=at, **OBJECTIONS_TO_ONE)
    row = NoticeItem.objects.filter(notice=notice, position=item).first() if item else None
    if item and row is None:
        raise objections.unknown_item()
    return objections.make(by=request.actor, on=today(), notice=notice, item=row, text=text, contact=contact)


class LookUpForm(Form):
    receipt = forms.CharField(
        label=_("回执号"),
        max_length=40,
        help_text=_("12 位数字，提出异议时给您的。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "width-20"}),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: ActorRequest) -> HttpResponse:
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = by_receipt(request, form.cleaned_data["receipt"])
        if found is not None:
            return redirect("registry:objection-receipt", receipt=found.receipt)
        form.add_error("receipt", _("没有这个回执号。请核对 12 位数字，再试一次。"))
    context = {"form": form}
    return unlisted(
        render(request, "registry/notices/look_up.html", context, status=422 if form.errors else 200)
    )


@login_not_required
@require_safe
def receipt(request: ActorRequest, receipt: str) -> HttpResponse:
    """What has become of an objection, for whoever has its number; never what was written in it."""
    found = by_receipt(request, receipt)
    if found is None:
        return redirect("registry:objection-look-up")
    return unlisted(render(request, "registry/notices/receipt.html", {"objection": found}))


def by_receipt(request: ActorRequest, text: str) -> Objection | None:
    """The objection with this number, however its digits are grouped; wrong ones count."""
    at, source = timezone.now(), client_address(request)
    throttles.require_unspent(source=source, at=at, **RECEIPT_MISSES)
    digits = "".join(sign for sign in text if sign.isdecimal())
    rows = Objection.objects.select_related("notice", "item")
    found = rows.filter(receipt=digits).first() if len(digits) == objections.RECEIPT_DIGITS else None
    if found is None:
        throttles.hit(source=source, at=at, **RECEIPT_MISSES)
    return found

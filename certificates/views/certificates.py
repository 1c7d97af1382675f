"""One certificate for staff: what it says, its history, its files, and changing its status."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from certificates.actions import changes, copies
from certificates.faces import pdf as pdf_face
from certificates.faces import phone_image
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus, ReasonClass
from certificates.queries.changes import open_item
from certificates.rules.changes import Kind
from certificates.views import waiting, written
from certificates.views.cohorts import attachment
from certificates.views.printing import face_of
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen
from registry.views.posts import posted_from

REASONS: dict[str, list[ReasonClass]] = {
    Kind.WITHDRAW: [
        ReasonClass.ISSUED_IN_ERROR,
        ReasonClass.REQUIREMENTS_NOT_MET,
        ReasonClass.FRAUD,
        ReasonClass.HOLDER_REQUEST,
    ],
    Kind.SUSPEND: [ReasonClass.UNDER_REVIEW, ReasonClass.HOLDER_REQUEST],
}
"""What people may give as the reason for each."""


class NoteForm(Form):
    note = forms.CharField(
        label=_("内部说明"),
        max_length=300,
        required=False,
        help_text=_("只有工作人员能看到。"),
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(NoteForm):
    reasons: list[ReasonClass] = []

    reason_class = forms.ChoiceField(label=_("原因"), help_text=_("公开查验页会显示这一原因。"))
    field_order = ["reason_class", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_class"].choices = chosen((reason.value, reason.label) for reason in self.reasons)  # type: ignore[attr-defined]


class WithdrawForm(ReasonForm):
    reasons = REASONS[Kind.WITHDRAW]


class SuspendForm(ReasonForm):
    reasons = REASONS[Kind.SUSPEND]


@require_safe
def certificate(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, certificate_of(request, public_id))


@posted_from("certificates:certificate")
def pdf(request: ActorRequest, public_id: str) -> HttpResponse:
    """The sheet to print; made by a form, because it counts as a copy."""
    held = certificate_of(request, public_id)
    sheet = pdf_face.one(face_of(held))
    copies.record(by=request.actor, on=today(), certificates=[held])
    return attachment(sheet, f"{held.number}.pdf")


@posted_from("certificates:certificate")
def image(request: ActorRequest, public_id: str) -> HttpResponse:
    """The picture for a phone, counted like the sheet."""
    held = certificate_of(request, public_id)
    picture = phone_image.draw(face_of(held))
    copies.record(by=request.actor, on=today(), certificates=[held])
    return attachment(picture, f"{held.number}.png", "image/png")


@posted_from("certificates:certificate")
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    return _change(request, public_id, WithdrawForm, Kind.WITHDRAW)


@posted_from("certificates:certificate")
def suspend(request: ActorRequest, public_id: str) -> HttpResponse:
    return _change(request, public_id, SuspendForm, Kind.SUSPEND)


@posted_from("certificates:certificate")
def reinstate(request: ActorRequest, public_id: str) -> HttpResponse:
    return _change(request, public_id, NoteForm, Kind.REINSTATE)


def _change(request: ActorRequest, public_id: str, form_class: type[NoteForm], kind: Kind) -> HttpResponse:
    held = certificate_of(request, public_id)
    changes.require_may_ask(request.actor, kind, held.base)
    form = form_class(request.POST, prefix=_PREFIXES[form_class])
    if form.is_valid():
        with refusals.shown_on(form):
            change = changes.ask(
                by=request.actor, at=timezone.now(), kind=kind, certificate=held, **form.cleaned_data
            )
            messages.success(request, waiting.sentence(change))
            return redirect("certificates:certificate", public_id=held.public_id)
    return _page(request, held, form)


_PREFIXES: dict[type[NoteForm], str] = {
    WithdrawForm: "withdraw",
    SuspendForm: "suspend",
    NoteForm: "reinstate",
}


def certificate_of(request: ActorRequest, public_id: str) -> Certificate:
    """A certificate that the actor may read, as pages need it."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Certificate.objects.visible_to(request.actor).numbered()
    return one(
        seen.select_related("base__region", "person__region", "enrolment__cohort", "skill", "replaces"),
        public_id=public_id,
    )


def _page(request: ActorRequest, held: Certificate, form: NoteForm | None = None) -> HttpResponse:
    may_change = request.actor.may(Permission.CERTIFICATE_WITHDRAW, region_path=held.base.region.path)
    waits = open_item(held)
    offered: list[type[NoteForm]] = []
    if may_change and held.status == CertificateStatus.ISSUED:
        offered = [SuspendForm, WithdrawForm]
    elif may_change and held.status == CertificateStatus.SUSPENDED:
        offered = [NoteForm, WithdrawForm]
    if waits:  # one change at a time; what protects the public never waits for it
        offered = [kind for kind in offered if kind is SuspendForm]
    forms_shown = {
        _PREFIXES[kind]: form if type(form) is kind else kind(prefix=_PREFIXES[kind]) for kind in offered
    }
    context = {
        "certificate": held,
        **written.number_and_code(held.number, held.code),
        "events": held.events.all(),
        "forms": forms_shown,
        "form": form,
        "wrong_forms": [form] if form else [],
        "level": written.level(held.level),
        "waits": waits.change if waits else None,
        "when": waiting.when(waits.change) if waits else "",
        "newer": Certificate.objects.filter(replaces=held).first(),
        "may_correct": not waits
        and held.status == CertificateStatus.ISSUED
        and request.actor.may(
            Permission.CERTIFICATE_CORRECT, region_path=held.base.region.path, base_ids=[held.base_id]
        ),
        "may_see_person": request.actor.may_somewhere(Permission.PERSON_READ),
    }
    return render(request, "certificates/certificate.html", context, status=422 if form else 200)

"""One certificate for its holder: read aloud, shown as a big QR, downloaded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from certificates.faces import pdf as pdf_face
from certificates.faces import phone_image, qr
from certificates.limits import HOLDER_FILES
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.queries.holders import certificates_of
from certificates.views import spoken, written
from certificates.views.cohorts import attachment
from certificates.views.holder_sessions import for_holder
from certificates.views.printing import face_of
from registry.actions import throttles
from registry.models import Person
from registry.queries.lookup import one

# What can be shown and handed out. The others stay on the page, with the reason.
USABLE = (CertificateStatus.ISSUED, CertificateStatus.SUSPENDED)


@require_safe
@for_holder
def certificate(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    held = one(certificates_of(person), public_id=public_id)
    context = {
        "certificate": held,
        "usable": held.status in USABLE,
        "spoken": spoken.summary(held),
        "level": written.level(held.level),
        **written.number_and_code(held.number, held.code),
    }
    return render(request, "certificates/my/certificate.html", context)


@require_safe
@for_holder
def big_qr(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """The QR as wide as the phone, for somebody else's camera."""
    held = _usable(person, public_id)
    # M: a screen is never stained, and bigger modules help more (faces/qr.py).
    symbol = qr.draw(face_of(held).url, "M")
    context = {
        "certificate": held,
        "symbol": SafeString(symbol.svg()),
        **written.code_alone(held.code),
    }
    return render(request, "certificates/my/qr.html", context)


@require_safe
@for_holder
def pdf(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """The holder's own copy: it does not count as a print of the base's."""
    held = counted(_usable(person, public_id))
    return attachment(pdf_face.one(face_of(held)), f"{held.number}.pdf")


@require_safe
@for_holder
def image(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    held = counted(_usable(person, public_id))
    return attachment(phone_image.draw(face_of(held)), f"{held.number}.png", "image/png")


def _usable(person: Person, public_id: str) -> Certificate:
    return one(certificates_of(person).filter(status__in=USABLE), public_id=public_id)


def counted(held: Certificate) -> Certificate:
    """The certificate, once the file made of it is counted. Raises TooManyRequests."""
    throttles.hit(source=str(held.person_id), at=timezone.now(), **HOLDER_FILES)
    return held

"""A certificate as an Open Badge, to keep in a wallet or hand to a system: docs/open-badges.md."""

import json
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certificates.credentials import data_integrity, open_badge, vc_jwt
from certificates.credentials.open_badge import Award
from certificates.faces.face import Face
from certificates.keystore import key_store
from certificates.models import Certificate
from certificates.models.keys import KeyPurpose
from certificates.proof.status import locate
from certificates.queries import dids
from certificates.views.certificates import certificate_of
from certificates.views.cohorts import attachment
from certificates.views.printing import face_of
from registry.errors import InvalidInput
from registry.requests import ActorRequest, today


class Form(StrEnum):
    """How the badge is signed; the value is the `format` asked for and the file's ending."""

    JSON = "json"
    """JSON with a Data Integrity proof: what most wallets take."""
    JWT = "jwt"
    """A JWT: any JWT library checks it."""


MEDIA_TYPES = {Form.JSON: "application/vc", Form.JWT: "application/vc+jwt"}


@require_safe
def open_badge_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """The badge for staff to hand on: without the holder's name, which only the holder adds."""
    return file_of(certificate_of(request, public_id), form=asked_form(request))


def asked_form(request: HttpRequest) -> Form:
    """The form that `?format=` names, else the one that the Accept header does. Raises InvalidInput."""
    asked = request.GET.get("format")
    if asked is None:
        # Not what a browser accepts among anything else: the type itself must be named.
        return Form.JWT if MEDIA_TYPES[Form.JWT] in request.headers.get("Accept", "") else Form.JSON
    try:
        return Form(asked)
    except ValueError:
        raise InvalidInput(fields={"format": "field_choice"}) from None


def file_of(certificate: Certificate, *, form: Form, named: bool = False) -> HttpResponse:
    """The signed badge as a file; `named`: with the holder's name, for the holder alone to ask.

    Signed anew each time, and always the same while the key is: nothing is stored. Raises NoServiceKey,
    KeyFileMissing or KeyFileUnsafe.
    """
    text = signed(award_of(certificate), form=form, named=named, on=today())
    return attachment(text.encode(), f"{certificate.number}.{form}", MEDIA_TYPES[form])


def signed(award: Award, *, form: Form, named: bool, on: date) -> str:
    """The badge with the signature of the key that signs on this day."""
    purpose = KeyPurpose.SERVICE if form is Form.JWT else KeyPurpose.CREDENTIAL
    method = dids.method(purpose, on)
    signer = key_store().signer(method.kid)
    # A JWT leads to status lists that are JWTs, so that its verifier needs nothing else.
    suffix = ".jwt" if form is Form.JWT else ""
    badge = open_badge.credential(
        award, did=method.did, site=settings.PUBLIC_BASE_URL, named=named, list_suffix=suffix
    )
    if form is Form.JWT:
        return vc_jwt.sign(badge, method=method.id, signer=signer)
    proved = data_integrity.with_proof(badge, method=method.id, signer=signer)
    return json.dumps(proved, ensure_ascii=False, indent=1) + "\n"


def award_of(certificate: Certificate) -> Award:
    """What was printed, in the language it was printed in (the first of two). Needs `skill`."""
    face = face_of(certificate)
    status_list, place = locate(certificate.status_index)
    return Award(
        code=certificate.code,
        address=f"{settings.PUBLIC_BASE_URL}/C/{certificate.code}",
        language=face.language,
        title=face.title,
        holder_name=face.holder_name,
        course_name=face.course_name,
        skill_name=face.skill_name,
        skill_number=certificate.skill.number,
        description=_facts(face),
        narrative=face.words.statement,
        hours=face.hours,
        hours_name=face.words.hours,
        starts_on=face.starts_on,
        ends_on=face.ends_on,
        issued_on=face.issued_on,
        number=certificate.number or "",
        base_name=face.base_name,
        issuer_name=face.issuer_name,
        status_address=f"{settings.PUBLIC_BASE_URL}/status/{status_list}",
        status_place=place,
    )


def _facts(face: Face) -> str:
    """Skill, level and hours in the printed words: 技能：互联网营销师；等级：五级/初级工；课时：120。"""
    words, (colon, semicolon, stop) = face.words, (": ", "; ", ".") if face.language == "en" else "：；。"
    facts = [
        (words.skill, face.skill_name),
        (words.level, face.level_text),
        (words.hours, str(face.hours)),
    ]
    return semicolon.join(f"{label}{colon}{fact}" for label, fact in facts if fact) + stop

"""The faces of certificates: what is printed, in the words of the template they were issued with, now as then."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from certificates.faces import built_in
from certificates.faces.face import Face, Language, Picture, Second, Words
from certificates.models import Certificate, CertificateTemplate
from certificates.models.templates import CertificateLanguage
from certificates.proof import codes, fragment
from certificates.queries.templates import FIRST_LANGUAGE
from registry.requests import public_host


def face_of(certificate: Certificate) -> Face:
    """What is printed. Everything is as it was stored at issue, whatever was renamed or reworded since."""
    return faces_of([certificate])[0]


def faces_of(certificates: Sequence[Certificate]) -> list[Face]:
    """Those of many, in their order. One query for all their templates and pictures, none without a template."""
    ids = {one.template_id for one in certificates if one.template_id}
    held = CertificateTemplate.objects.select_related("logo", "seal").in_bulk(ids) if ids else {}
    return [_face(one, held.get(one.template_id or 0)) for one in certificates]


def _face(certificate: Certificate, template: CertificateTemplate | None) -> Face:
    language = FIRST_LANGUAGE[certificate.language]
    bilingual = certificate.language == CertificateLanguage.BILINGUAL
    skill_name = (certificate.skill_name_en if language == "en" else "") or certificate.skill_name
    return Face(
        language=language,
        words=words_of(template, language),
        title=certificate.title,
        holder_name=certificate.holder_name,
        course_name=certificate.course_name,
        skill_name=skill_name,
        level_text=built_in.LEVELS[language].get(certificate.level, ""),
        hours=certificate.hours,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        issued_on=certificate.issued_on,
        base_name=certificate.base_name,
        issuer_name=certificate.issuer_name,
        number=codes.format_number(certificate.number or ""),
        code=codes.format_code(certificate.code),
        url=fragment.url(settings.PUBLIC_BASE_URL, certificate.code, certificate.fragment),
        verify_address=verify_address(),
        second=second_of(template, certificate.skill_name_en, certificate.level)
        if bilingual and template
        else None,
        logo=picture_of(template, "logo"),
        seal=picture_of(template, "seal"),
    )


def words_of(template: CertificateTemplate | None, language: Language) -> Words:
    """The words of a template, with the labels of its language, which no template changes."""
    if template is None:
        return built_in.WORDS[language]
    return replace(
        built_in.WORDS[language],
        certifies=template.certifies,
        statement=template.statement,
        instruction=template.instruction,
    )


def second_of(template: CertificateTemplate, skill_name: str, level: int) -> Second:
    """What a certificate in two languages says in English."""
    return Second(
        language="en",
        words=replace(
            built_in.WORDS["en"],
            **built_in.SHORT_LABELS,
            certifies=template.certifies_en,
            statement=template.statement_en,
            instruction=template.instruction_en,
        ),
        title=template.title_en,
        skill_name=skill_name,
        level_text=built_in.LEVELS["en"].get(level, ""),
    )


def picture_of(template: CertificateTemplate | None, name: str) -> Picture | None:
    image = getattr(template, name) if template else None
    return Picture(png=bytes(image.png), alt=getattr(template, f"{name}_alt")) if image else None


def verify_address() -> str:
    return public_host() + "/verify/"

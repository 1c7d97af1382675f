"""Templates of certificates: which one a base prints with, and how the versions of a federation stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certificates.faces import built_in
from certificates.faces.face import Language
from certificates.models import CertificateTemplate
from certificates.models.templates import CertificateLanguage
from certificates.rules.templates import TemplateState
from registry.models import TrainingBase
from registry.queries.regions import nearest_first

FIRST_LANGUAGE: dict[str, Language] = {
    CertificateLanguage.ZH_HANS: "zh-Hans",
    CertificateLanguage.ZH_HANT: "zh-Hant",
    CertificateLanguage.EN: "en",
    CertificateLanguage.BILINGUAL: "zh-Hans",
}
"""In what a certificate is printed first; of two languages, what its reader meets first."""


@dataclass(frozen=True)
class Version:
    """A template with how it stands on the day asked about."""

    template: CertificateTemplate
    state: TemplateState


def template_for(base: TrainingBase, on: date) -> CertificateTemplate | None:
    """What the base's certificates of this day look like: the template in use of the nearest federation up the tree.

    None: no federation there has one, and the built-in words are printed. One query, without pictures.
    """
    begun = CertificateTemplate.objects.filter(in_use_from__lte=on)
    newest: dict[int, CertificateTemplate] = {}
    for template in nearest_first(begun, base.region, "-in_use_from", "-version"):
        newest.setdefault(template.federation_id, template)
    return next((one for one in newest.values() if one.ended_on is None or one.ended_on > on), None)


def versions(templates: Iterable[CertificateTemplate], on: date) -> list[Version]:
    """How each stands on the day. All versions of a federation must be among them."""
    held = list(templates)
    begins: dict[int, list[date]] = defaultdict(list)
    for one in held:
        if one.in_use_from:
            begins[one.federation_id].append(one.in_use_from)
    return [
        Version(
            one,
            one.state_on(
                on,
                newer_from=min(
                    (day for day in begins[one.federation_id] if one.in_use_from and day > one.in_use_from),
                    default=None,
                ),
            ),
        )
        for one in held
    ]


def version(template: CertificateTemplate, on: date) -> Version:
    """One of them. One query."""
    others = CertificateTemplate.objects.filter(federation_id=template.federation_id)
    return next(one for one in versions(others, on) if one.template.pk == template.pk)


def built_in_wording(language: str) -> dict[str, str]:
    """What a new template of this language begins with."""
    first = FIRST_LANGUAGE[language]
    words = built_in.WORDS[first]
    wording = {
        "title": built_in.TITLES[first],
        "certifies": words.certifies,
        "statement": words.statement,
        "instruction": words.instruction,
    }
    if language == CertificateLanguage.BILINGUAL:
        english = built_in.WORDS["en"]
        wording |= {
            "title_en": built_in.TITLES["en"],
            "certifies_en": english.certifies,
            "statement_en": english.statement,
            "instruction_en": english.instruction,
        }
    return wording

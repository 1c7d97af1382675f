"""Writes of certificate templates: a draft is written and changed, somebody else puts it in use, and then it is fixed."""

import hashlib
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from certificates.errors import (
    SecondPersonNeeded,
    TemplateDayTaken,
    TemplateFixed,
    TemplateNotInUse,
    TemplatePicturesUnseen,
)
from certificates.faces import fonts, pictures
from certificates.faces.errors import MissingGlyph, PictureUnfit
from certificates.models import CertificateTemplate, TemplateImage
from certificates.models.templates import CertificateLanguage
from certificates.queries.templates import built_in_wording, version
from certificates.rules import wording
from certificates.rules.templates import TemplateState
from registry.actions import audit
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Federation
from registry.rules.access import Actor, Permission, require

WORDING = ("title", "certifies", "statement", "instruction")
WORDING_EN = tuple(f"{name}_en" for name in WORDING)
BOXES = {"logo": pictures.LOGO, "seal": pictures.SEAL}
ALTS = tuple(f"{name}_alt" for name in BOXES)


@transaction.atomic
def draft(*, by: Actor, on: date, federation: Federation, language: str) -> CertificateTemplate:
    """The next version of a federation's template, to be written: like its newest in this language, or as built in.

    Raises NotPermitted, InvalidInput.
    """
    require(by, Permission.CERTIFICATE_TEMPLATE_EDIT, region_path=federation.region.path)
    require_valid(CertificateTemplate, language=language)
    # The federation's row, so that two drafts of a moment get two numbers.
    Federation.objects.select_for_update(no_key=True).get(pk=federation.pk)
    held = CertificateTemplate.objects.filter(federation=federation)
    last = held.order_by("-version").first()
    like = held.filter(language=language).order_by("-version").first()
    made = CertificateTemplate(
        federation=federation,
        version=last.version + 1 if last else 1,
        language=language,
        drafted_on=on,
        drafted_by=by.name,
        drafter_id=by.account_id,
        **built_in_wording(language),
    )
    if like is not None:
        for name in (*WORDING, *WORDING_EN, "logo_id", "logo_alt", "seal_id", "seal_alt"):
            setattr(made, name, getattr(like, name))
    made.save()
    _audit("drafted", made, by=by, on=on, language=language)
    return made


@transaction.atomic
def edit(
    *,
    by: Actor,
    on: date,
    template: CertificateTemplate,
    logo: bytes | None = None,
    seal: bytes | None = None,
    remove: tuple[str, ...] = (),
    **texts: str,
) -> CertificateTemplate:
    """Change the words of a draft, and its pictures: `logo` and `seal` as uploaded, `remove` names those to take away.

    Raises NotPermitted, TemplateFixed, InvalidInput.
    """
    template = _locked(template)
    require(by, Permission.CERTIFICATE_TEMPLATE_EDIT, region_path=template.federation.region.path)
    if not template.is_draft:
        raise TemplateFixed()
    for name, text in texts.items():
        if name not in (*WORDING, *WORDING_EN, "logo_alt", "seal_alt"):
            raise TypeError(f"A template has no editable {name}.")
        setattr(template, name, text.strip())
    for name, data in {"logo": logo, "seal": seal}.items():
        if data is not None:
            setattr(template, name, _kept(name, data))
        elif name in remove:
            setattr(template, name, None)
        if getattr(template, name) is None:
            setattr(template, f"{name}_alt", "")
    _check(template)
    template.drafted_by, template.drafter_id, template.drafted_on = by.name, by.account_id, on
    template.save()
    _audit("edited", template, by=by, on=on, logo=bool(template.logo_id), seal=bool(template.seal_id))
    return template


@transaction.atomic
def put_in_use(
    *, by: Actor, on: date, template: CertificateTemplate, begins: date, pictures_seen: bool = False
) -> CertificateTemplate:
    """From the day `begins` certificates are issued with it; from now on it is fixed.

    `pictures_seen`: whoever approves has looked at logo and seal, and they disclose nothing.
    Raises NotPermitted, SecondPersonNeeded, TemplateFixed, TemplateDayTaken, InvalidInput, TemplatePicturesUnseen.
    """
    template = _locked(template)
    require(by, Permission.CERTIFICATE_TEMPLATE_APPROVE, region_path=template.federation.region.path)
    if not template.is_draft:
        raise TemplateFixed()
    # The system's commands load what was approved elsewhere, and stand for two people.
    if not by.is_system and template.drafter_id == by.account_id:
        raise SecondPersonNeeded()
    if begins < on:
        raise InvalidInput(fields={"begins": "template_begins_past"})
    if (template.logo_id or template.seal_id) and not pictures_seen:
        raise TemplatePicturesUnseen(fields={"pictures_seen": "template_pictures_unseen"})
    _check(template)
    template.in_use_from, template.approved_by = begins, by.name
    try:
        with transaction.atomic():
            template.save(update_fields=["in_use_from", "approved_by"])
    except IntegrityError:  # certificates_template_one_begins_a_day
        raise TemplateDayTaken(field="begins") from None
    _audit("put_in_use", template, by=by, on=on, begins=begins.isoformat())
    return template


@transaction.atomic
def end(*, by: Actor, on: date, template: CertificateTemplate) -> CertificateTemplate:
    """From today on certificates are issued with the template of a federation above, or the built-in one.

    One whose day is still to come is a draft again. Certificates issued with it print as before.
    Raises NotPermitted, TemplateNotInUse.
    """
    template = _locked(template)
    require(by, Permission.CERTIFICATE_TEMPLATE_APPROVE, region_path=template.federation.region.path)
    state = version(template, on).state
    if state == TemplateState.WAITING:
        template.in_use_from, template.approved_by = None, ""
    elif state == TemplateState.IN_USE:
        template.ended_on = on
    else:
        raise TemplateNotInUse()
    template.save(update_fields=["in_use_from", "approved_by", "ended_on"])
    _audit("ended" if template.ended_on else "called_back", template, by=by, on=on)
    return template


@transaction.atomic
def discard(*, by: Actor, on: date, template: CertificateTemplate) -> None:
    """Throw a draft away. Raises NotPermitted, TemplateFixed."""
    template = _locked(template)
    require(by, Permission.CERTIFICATE_TEMPLATE_EDIT, region_path=template.federation.region.path)
    if not template.is_draft:
        raise TemplateFixed()
    _audit("discarded", template, by=by, on=on)
    template.delete()


def _kept(name: str, data: bytes) -> TemplateImage:
    try:
        png = pictures.taken(data, BOXES[name])
    except PictureUnfit as error:
        reason = error.facts["reason"]
        raise InvalidInput(fields={name: f"picture_{reason}"}, limit=error.facts.get("limit")) from None
    digest = hashlib.sha256(png).hexdigest()
    return TemplateImage.objects.get_or_create(sha256=digest, defaults={"png": png})[0]


def _check(template: CertificateTemplate) -> None:
    """Every text fits its column, is there where it is needed, discloses nothing and can be printed."""
    bilingual = template.language == CertificateLanguage.BILINGUAL
    alts = [f"{name}_alt" for name in BOXES if getattr(template, f"{name}_id")]
    needed = (*WORDING, *(WORDING_EN if bilingual else ()), *alts)
    texts = {name: getattr(template, name) for name in (*WORDING, *WORDING_EN, *ALTS)}
    require_valid(CertificateTemplate, **{name: text for name, text in texts.items() if text})
    if missing := {name: "field_missing" for name in needed if not texts[name]}:
        raise InvalidInput(fields=missing)
    for name, text in texts.items():
        if word := wording.disclosing_word(text, settings.DISCLOSING_WORDS):
            raise InvalidInput(fields={name: "wording_discloses"}, word=word)
        if name.startswith("title") and (word := wording.misleading_word(text)):
            raise InvalidInput(fields={name: "title_misleads"}, word=word)
        try:
            fonts.require_glyphs([text])
        except MissingGlyph as error:
            raise InvalidInput(fields={name: error.code}, **error.facts) from None


def _locked(template: CertificateTemplate) -> CertificateTemplate:
    return lock(template, "federation__region")


def _audit(verb: str, template: CertificateTemplate, *, by: Actor, on: date, **more: Any) -> None:
    audit.record(
        f"certificate_template.{verb}",
        template,
        by=by,
        region_path=template.federation.region.path,
        on=on.isoformat(),
        version=template.version,
        **more,
    )

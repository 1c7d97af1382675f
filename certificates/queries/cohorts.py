"""A cohort on its way to certificates: what will be printed, who gets one, who does not and why."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from certificates.errors import (
    CohortNotCompleted,
    NameDiscloses,
    NotAccredited,
    SkillNotIssuable,
    TitleDiscloses,
    TitleLength,
    TitleMisleads,
    TitleSetByTemplate,
    TrainingNotOver,
)
from certificates.models import Certificate, CertificateTemplate, SigningKey
from certificates.models.certificates import CertificateStatus
from certificates.models.templates import CertificateLanguage
from certificates.queries.keys import signing_key_for
from certificates.queries.templates import template_for
from certificates.rules import wording
from certificates.rules.wording import DEFAULT_TITLE
from courses.models import Cohort, Enrolment
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from registry.queries import bases

LONGEST_TITLE = 60


@dataclass(frozen=True)
class Printed:
    """What is the same on every certificate of a cohort, and the key that signs them."""

    title: str
    course_name: str
    skill_name: str
    level: int
    hours: int
    starts_on: date
    ends_on: date
    issued_on: date
    base_name: str
    issuer_name: str
    """May be empty: a federation's name that discloses a disability is left out."""
    key: SigningKey
    template: CertificateTemplate | None = None
    """None: the built-in words."""
    language: str = CertificateLanguage.ZH_HANS
    skill_name_en: str = ""
    """Beside or instead of the Chinese one, where the certificate has English; "" when it would disclose."""


@dataclass(frozen=True)
class Overview:
    """Where a cohort's certificates stand, in the order people were enrolled."""

    ready: list[Enrolment]
    """Completed the course and have no certificate yet."""
    issued: list[Certificate]
    not_earned: list[Enrolment]
    """Failed, withdrew, or not decided yet: `outcome` and `outcome_rule` say which."""
    base_name_discloses: str
    """The word in the base's printed name that gives a disability away, or "": warned of, not refused."""


def printed(cohort: Cohort, *, title: str, on: date) -> Printed:
    """What certificates of this cohort, issued on this day, would say; checks all but the trainees.

    The template of the nearest federation up the tree decides the title; without one, `title` does.

    The base must have been accredited when the cohort started and be so on the day of issue. Raises
    SkillNotIssuable, CohortNotCompleted, TrainingNotOver, NotAccredited, TitleDiscloses, TitleMisleads, TitleLength,
    TitleSetByTemplate, NameDiscloses or NoSigningKey. Three queries; `cohort` comes with base, region, course and skill.
    """
    base, course, skill = cohort.base, cohort.course, cohort.course.skill
    if not skill.base_may_issue:
        raise SkillNotIssuable(skill=skill.code)
    if cohort.state not in (CohortState.COMPLETED, CohortState.CLOSED):
        raise CohortNotCompleted(state=cohort.state)
    if on < cohort.ends_on:
        raise TrainingNotOver(ends_on=cohort.ends_on.isoformat())
    if day := bases.first_day_without_plaque(base, (cohort.starts_on, on)):
        raise NotAccredited(on=day.isoformat())
    extra = settings.DISCLOSING_WORDS
    template = template_for(base, on)
    title = title.strip()
    if template is not None:
        if title not in ("", DEFAULT_TITLE, template.title):
            raise TitleSetByTemplate(title=template.title)
        title = template.title
    if not 0 < len(title) <= LONGEST_TITLE:
        raise TitleLength(limit=LONGEST_TITLE)
    if word := wording.disclosing_word(title, extra):
        raise TitleDiscloses(word=word)
    if word := wording.misleading_word(title):
        raise TitleMisleads(word=word)
    language = CertificateLanguage(template.language) if template else CertificateLanguage.ZH_HANS
    names = {
        "course": wording.neutral_name(course.name, extra),
        "skill": wording.neutral_name(
            skill.name_in("zh-hant" if language == "zh-hant" else "zh-hans"), extra
        ),
    }
    for field, name in names.items():
        if not name:
            raise NameDiscloses(field=field)
    key = signing_key_for(base, on)
    issuer_name = key.owner_name
    return Printed(
        title=title,
        course_name=names["course"],
        skill_name=names["skill"],
        level=course.level,
        hours=course.total_hours,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        issued_on=on,
        base_name=base.public_name,
        issuer_name="" if wording.disclosing_word(issuer_name, extra) else issuer_name,
        key=key,
        template=template,
        language=language,
        skill_name_en=wording.neutral_name(skill.name_en, extra) if "en" in language else "",
    )


def earned() -> QuerySet[Enrolment]:
    """Enrolments that completed the course and have no certificate."""
    certified = Certificate.objects.filter(enrolment=OuterRef("pk")).exclude(
        status=CertificateStatus.REPLACED
    )
    return Enrolment.objects.filter(~Exists(certified), outcome=Outcome.COMPLETED)


def ready(cohort: Cohort) -> QuerySet[Enrolment]:
    """Those of one cohort, in the order they were enrolled."""
    return earned().filter(cohort=cohort).select_related("person").order_by("pk")


def issued(cohort: Cohort) -> QuerySet[Certificate]:
    """The cohort's certificates that were not replaced, in the order people were enrolled."""
    return (
        Certificate.objects.numbered()
        .filter(enrolment__cohort=cohort)
        .exclude(status=CertificateStatus.REPLACED)
        .order_by("enrolment_id")
    )


def overview(cohort: Cohort) -> Overview:
    """Three queries, whatever the cohort's size."""
    others = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.COMPLETED)
    return Overview(
        ready=list(ready(cohort)),
        issued=list(issued(cohort)),
        not_earned=list(others.select_related("person").order_by("pk")),
        base_name_discloses=wording.disclosing_word(cohort.base.public_name, settings.DISCLOSING_WORDS),
    )

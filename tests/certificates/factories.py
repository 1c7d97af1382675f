"""Rows of `certificates` for tests, made by the actions that the site uses."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import qrcode
from django.utils import timezone
from PIL import Image

from certificates.actions import certificates, changes, external, keys, policies, reports
from certificates.models import Certificate, CertificateReport, Change, ExternalCertificate, SigningKey
from certificates.rules.changes import Policy
from courses.models import Cohort, Course, Enrolment
from courses.models.enrolments import Outcome
from registry.models import Federation, Person, TrainingBase
from registry.rules.access import ANONYMOUS, SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort, a_course, a_skill
from tests.registry.factories import a_base, a_federation, a_person, an_accreditation, an_actor

ISSUED_ON = TODAY + timedelta(days=20)
"""After the end of the cohorts that `tests.courses.factories` makes."""
AT = timezone.make_aware(datetime.combine(ISSUED_ON, time(9)))
"""The morning of that day."""


def a_signing_key(owner: Federation | None = None, not_before: date = date(2022, 1, 1)) -> SigningKey:
    """A key of a federation, Tianshui's unless another is given, and those of the installation."""
    owner = owner or a_federation("620500")
    keys.equip(by=SYSTEM, on=not_before)
    return keys.create(by=SYSTEM, on=not_before, owner=owner, not_before=not_before)


def an_issuing_base(region: str = "620502") -> TrainingBase:
    """An accredited base of a region whose certificates can be signed."""
    base = a_base(region)
    an_accreditation(base)
    if not SigningKey.objects.filter(owner__region__code__in=base.region.ancestor_codes).exists():
        a_signing_key(a_federation(f"{region[:4]}00"))
    return base


def a_cohort_to_certify(
    people: Sequence[Person] | int = 1,
    *,
    base: TrainingBase | None = None,
    course: Course | None = None,
    skill: str = "livestreaming",
) -> Cohort:
    """A completed cohort at an accredited base; everybody passed."""
    base = base or (course.base if course else an_issuing_base())
    return a_completed_cohort(base, people=people, course=course or a_course(base, skill=skill))


def an_earned_enrolment(person: Person | None = None, **values: Any) -> Enrolment:
    """An enrolment that completed the course and has no certificate yet."""
    cohort = a_cohort_to_certify(people=[person] if person else 1, **values)
    return cohort.enrolments.get(outcome=Outcome.COMPLETED)


def an_issued_certificate(
    person: Person | None = None, *, by: Actor = SYSTEM, on: date = ISSUED_ON, **values: Any
) -> Certificate:
    """A certificate in force, for livestreaming unless another `skill` is given."""
    return certificates.issue(by=by, on=on, enrolment=an_earned_enrolment(person, **values))


def issued_cohort(people: Sequence[Person] | int = 3, **values: Any) -> tuple[Cohort, list[Certificate]]:
    """A cohort whose certificates are issued, and those in the order of issue."""
    cohort = a_cohort_to_certify(people, **values)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    return cohort, list(Certificate.objects.filter(enrolment__cohort=cohort).order_by("pk"))


def a_chain(length: int) -> list[Certificate]:
    """A certificate that was replaced, and what replaced it, and so on, oldest first; the last is in force."""
    chain = [an_issued_certificate(a_person(n), on=ISSUED_ON + timedelta(days=n)) for n in range(length)]
    for old, new in pairwise(chain):
        Certificate.objects.filter(pk=old.pk).update(status="replaced", reason_class="corrected")
        Certificate.objects.filter(pk=new.pk).update(replaces=old)
    return chain


def a_photo(*texts: str, form: str = "PNG") -> bytes:
    """A picture of these texts' QR codes side by side on white paper."""
    paper = Image.new("L", (60 + 500 * max(len(texts), 1), 560), 255)
    for n, text in enumerate(texts):
        drawn = qrcode.make(text, border=4).get_image().convert("L")
        paper.paste(drawn.resize((500, 500), Image.Resampling.NEAREST), (30 + 500 * n, 30))
    file = io.BytesIO()
    paper.save(file, form)
    return file.getvalue()


def a_policy(region: str = "620500", **values: Any) -> None:
    """What a federation asks of changes; only what is given differs from the default."""
    federation = a_federation(region)
    policies.decide(by=SYSTEM, on=ISSUED_ON, federation=federation, **vars(Policy()) | values)


def an_approver(region: str = "620500") -> Actor:
    return an_actor("approver", a_federation(region))


def a_waiting_withdrawal(certificate: Certificate) -> Change:
    """Asked for by an approver of the city; it waits for another one."""
    a_policy(two_people_withdraw=True)
    return changes.ask(
        by=an_approver(), at=AT, kind="withdraw", certificate=certificate, reason_class="fraud"
    )


def an_external_certificate(
    person: Person | None = None, *, by: Actor = SYSTEM, skill: str = "livestreaming", **values: Any
) -> ExternalCertificate:
    """A recorded certificate of another authority, not verified yet."""
    asked: dict[str, Any] = {
        "by": by,
        "on": TODAY,
        "person": person or a_person(),
        "skill": a_skill(skill),
        "family": "skill_level",
        "number": f"S{ExternalCertificate.objects.count() + 1:014d}5000001",
        "issuer": "甘肃省职业技能鉴定中心",
        "issued_on": date(2024, 1, 15),
        "level": 5,
    }
    return external.record(**asked | values)


def a_report(about: Certificate | str, **values: Any) -> CertificateReport:
    """A report from the public about a certificate, or about a code that no certificate has."""
    asked: dict[str, Any] = {
        "by": ANONYMOUS,
        "on": ISSUED_ON,
        "code": about if isinstance(about, str) else about.code,
        "reason": "paper_differs",
        "text": "纸上写的是三级，查验页写的是五级",
        "contact": "010-88886666",
    }
    return reports.make(**asked | values)

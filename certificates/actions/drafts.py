"""The three steps of issuing one certificate: store a draft, sign what was stored, give it its number."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from certificates.actions import series
from certificates.errors import NotSignable, SignatureNotGood
from certificates.faces import fonts
from certificates.keystore import key_store
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus as Status
from certificates.proof import codes, fragment
from certificates.proof.claims import Claims
from certificates.proof.errors import ProofError
from certificates.proof.keys import TrustBundle
from certificates.proof.sign import Signer, sign
from certificates.proof.verify import verify
from certificates.queries.cohorts import Printed, printed
from certificates.queries.keys import decode, public_key
from certificates.rules import status_indexes
from courses.models import Cohort, Enrolment
from registry.models import Person
from registry.rules.access import Actor, Permission, require


@dataclass(frozen=True)
class Desk:
    """What the certificates of one cohort share, looked up once."""

    by: Actor
    cohort: Cohort
    printed: Printed
    signer: Signer
    bundle: TrustBundle


def open_desk(*, by: Actor, on: date, cohort: Cohort, title: str) -> Desk:
    """Raises NotPermitted and what `queries.cohorts.printed` raises."""
    cohort = Cohort.objects.select_related("base__region", "course__skill").get(pk=cohort.pk)
    require(by, Permission.CERTIFICATE_ISSUE, region_path=cohort.base.region.path, base_ids=[cohort.base_id])
    words = printed(cohort, title=title, on=on)
    key = words.key
    return Desk(
        by=by,
        cohort=cohort,
        printed=words,
        signer=key_store().signer(decode(key.kid)),
        bundle=TrustBundle(as_of=on, keys=(public_key(key),)),
    )


def current(enrolment: Enrolment) -> Certificate | None:
    """The certificate that an enrolment has now, in whatever status."""
    return Certificate.objects.filter(enrolment=enrolment).exclude(status=Status.REPLACED).first()


def store(desk: Desk, enrolment: Enrolment, person: Person) -> Certificate:
    """The certificate as it will be signed and printed, stored and read back.

    Another process may have taken the code or the place in the status list in this very moment, which is
    rare and mended by drawing again; or issued this enrolment, and then that certificate is the answer
    (constraint certificates_one_current_per_enrolment).
    """
    words = desk.printed
    name = unicodedata.normalize("NFC", person.name)
    fonts.require_glyphs(
        [name, words.title, words.course_name, words.skill_name, words.base_name, words.issuer_name]
    )
    for attempts_left in reversed(range(5)):
        try:
            with transaction.atomic():
                made = Certificate.objects.create(
                    code=codes.new_code(secrets.token_bytes),
                    enrolment=enrolment,
                    person=person,
                    skill=desk.cohort.course.skill,
                    base=desk.cohort.base,
                    title=words.title,
                    holder_name=name,
                    course_name=words.course_name,
                    skill_name=words.skill_name,
                    level=words.level,
                    hours=words.hours,
                    starts_on=words.starts_on,
                    ends_on=words.ends_on,
                    issued_on=words.issued_on,
                    base_name=words.base_name,
                    issuer_name=words.issuer_name,
                    status=Status.DRAFT,
                    status_since=words.issued_on,
                    status_index=_free_status_index(),
                )
        except IntegrityError:
            existing = current(enrolment)
            if existing:
                return existing
            if not attempts_left:
                raise
        else:
            return Certificate.objects.select_related("base", "skill").get(pk=made.pk)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _free_status_index() -> int:
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    places = status_indexes.block_for(last)
    drawn = [places.start + secrets.randbelow(len(places)) for _ in range(8)]
    taken = set(
        Certificate.objects.filter(status_index__in=drawn).order_by().values_list("status_index", flat=True)
    )
    # At most half the places are taken, so all eight are once in 256 times: the insert fails and draws anew.
    return next((place for place in drawn if place not in taken), drawn[0])


def signed(desk: Desk, draft: Certificate) -> str:
    """The fragment over what was stored, checked as any verifier would. Raises NotSignable, SignatureNotGood."""
    try:
        claims = Claims(
            name=draft.holder_name,
            skill=draft.skill.number,
            level=draft.level,
            hours=draft.hours,
            issued_on=draft.issued_on,
            base=draft.base.serial,
            status_index=draft.status_index,
        )
    except ProofError as error:
        raise NotSignable(reason=error.code) from None
    digits = fragment.to_digits(sign(claims, code=draft.code, signer=desk.signer))
    try:
        verified = verify(draft.code, digits, desk.bundle)
    except ProofError as error:
        raise SignatureNotGood(reason=error.code) from None
    if verified.claims != claims:
        raise SignatureNotGood(reason="claims_differ")
    return digits


def number(desk: Desk, draft: Certificate) -> None:
    """Gives the signed draft its number and puts it in force. Raises NotSignable."""
    base, year = desk.cohort.base, draft.issued_on.year
    sequence = series.take(base=base, year=year)
    try:
        draft.number = codes.make_number(
            region_code=base.number_prefix[:4],
            year=year,
            base_serial=int(base.number_prefix[4:]),
            sequence=sequence,
        )
    except ProofError as error:
        raise NotSignable(reason=error.code) from None
    draft.status, draft.signing_key = Status.ISSUED, desk.printed.key
    draft.save(update_fields=["number", "fragment", "status", "signing_key"])

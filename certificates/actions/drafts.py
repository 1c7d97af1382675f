"""The one way to a certificate, a list at a time: store drafts, sign what was stored, give it its number.

`blank` makes what would be stored, `check` says whether it can be, `put_in_force` does it. A first issue and a
replacement differ only in the rows that they hand in. Nothing here opens a transaction for the whole: the
caller's holds the people first (`actions/history.py` says what follows), so that all of it stands or none.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction

from certificates.actions import series
from certificates.errors import NotSignable, SignatureNotGood
from certificates.faces import fonts
from certificates.keystore import key_store
from certificates.models import Certificate, SigningKey
from certificates.models.certificates import CertificateStatus as Status
from certificates.proof import base64url, codes, fragment
from certificates.proof.claims import Claims
from certificates.proof.errors import ProofError
from certificates.proof.sign import Signer, sign
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify
from certificates.queries.cohorts import Printed
from certificates.queries.keys import public_key
from certificates.rules import status_indexes
from courses.models import Cohort, Enrolment
from registry.models import TrainingBase
from registry.models.batches import BATCH_ROWS

DRAWS = 5
"""Attempts to find codes and places that nobody else takes in the same moment."""


@dataclass(frozen=True)
class Desk:
    """Where the certificates of one base are signed and numbered on one day, looked up once."""

    base: TrainingBase
    on: date
    key: SigningKey
    signer: Signer
    bundle: TrustBundle


def open_desk(*, base: TrainingBase, on: date, key: SigningKey) -> Desk:
    """The desk of a base with the key that signs for it. Raises KeyFileMissing or KeyFileUnsafe."""
    return Desk(
        base=base,
        on=on,
        key=key,
        signer=key_store().signer(base64url.decode(key.kid)),
        bundle=TrustBundle(as_of=on, keys=(public_key(key),)),
    )


def blank(words: Printed, *, cohort: Cohort, enrolment: Enrolment, name: str) -> Certificate:
    """What would be printed for a trainee, not stored yet. `cohort` comes with base, course and skill."""
    return Certificate(
        enrolment_id=enrolment.pk,
        person_id=enrolment.person_id,
        skill=cohort.course.skill,
        base=cohort.base,
        template=words.template,
        language=words.language,
        title=words.title,
        holder_name=unicodedata.normalize("NFC", name),
        course_name=words.course_name,
        skill_name=words.skill_name,
        skill_name_en=words.skill_name_en,
        level=words.level,
        hours=words.hours,
        starts_on=words.starts_on,
        ends_on=words.ends_on,
        issued_on=words.issued_on,
        base_name=words.base_name,
        issuer_name=words.issuer_name,
    )


def check(draft: Certificate) -> None:
    """Whether this can be printed and signed. Raises MissingGlyph or NotSignable; no query, nothing stored."""
    fonts.require_glyphs(
        [
            *(draft.holder_name, draft.title, draft.course_name, draft.skill_name, draft.skill_name_en),
            *(draft.base_name, draft.issuer_name),
        ]
    )
    _claims(draft, status_index=0)


def put_in_force(desk: Desk, drafts: Sequence[Certificate]) -> list[Certificate]:
    """Store, sign and number these, which passed `check`; the certificates in the order given.

    All are of the desk's base and dated on its day. The caller's transaction holds their people and has seen
    that their enrolments have no other certificate: a replaced one is saved as replaced before.
    Raises SignatureNotGood or NotSignable (`number_part`: the series is used up); then nothing must be kept.
    """
    if not drafts:
        return []
    stored = _store(desk, drafts)
    for certificate in stored:
        certificate.fragment = _signed(desk, certificate)
    _number(desk, stored)
    return stored


def _store(desk: Desk, drafts: Sequence[Certificate]) -> list[Certificate]:
    """Each with a code and a place of its own, as read back from the database.

    Another process may have taken one in this very moment, which is rare and mended by drawing again.
    """
    for draft in drafts:
        draft.status, draft.status_since = Status.DRAFT, desk.on
    for attempts_left in reversed(range(DRAWS)):
        for draft, place in zip(drafts, _free_places(len(drafts)), strict=True):
            # Without the id that a failed attempt gave.
            draft.pk, draft.code, draft.status_index = None, codes.new_code(secrets.token_bytes), place
        try:
            with transaction.atomic():
                Certificate.objects.bulk_create(drafts, batch_size=BATCH_ROWS)
            break
        except IntegrityError:
            if not attempts_left:
                raise
    held = Certificate.objects.select_related("base", "skill").in_bulk([draft.pk for draft in drafts])
    return [held[draft.pk] for draft in drafts]


def _free_places(count: int) -> list[int]:
    """This many places of the status list that nobody has, at random."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    block = status_indexes.block_for(last)
    free: dict[int, None] = {}
    while len(free) < count:
        # At most half the places of a block are taken, so three draws for each nearly always hold enough.
        drawn = [block.start + secrets.randbelow(len(block)) for _ in range(3 * count + 8)]
        held = Certificate.objects.filter(status_index__in=drawn).order_by()
        taken = set(held.values_list("status_index", flat=True))
        # As drawn, not sorted: the order of the people must not show in the order of their places.
        free.update(dict.fromkeys(place for place in drawn if place not in taken))
    return list(free)[:count]


def _claims(certificate: Certificate, *, status_index: int) -> Claims:
    try:
        return Claims(
            name=certificate.holder_name,
            skill=certificate.skill.number,
            level=certificate.level,
            hours=certificate.hours,
            issued_on=certificate.issued_on,
            base=certificate.base.serial,
            status_index=status_index,
        )
    except ProofError as error:
        raise NotSignable(reason=error.code) from None


def _signed(desk: Desk, stored: Certificate) -> str:
    """The fragment over what was stored, checked as any verifier would."""
    claims = _claims(stored, status_index=stored.status_index)
    digits = fragment.to_digits(sign(claims, code=stored.code, signer=desk.signer))
    try:
        verified = verify(stored.code, digits, desk.bundle)
    except ProofError as error:
        raise SignatureNotGood(reason=error.code) from None
    if verified.claims != claims:
        raise SignatureNotGood(reason="claims_differ")
    return digits


def _number(desk: Desk, signed: Sequence[Certificate]) -> None:
    """Numbers that follow one another, in the order given, and with them the certificates are in force."""
    prefix, year = desk.base.number_prefix, desk.on.year
    numbers = series.take(base=desk.base, year=year, count=len(signed))
    for sequence, certificate in zip(numbers, signed, strict=True):
        try:
            certificate.number = codes.make_number(
                region_code=prefix[:4], year=year, base_serial=int(prefix[4:]), sequence=sequence
            )
        except ProofError as error:
            raise NotSignable(reason=error.code) from None
        certificate.status, certificate.signing_key = Status.ISSUED, desk.key
    table = connection.ops.quote_name(Certificate._meta.db_table)
    with connection.cursor() as cursor:
        # As SQL: bulk_update takes longer to put its CASE together than all the rest of a batch.
        cursor.executemany(
            f"UPDATE {table} SET number = %s, fragment = %s, status = %s, signing_key_id = %s WHERE id = %s",
            [(one.number, one.fragment, one.status, one.signing_key_id, one.pk) for one in signed],
        )

"""Issuing certificates."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from certificates import errors
from certificates.actions import certificates, drafts
from certificates.models import Certificate, CertificateEvent, NumberSeries
from certificates.proof import codes
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify
from certificates.queries.keys import trust_bundle
from certificates.queries.skills import skill_counts
from courses.models import Enrolment, Skill
from registry.actions import bases
from registry.errors import NotPermitted
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM
from tests.certificates.factories import (
    ISSUED_ON,
    a_cohort_to_certify,
    a_signing_key,
    an_earned_enrolment,
    an_issued_certificate,
    an_issuing_base,
)
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort, a_course
from tests.registry.factories import a_base, a_federation, an_accreditation, an_actor

pytestmark = pytest.mark.django_db


def issue(enrolment: Enrolment, **values: Any) -> Certificate:
    return certificates.issue(**{"by": SYSTEM, "on": ISSUED_ON, "enrolment": enrolment} | values)


def nothing_is_written() -> bool:
    return not (
        Certificate.objects.exists() or NumberSeries.objects.exists() or CertificateEvent.objects.exists()
    )


def test_a_certificate_is_numbered_signed_and_counted() -> None:
    certificate = an_issued_certificate()

    certificate.refresh_from_db()
    assert certificate.status == "issued"
    assert codes.parse_number(str(certificate.number)) == certificate.number
    verified = verify(certificate.code, certificate.fragment, trust_bundle(ISSUED_ON))
    assert verified.claims.name == certificate.holder_name
    assert verified.claims.base == certificate.base.serial
    assert verified.claims.status_index == certificate.status_index
    assert skill_counts([certificate.person_id], ISSUED_ON) == {certificate.person_id: 1}
    assert [event.verb for event in certificate.events.all()] == ["issued"]
    assert AuditEvent.objects.filter(verb="certificate.issued", subject_id=certificate.public_id).count() == 1


def test_asking_again_gives_the_same_certificate_and_takes_no_number() -> None:
    enrolment = an_earned_enrolment()

    first, second = issue(enrolment), issue(enrolment)

    assert first == second
    assert NumberSeries.objects.get().last == 1
    assert CertificateEvent.objects.count() == 1


def test_a_withdrawn_certificate_is_not_issued_anew() -> None:
    certificate = an_issued_certificate()
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    assert issue(certificate.enrolment).status == "withdrawn"


def test_numbers_of_a_base_and_year_follow_one_another_and_start_again_each_year() -> None:
    cohort = a_cohort_to_certify(3)
    one, two, three = cohort.enrolments.order_by("pk")
    new_year = date(ISSUED_ON.year + 1, 1, 2)

    numbers = [issue(one).number, issue(two).number, issue(three, on=new_year).number]

    assert [str(number)[4:19] for number in numbers] == [
        f"2024{cohort.base.number_prefix[4:]}P000001",
        f"2024{cohort.base.number_prefix[4:]}P000002",
        f"2025{cohort.base.number_prefix[4:]}P000001",
    ]


def test_what_was_printed_stays_when_names_change() -> None:
    certificate = an_issued_certificate()
    Person.objects.update(name="改名后")
    Skill.objects.update(name="改名技能")

    certificate.refresh_from_db()

    assert certificate.holder_name != "改名后"
    assert certificate.skill_name == "网络直播"


def test_who_failed_gets_no_certificate() -> None:
    base = an_issuing_base()
    cohort = a_completed_cohort(base, course=a_course(base), score="30")

    with pytest.raises(errors.NotEarned):
        issue(cohort.enrolments.get())
    assert nothing_is_written()


def test_a_skill_of_the_national_examination_is_not_for_bases_to_certify() -> None:
    enrolment = an_earned_enrolment()
    Skill.objects.update(base_may_issue=False)

    with pytest.raises(errors.SkillNotIssuable):
        issue(enrolment)
    assert nothing_is_written()


def test_a_base_without_a_plaque_cannot_issue() -> None:
    base = a_base("620502")
    a_signing_key()

    with pytest.raises(errors.NotAccredited):
        issue(a_completed_cohort(base).enrolments.get())


def test_a_base_whose_plaque_was_taken_down_before_the_issue_cannot_issue() -> None:
    base = a_base("620502")
    a_signing_key()
    plaque = an_accreditation(base)
    enrolment = a_completed_cohort(base).enrolments.get()
    bases.revoke_accreditation(
        by=SYSTEM, on=TODAY, accreditation=plaque, revoked_on=TODAY, reason="检查不合格"
    )

    with pytest.raises(errors.NotAccredited) as refused:
        issue(enrolment)
    assert refused.value.facts == {"on": ISSUED_ON.isoformat()}


def test_nothing_is_issued_before_the_training_is_over() -> None:
    enrolment = an_earned_enrolment()

    with pytest.raises(errors.TrainingNotOver):
        issue(enrolment, on=enrolment.cohort.ends_on - timedelta(days=1))


def test_without_a_key_the_refusal_says_which_region_needs_one() -> None:
    base = a_base("620502")
    an_accreditation(base)

    with pytest.raises(errors.NoSigningKey) as refused:
        issue(a_completed_cohort(base).enrolments.get())
    assert refused.value.facts["region"] == "620502"


def test_the_key_of_the_nearest_federation_signs() -> None:
    province, county = a_signing_key(a_federation("620000")), a_signing_key(a_federation("620502"))
    a_signing_key(a_federation("620600"))
    base = a_base("620502")
    an_accreditation(base)

    certificate = issue(a_completed_cohort(base).enrolments.get())

    assert certificate.signing_key == county != province
    assert certificate.issuer_name == county.owner.public_name


@pytest.mark.parametrize(
    ("title", "refusal"),
    [
        ("盲人按摩培训合格证书", errors.TitleDiscloses),
        ("残疾人就业培训证书", errors.TitleDiscloses),
        ("医疗按摩合格证书", errors.TitleMisleads),
        ("职业资格证书", errors.TitleMisleads),
        ("  ", errors.TitleLength),
        ("培训证书" * 20, errors.TitleLength),
    ],
)
def test_a_title_that_discloses_or_misleads_is_refused(title: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        issue(an_earned_enrolment(), title=title)
    assert nothing_is_written()


def test_a_disclosing_skill_is_printed_by_its_trade(settings: Any) -> None:
    enrolment = an_earned_enrolment()
    Skill.objects.update(name="盲人保健按摩")

    assert issue(enrolment).skill_name == "保健按摩"


def test_a_name_that_no_font_shows_is_refused_with_the_character_and_nothing_stays() -> None:
    enrolment = an_earned_enrolment()
    Person.objects.update(name="王\U000f0000")

    with pytest.raises(errors.RegistryError) as refused:
        issue(enrolment)
    assert refused.value.facts["code_points"] == ["U+F0000"]
    assert nothing_is_written()


def test_only_the_base_itself_issues() -> None:
    enrolment = an_earned_enrolment()
    for role in ("federation_officer", "approver", "counsellor", "auditor"):
        with pytest.raises(NotPermitted):
            issue(enrolment, by=an_actor(role, a_federation("620502")))
    with pytest.raises(NotPermitted):
        issue(enrolment, by=an_actor("trainer", enrolment.cohort.base))
    with pytest.raises(NotPermitted):
        issue(enrolment, by=an_actor("base_manager", a_base("620502")))

    assert issue(enrolment, by=an_actor("base_manager", enrolment.cohort.base)).status == "issued"


def test_a_signature_that_does_not_verify_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = an_earned_enrolment()
    other = a_signing_key(a_federation("360000"))
    real = drafts.TrustBundle
    monkeypatch.setattr(
        drafts,
        "TrustBundle",
        lambda as_of, keys: real(as_of=as_of, keys=tuple(drafts.public_key(key) for key in [other])),
    )

    with pytest.raises(errors.SignatureNotGood):
        issue(enrolment)
    assert nothing_is_written()
    assert real is TrustBundle


@pytest.mark.parametrize(
    "table",
    [
        "certificates_certificate",
        "certificates_certificateevent",
        "registry_auditevent",
        "certificates_numberseries",
    ],
)
def test_when_any_write_fails_nothing_is_left_and_the_number_is_not_lost(table: str) -> None:
    enrolment = an_earned_enrolment()
    with refusing_inserts(table), pytest.raises(DatabaseError):
        certificates_issue_in_savepoint(enrolment)
    assert nothing_is_written()

    assert str(issue(enrolment).number)[12:19] == "P000001"


def certificates_issue_in_savepoint(enrolment: Enrolment) -> None:
    from django.db import transaction

    with transaction.atomic():
        issue(enrolment)


class refusing_inserts:  # noqa: N801  reads as a statement
    """A trigger of the database that lets no row into a table, as Boulder tests its issuing."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TRIGGER refuse BEFORE INSERT ON {self.table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
                )
            else:
                cursor.execute(
                    "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'refused'; END $$ LANGUAGE plpgsql"
                )
                cursor.execute(
                    f"CREATE TRIGGER refuse BEFORE INSERT ON {self.table} FOR EACH ROW EXECUTE FUNCTION refuse()"
                )

    def __exit__(self, *_error: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER refuse")
            else:
                cursor.execute(f"DROP TRIGGER refuse ON {self.table}")
                cursor.execute("DROP FUNCTION refuse")

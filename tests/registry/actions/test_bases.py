from datetime import date
from typing import Any

import pytest

from registry.actions import bases
from registry.actions.bases import NumbersExhausted
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.models import Accreditation, AuditEvent, TrainingBase
from registry.rules.usccs import UsccChecksum
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_uscc, an_accreditation, an_actor

pytestmark = pytest.mark.django_db


def test_number_prefixes_count_within_the_first_four_digits_of_the_region() -> None:
    bases = [a_base(), a_base("360102"), a_base(n=2), a_base("360104", n=2)]
    assert [base.number_prefix for base in bases] == ["62050001", "36010001", "62050002", "36010002"]


def test_a_prefecture_with_9999_bases_takes_no_more() -> None:
    base = a_base()
    base.number_prefix = "62059999"
    base.save()
    with pytest.raises(NumbersExhausted):
        a_base(n=2)


def test_serials_count_up_and_never_repeat() -> None:
    assert [a_base().serial, a_base("360102").serial, a_base("120119").serial] == [1, 2, 3]


def test_a_base_needs_a_credit_code_or_a_permit() -> None:
    with pytest.raises(InvalidInput) as refused:
        a_base(uscc="")
    assert refused.value.facts == {"fields": {"uscc": "uscc_or_permit_needed"}}
    assert a_base(uscc="", school_permit_number="教民162050270000018号").uscc == ""


def test_a_wrong_credit_code_is_refused_and_a_right_one_only_once() -> None:
    code = a_uscc(77)
    with pytest.raises(UsccChecksum):
        a_base(uscc=code[:17] + ("A" if code[17] != "A" else "B"))
    a_base(uscc=code.lower())
    with pytest.raises(AlreadyHeld):
        a_base(uscc=code)
    assert TrainingBase.objects.get().uscc == code


@pytest.mark.parametrize("name", ["天水市残疾人培训学校", "天水盲人按摩学校", "市聋校"])
def test_the_name_on_certificates_must_not_disclose_a_disability(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_base(public_name=name)
    assert refused.value.facts == {"fields": {"public_name": "public_name_discloses"}}


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": "长" * 81}, {"name": "field_too_long"}),
        ({"name": "  "}, {"name": "field_missing"}),
        ({"name": "学校\x00"}, {"name": "field_characters"}),
        ({"name": "残\u200b疾人学校"}, {"name": "field_characters"}),
        ({"public_name": "\u202e校学"}, {"public_name": "field_characters"}),
        ({"ownership": "church"}, {"ownership": "field_choice"}),
        ({"categories": ["general", "none"]}, {"category": "field_choice"}),
    ],
)
def test_a_value_the_column_cannot_hold_is_named(values: dict[str, Any], problem: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_base(**values)
    assert refused.value.facts == {"fields": problem}


def test_only_officers_register_bases_and_only_in_their_region() -> None:
    officer = an_actor("federation_officer", a_federation("620500"))
    assert a_base("620502", by=officer).region.code == "620502"
    with pytest.raises(NotPermitted):
        a_base("620600", by=officer)
    with pytest.raises(NotPermitted):
        a_base("620502", by=an_actor("approver", a_federation("620500")))


def test_an_accreditation_is_in_force_from_its_day_until_it_ends_or_is_revoked() -> None:
    base = a_base()
    plaque = an_accreditation(base, valid_until=date(2025, 5, 19))
    days = {
        date(2022, 5, 19): False,
        date(2022, 5, 20): True,
        date(2025, 5, 19): True,
        date(2025, 5, 20): False,
    }
    for day, in_force in days.items():
        assert plaque.is_in_force(day) is in_force
        assert TrainingBase.objects.accredited_on(day).exists() is in_force
    approver = an_actor("approver", plaque.federation)
    revoked = bases.revoke_accreditation(
        by=approver, on=TODAY, accreditation=plaque, revoked_on=TODAY, reason="连续两年未开班"
    )
    assert not revoked.is_in_force(TODAY)
    assert revoked.is_in_force(date(2024, 6, 2))
    assert Accreditation.objects.count() == 1
    with pytest.raises(bases.AlreadyRevoked):
        bases.revoke_accreditation(
            by=approver, on=TODAY, accreditation=plaque, revoked_on=TODAY, reason="再摘一次"
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": "national"}, "level"),
        ({"granted_on": date(2024, 6, 4)}, "granted_on"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
    ],
)
def test_a_plaque_that_cannot_be_is_refused(values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        an_accreditation(a_base(), **values)
    assert list(refused.value.facts["fields"]) == [field]


def test_a_federation_accredits_in_its_region_only_and_a_number_only_once() -> None:
    base = a_base("620502")
    with pytest.raises(InvalidInput):
        an_accreditation(base, a_federation("620503"))
    an_accreditation(base, plaque_number="天残基001")
    with pytest.raises(AlreadyHeld):
        an_accreditation(a_base("620502"), plaque_number="天残基001")
    with pytest.raises(NotPermitted):
        an_accreditation(base, by=an_actor("federation_officer", a_federation("620502")))


def test_each_write_leaves_one_audit_row_in_the_bases_region() -> None:
    base = a_base()
    plaque = an_accreditation(base)
    rows = AuditEvent.objects.filter(subject_type="trainingbase").order_by("pk")
    assert [(row.verb, row.subject_id) for row in rows] == [
        ("base.registered", base.public_id),
        ("base.accredited", base.public_id),
    ]
    assert {row.region_path for row in rows} == {base.region.path}
    assert rows[1].facts["plaque_number"] == plaque.plaque_number

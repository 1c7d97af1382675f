"""Whoever hands data out says why and to whom; the row with the file's digest stays."""

import hashlib

import pytest

from registry.actions import exports
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, Export
from registry.rules.access import Role
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def exported(by, region="620502", **values):
    asked = {
        "about": "cohort_roster",
        "purpose": "supervision",
        "recipient": " 天水市 人社局 ",
        "fields": ["姓名", "身份证号"],
        "in_clear": ["姓名"],
        "rows": 40,
        "data": b"the file",
    }
    return exports.record(by=by, on=TODAY, region=a_region(region), **(asked | values))


@pytest.fixture
def officer():
    return an_actor("federation_officer", a_federation("620500"))


def test_an_export_says_why_for_whom_and_which_file(officer):
    made = exported(officer, public_id="0123456789ab")
    assert (made.public_id, made.recipient) == ("0123456789ab", "天水市 人社局")
    assert made.sha256 == hashlib.sha256(b"the file").hexdigest()
    assert (made.exported_by, made.exported_on, made.rows) == (officer.name, TODAY, 40)


def test_its_audit_row_has_the_digest_and_no_word_that_was_typed(officer):
    exported(officer)
    event = AuditEvent.objects.get(verb="data.exported")
    assert event.facts["sha256"] == hashlib.sha256(b"the file").hexdigest()
    assert (event.facts["rows"], event.facts["in_clear"]) == (40, ["姓名"])
    assert event.region_path == a_region("620502").path


@pytest.mark.parametrize("wrong", [{"purpose": "curiosity"}, {"recipient": "  "}, {"recipient": "人" * 81}])
def test_without_a_purpose_and_a_recipient_nothing_is_recorded(officer, wrong):
    with pytest.raises(InvalidInput) as refused:
        exported(officer, **wrong)
    assert list(refused.value.facts["fields"]) == list(wrong)
    assert not Export.objects.exists()


def test_nobody_exports_above_or_beside_the_own_regions(officer):
    for region in ("620000", "360102"):
        with pytest.raises(NotPermitted):
            exported(officer, region)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FEDERATION_OFFICER])
def test_only_federation_officers_export(role):
    organisation = a_base("620502") if role in ("base_manager", "trainer") else a_federation("620502")
    with pytest.raises(NotPermitted):
        exported(an_actor(role, organisation))

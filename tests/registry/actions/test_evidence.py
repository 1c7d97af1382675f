"""Evidence is kept sealed, by what its bytes are, and every look is written down."""

import pytest
from django.db import connection

from registry.actions import evidence
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, Evidence
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, an_account, an_accreditation

pytestmark = pytest.mark.django_db


def actor(role, organisation):
    return actor_for(an_account(role, organisation), on=TODAY)


PDF = b"%PDF-1.7 a paper"


@pytest.fixture
def base():
    return a_base("620502")


def an_evidence(base, data=PDF, name="张三的营业执照.pdf"):
    plaque = base.accreditations.first() or an_accreditation(base, a_federation("620502"))
    return evidence.add(
        by=SYSTEM, on=TODAY, subject=plaque, region=base.region, base=base, name=name, data=data
    )


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(base, start, kind):
    assert an_evidence(base, start + b"rest", "a.exe").media_type == kind


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "evidence_empty"),
        (b"<html><script>alert(1)</script>", "evidence_type"),
        (b"%PDF-" + b"0" * evidence.MOST_BYTES, "evidence_too_large"),
    ],
)
def test_what_is_no_evidence_is_refused_by_name(base, data, problem):
    with pytest.raises(InvalidInput) as refused:
        an_evidence(base, data)
    assert refused.value.facts == {"fields": {"file": problem}}


def test_the_same_file_again_is_the_same_evidence(base):
    assert an_evidence(base).pk == an_evidence(base, name="again.pdf").pk


def test_one_subject_takes_only_so_many_files(base):
    for n in range(evidence.MOST_FILES):
        an_evidence(base, PDF + bytes([n]))
    with pytest.raises(InvalidInput) as refused:
        an_evidence(base, PDF + b"one more")
    assert refused.value.facts == {"fields": {"file": "evidence_too_many"}}


def test_neither_its_bytes_nor_its_name_lie_open_in_the_database(base):
    kept = an_evidence(base)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data, name FROM registry_evidence WHERE id = %s", [kept.pk])
        data, name = (bytes(value) for value in cursor.fetchone())
    assert PDF not in data
    assert "张三".encode() not in name
    assert Evidence.objects.get(pk=kept.pk).data == PDF
    assert "张三" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_every_look_leaves_a_row_and_only_those_who_may_look(base):
    kept = an_evidence(base)
    approver = actor("approver", a_federation("620500"))
    assert evidence.open_file(by=approver, evidence=kept) == PDF
    assert AuditEvent.objects.get(verb="evidence.opened").actor_name == approver.name

    with pytest.raises(NotPermitted):
        evidence.open_file(by=actor("trainer", base), evidence=kept)
    assert not Evidence.objects.visible_to(actor("base_manager", a_base("620503"))).exists()


def test_about_reads_what_was_handed_in_without_the_bytes(base):
    kept = an_evidence(base)
    assert [one.pk for one in Evidence.objects.about(base.accreditations.get())] == [kept.pk]
    assert "data" in Evidence.objects.about(base.accreditations.get()).get().get_deferred_fields()

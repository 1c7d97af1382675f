"""How an export file is made: sealed, page by page, by the worker, for whoever still may; and forgotten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from courses.actions import export_files
from courses.models import ExportFile, ExportPart
from courses.queries.ledgers import wanted
from registry.models import Export, Membership, Person
from registry.queries.actors import actor_for
from tests.conftest import TODAY
from tests.courses.exchange_factories import an_export, sheets_of
from tests.registry.factories import (
    a_federation,
    a_person,
    an_account,
)

pytestmark = pytest.mark.django_db


def test_file_and_pages_are_sealed_at_rest(monkeypatch):
    person = a_person(1)
    monkeypatch.setattr(export_files, "_finish", lambda *args, **kwargs: None)
    held = an_export("people", in_clear=["name", "citizen_id"])
    assert person.citizen_id in ExportPart.objects.get().rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM courses_exportpart")
        assert person.citizen_id.encode() not in bytes(cursor.fetchone()[0])
    monkeypatch.undo()
    export_files.make(held.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM courses_exportfile")
        assert not bytes(cursor.fetchone()[0]).startswith(b"PK")
    assert not ExportPart.objects.exists()


def test_after_a_kill_it_goes_on_behind_the_last_page(monkeypatch):
    for n in range(1, 6):
        a_person(n)
    monkeypatch.setattr(wanted, "PAGE", 2)
    held = an_export("people", made=False)
    kept = ExportPart.objects.bulk_create

    def killed(parts, **options):
        if ExportPart.objects.count() == 1:
            raise KeyboardInterrupt
        return kept(parts, **options)

    monkeypatch.setattr(
        type(ExportPart.objects), "bulk_create", lambda self, *args, **kw: killed(*args, **kw)
    )
    with pytest.raises(KeyboardInterrupt):
        export_files.make(held.pk)
    monkeypatch.undo()
    monkeypatch.setattr(wanted, "PAGE", 2)
    for _ in range(2):
        export_files.make(held.pk)
    held.refresh_from_db()
    numbers = [row[0] for row in sheets_of(bytes(held.data))["人员台账"][1:]]
    assert numbers == list(Person.objects.order_by("pk").values_list("public_id", flat=True))
    assert Export.objects.count() == 1


def test_whoever_lost_the_role_in_the_meantime_gets_no_file():
    a_person(1)
    account = an_account("federation_officer", a_federation("620500"))
    held = an_export("people", by=actor_for(account, on=TODAY), made=False)
    Membership.objects.filter(account=account).update(ended_on=TODAY)
    export_files.make(held.pk)
    held.refresh_from_db()
    assert (held.made_at, held.problem) == (None, "not_permitted")
    assert not Export.objects.exists()


def test_a_long_file_is_left_to_the_worker(monkeypatch):
    a_person(1)
    monkeypatch.setattr(export_files, "AT_ONCE", 0)
    assert an_export("people", made=False).task_id


def test_files_are_forgotten_and_their_records_stay():
    a_person(1)
    an_export("people")
    assert export_files.forget(at=timezone.now()) == 0
    assert export_files.forget(at=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert not ExportFile.objects.exists()
    assert Export.objects.exists()

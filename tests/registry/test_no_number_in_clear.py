"""A stolen database, log or audit trail holds no citizen ID, 残疾人证 number or phone that one could read."""

import io
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from registry.actions import consents, people, standing
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM
from registry.rules.people import NewPerson
from tests.conftest import TODAY
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_federation,
    a_name,
    a_region,
    an_account,
)

NUMBERS = range(1, 201)


@pytest.fixture
def log(settings: Any) -> Iterator[io.StringIO]:
    """Everything that is logged, at every level, SQL with its values included, before and after the filter."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def database_bytes() -> bytes:
    """What a thief of the database reads.

    By another process: closing a file drops every lock that this process holds on it (POSIX), and the next process to
    open the database would then throw away the log that this one still writes to.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        name = str(connection.settings_dict["NAME"])
        files = sorted(Path(name).parent.glob(f"{Path(name).name}*"))
        return subprocess.run(["cat", *files], check=True, capture_output=True).stdout
    dump = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {connection.ops.quote_name(table)} t")
            dump += [row[0] for row in cursor.fetchall()]
    return "\n".join(dump).encode()


@pytest.mark.django_db(transaction=True)
def test_no_number_is_found_in_database_log_or_audit_trail_after_everything_was_done(
    log: io.StringIO,
) -> None:
    base, federation = a_base(), a_federation("620500")
    a_region("620503")
    roster = [
        NewPerson(
            name=a_name(n),
            citizen_id=a_citizen_id(n),
            disability_number=f"{a_citizen_id(n)}12",
            phone=f"137{n:08d}",
        )
        for n in NUMBERS
    ]
    registered = people.register_many(by=SYSTEM, on=TODAY, base=base, people=roster)
    for person in registered[:10]:
        standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="employed", since=TODAY)
        standing.record_need(
            by=SYSTEM, on=TODAY, person=person, training_need=True, employment_need=True, employable=True
        )
        consents.give(
            by=SYSTEM,
            on=TODAY,
            person=person,
            purpose="sharing",
            channel="paper",
            text_version="1",
            given_on=TODAY,
        )
        people.move(by=SYSTEM, on=TODAY, person=person, region=a_region("620503"))
    officer, auditor = Client(), Client()
    officer.force_login(an_account("federation_officer", federation))
    auditor.force_login(an_account("auditor", federation))
    first, wrong = roster[0], roster[1].citizen_id[:17] + "?"
    address = f"/people/{registered[0].public_id}/"
    for sent in (
        officer.post("/people/", {"text": first.citizen_id}),
        officer.post("/people/", {"text": wrong}),
        officer.post("/people/new/", {"citizen_id": first.citizen_id, "name": "别人", "region": "620502"}),
        officer.post(f"{address}reveal/", {"field": "citizen_id", "reason": "contact"}),
        officer.get("/people/"),
        officer.get(address),
        auditor.get("/audit/"),
        auditor.get("/api/registry/audit"),
        officer.get(f"/people/{first.citizen_id}/"),  # somebody pastes a number into the address bar
        officer.post(
            "/api/registry/people/look-up", {"citizen_id": first.citizen_id}, content_type="application/json"
        ),
        officer.post(
            "/api/registry/people", {"citizen_id": wrong, "name": 7}, content_type="application/json"
        ),
    ):
        assert sent.status_code < 500
    numbers = [number for one in roster for number in (one.citizen_id, one.phone)]
    trail = "\n".join(str(row) for row in AuditEvent.objects.values())
    assert len(trail) > 10_000
    assert [number for number in numbers if number in trail] == []
    assert [one.name for one in roster if one.name in trail] == []
    # The filter is the last line of defence, for what Django itself logs of an address.
    said = filtered(log.getvalue())
    assert [number for number in numbers if number in said] == []
    connections.close_all()
    stolen = database_bytes()
    assert len(stolen) > 100_000
    assert roster[0].name.encode() in stolen  # so this is the table of people
    assert [number for number in numbers if number.encode() in stolen] == []
    assert [number for number in numbers if number.encode().hex().encode() in stolen] == []
    assert Person.objects.get(pk=registered[0].pk).citizen_id == first.citizen_id


def filtered(text: str) -> str:
    """Each line as the installed filter lets it out."""
    from registry.logs import WithoutPersonalData

    lines = []
    for line in text.splitlines():
        record = logging.LogRecord("test", logging.INFO, "", 0, line.replace("%", "%%"), None, None)
        WithoutPersonalData().filter(record)
        lines.append(record.getMessage())
    return "\n".join(lines)


@pytest.mark.parametrize(
    "number", ["620502198503150016", "62050219850315001X", "62050219850315001612B1", "13812345678"]
)
def test_the_log_filter_hides_numbers_and_keeps_lines_whole(number: str) -> None:
    from registry.logs import WithoutPersonalData

    record = logging.LogRecord("test", logging.INFO, "", 0, "Not Found: /people/%s/\nforged", (number,), None)
    WithoutPersonalData().filter(record)
    assert record.getMessage() == "Not Found: /people/[number]/\\nforged"

"""Many at once, and things that fail half-way."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client

from registry.actions import accounts, people, reveals
from registry.models import (
    AuditEvent,
    BaseRegistration,
    DisabilityCertificate,
    Membership,
    Person,
    TrainingBase,
)
from registry.rules.access import SYSTEM
from registry.rules.people import NewPerson
from tests.conftest import TODAY
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_federation,
    a_person,
    a_region,
    a_uscc,
    an_account,
)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What `count` threads return, or the exceptions they raise, when all start at the same moment."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        barrier.wait()
        try:
            results[n] = work(n)
        except Exception as failed:
            results[n] = failed  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_who_register_one_person_at_the_same_moment_get_one_row() -> None:
    bases = [a_base(n=n) for n in range(1, 9)]
    asked = NewPerson(
        name="王伟", citizen_id=a_citizen_id(1), disability_number=f"{a_citizen_id(1)}12", phone="13812345678"
    )
    registered = at_once(
        8, lambda n: people.register_many(by=SYSTEM, on=TODAY, base=bases[n], people=[asked])[0].pk
    )
    assert len(set(registered)) == 1, registered
    assert Person.objects.count() == 1
    assert DisabilityCertificate.objects.count() == 1
    assert BaseRegistration.objects.count() == 8
    assert AuditEvent.objects.filter(verb="person.registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_overlapping_rosters_in_different_orders_do_not_lock_each_other_out() -> None:
    base = a_base()
    roster = [NewPerson(name=f"学员{chr(0x4E00 + n)}", citizen_id=a_citizen_id(n)) for n in range(20)]
    done = at_once(
        4,
        lambda n: len(
            people.register_many(by=SYSTEM, on=TODAY, base=base, people=roster if n % 2 else roster[::-1])
        ),
    )
    assert done == [20] * 4
    assert Person.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_bases_registered_at_the_same_moment_get_different_serials() -> None:
    region = a_region()
    done = at_once(8, lambda n: a_base(region, n=n + 1).serial)
    assert sorted(done) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_one_credit_code_registered_twice_at_once_makes_one_base() -> None:
    region = a_region()
    done = at_once(4, lambda n: a_base(region, n=n + 1, uscc=a_uscc(99)).pk)
    assert TrainingBase.objects.count() == 1
    assert sum(isinstance(result, Exception) for result in done) == 3


@pytest.mark.django_db(transaction=True)
def test_a_role_granted_twice_at_once_is_one_role() -> None:
    account, federation = an_account("trainer"), a_federation()
    at_once(
        6,
        lambda n: accounts.grant(by=SYSTEM, on=TODAY, account=account, role="auditor", federation=federation),
    )
    assert Membership.objects.filter(account=account, role="auditor").count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_audit_row_cannot_be_written_the_write_does_not_happen() -> None:
    person = a_person(1)
    base, region = a_base(), a_region("620503")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_auditevent RENAME TO registry_auditevent_away")
    try:
        for write in (
            lambda: a_person(2),
            lambda: a_base(),
            lambda: people.move(by=SYSTEM, on=TODAY, person=person, region=region),
            lambda: reveals.reveal(by=SYSTEM, on=TODAY, person=person, field="phone", reason="contact"),
            lambda: an_account("trainer", base),
        ):
            with pytest.raises(DatabaseError):
                write()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE registry_auditevent_away RENAME TO registry_auditevent")
    assert Person.objects.get().region == person.region
    assert TrainingBase.objects.count() == 1
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_a_role_taken_away_is_gone_at_the_next_request() -> None:
    account = an_account("federation_officer", a_federation("620500"))
    person = a_person(1)
    client = Client()
    client.force_login(account)
    assert client.get(f"/people/{person.public_id}/").status_code == 200
    accounts.end_grant(by=SYSTEM, on=TODAY, membership=account.memberships.get())
    assert client.get(f"/people/{person.public_id}/").status_code == 404
    assert client.get("/people/").status_code == 403


@pytest.mark.django_db
def test_a_closed_account_is_out_at_the_next_request() -> None:
    account = an_account("federation_officer", a_federation("620500"))
    client = Client()
    client.force_login(account)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/people/")["Location"].startswith("/sign-in/")

"""Sealed columns: nothing readable in the table, readable through the model, found by index only."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from registry.models import Person
from registry.models.fields import PUBLIC_ID_SIGNS, key_ring, new_public_id
from registry.queries.people import by_citizen_ids
from registry.sealing import SealBroken
from tests.registry.factories import a_citizen_id, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_ring() -> Iterator[None]:
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


def stored(column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM registry_person")
        return bytes(cursor.fetchone()[0])


def test_the_table_holds_no_number_in_clear() -> None:
    person = a_person(1)
    for column in ("citizen_id", "phone"):
        assert getattr(person, column).encode() not in stored(column)
    assert Person.objects.get().citizen_id == a_citizen_id(1)


def test_an_empty_value_is_stored_as_empty() -> None:
    a_person(1, phone="")
    assert stored("phone") == b""
    assert Person.objects.get().phone == ""


@pytest.mark.parametrize("lookup", ["citizen_id", "citizen_id__contains", "phone__startswith"])
def test_a_sealed_column_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(**{lookup: "620502"})


def test_a_number_copied_into_another_column_does_not_open() -> None:
    a_person(1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET phone = citizen_id")
    with pytest.raises(SealBroken):
        Person.objects.get()


def test_old_rows_open_and_are_found_after_the_keys_were_rotated(settings: Any) -> None:
    first = a_person(1)
    new_key = base64.b64encode(b"n" * 32).decode()
    settings.SEALING_KEYS = f"7:{new_key},{settings.SEALING_KEYS}"
    key_ring.cache_clear()
    second = a_person(2)
    assert {person.citizen_id for person in Person.objects.all()} == {a_citizen_id(1), a_citizen_id(2)}
    found = by_citizen_ids([a_citizen_id(1), a_citizen_id(2)])
    assert {person.pk for person in found.values()} == {first.pk, second.pk}
    settings.SEALING_KEYS = f"7:{new_key}"
    key_ring.cache_clear()
    assert Person.objects.get(pk=second.pk).phone == second.phone
    with pytest.raises(SealBroken):
        Person.objects.get(pk=first.pk)


def test_a_ring_without_the_old_key_fails_loudly_instead_of_showing_nothing(settings: Any) -> None:
    a_person(1)
    settings.SEALING_KEYS = f"9:{base64.b64encode(b'x' * 32).decode()}"
    key_ring.cache_clear()
    with pytest.raises(SealBroken):
        list(Person.objects.all())


def test_public_ids_are_random_and_easy_to_say() -> None:
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 12 and set(one) <= set(PUBLIC_ID_SIGNS) for one in ids)
    assert not set("ilo u") & set(PUBLIC_ID_SIGNS)

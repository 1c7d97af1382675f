"""Who opens a holder's certificates, and who is stopped: what is counted, what is the same for every miss."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from certificates.actions import holders, slips
from certificates.errors import NotTheHolder, SlipEnded
from certificates.limits import HOLDER_TRIES, WRONG_HOLDERS, WRONG_HOLDERS_MONTH
from certificates.models import Certificate
from certificates.proof import codes
from certificates.queries import holders as queries
from registry.errors import TooManyRequests
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM
from registry.sealing import KeyRing
from tests.certificates.factories import an_issued_certificate
from tests.certificates.holder_factories import a_slip
from tests.registry.factories import a_citizen_id, a_person

pytestmark = pytest.mark.django_db
NO_SUCH_NUMBER = codes.make_number(region_code="6205", year=2024, base_serial=9999, sequence=1)


def by_number(held: Certificate, **changed: Any) -> Person:
    typed = {
        "number": held.number,
        "name": held.holder_name,
        "last_four": held.person.citizen_id[-4:],
        "address": "192.0.2.1",
        "at": now(),
    }
    return holders.open_by_number(**typed | changed)


def another(last_four: str) -> str:
    return f"{(int(last_four[:3]) + 2) % 1000:03d}{last_four[3]}"


def wrong(held: Certificate) -> dict[str, dict[str, str]]:
    """Each kind of miss."""
    last_four = held.person.citizen_id[-4:]
    return {
        "number": {"number": NO_SUCH_NUMBER},
        "name": {"name": "欧阳修"},
        "last four": {"last_four": another(last_four)},
        "name and last four": {"name": "欧阳修", "last_four": another(last_four)},
    }


def with_x() -> str:
    """A citizen ID that ends in X."""
    return next(number for number in map(a_citizen_id, range(1, 999)) if number.endswith("X"))


@pytest.mark.parametrize(
    ("name", "typed"),
    [("古丽娜·买买提", "古丽娜•买买提"), ("张", "张"), ("欧阳修文", " 欧阳修文 "), ("Anna Li", "anna li")],
)
def test_a_holder_opens_with_number_name_and_last_four(name: str, typed: str) -> None:
    held = an_issued_certificate(a_person(1, name=name, citizen_id=with_x()))
    assert by_number(held, name=typed) == held.person
    event = AuditEvent.objects.get(verb="holder.opened")
    assert (event.actor_id, event.actor_name, event.subject_id) == (None, "holder", held.person.public_id)


@pytest.mark.parametrize("kind", ["number", "name", "last four", "name and last four"])
def test_every_miss_says_and_writes_the_same(kind: str) -> None:
    held = an_issued_certificate()
    rows = AuditEvent.objects.count()
    with pytest.raises(NotTheHolder) as refused:
        by_number(held, **wrong(held)[kind])
    assert refused.value.facts == {}
    assert AuditEvent.objects.count() == rows


@pytest.mark.parametrize("surname_only", ["张", "古丽娜"])
def test_a_surname_is_not_enough_here(surname_only: str) -> None:
    held = an_issued_certificate(a_person(1, name="张三丰" if surname_only == "张" else "古丽娜·买买提"))
    with pytest.raises(NotTheHolder):
        by_number(held, name=surname_only)


def work_of(held: Certificate, changed: dict[str, str]) -> tuple[int, int, int, int]:
    """Queries, sealed numbers opened, numbers compared, names compared."""
    typed = {
        "number": held.number or "",
        "name": held.holder_name,
        "last_four": held.person.citizen_id[-4:],
    } | changed
    with (
        patch.object(KeyRing, "open", autospec=True, side_effect=KeyRing.open) as opened,
        patch.object(queries, "ends_with", wraps=queries.ends_with) as compared,
        patch.object(queries, "same_name", wraps=queries.same_name) as named,
        CaptureQueriesContext(connection) as asked,
    ):
        assert queries.proved_by_number(**typed) is None
    return len(asked), opened.call_count, compared.call_count, named.call_count


def test_every_miss_does_the_same_work() -> None:
    held = an_issued_certificate()
    work_of(held, {"number": NO_SUCH_NUMBER})  # seals nobody's number, once in the life of a process
    assert {work_of(held, changed) for changed in wrong(held).values()} == {(1, 1, 1, 1)}


def test_wrong_tries_are_counted_for_a_number_that_exists_and_one_that_does_not() -> None:
    held = an_issued_certificate()
    for number in (held.number, NO_SUCH_NUMBER):
        for n in range(WRONG_HOLDERS["limit"]):
            with pytest.raises(NotTheHolder):
                by_number(held, number=number, name="欧阳修", address=f"192.0.2.{n}")
        with pytest.raises(TooManyRequests):
            by_number(held, number=number, address="192.0.2.99")


def test_the_right_answer_clears_the_count() -> None:
    held = an_issued_certificate()
    for _round in range(3):
        for _try in range(WRONG_HOLDERS["limit"] - 1):
            with pytest.raises(NotTheHolder):
                by_number(held, name="欧阳修", address=f"192.0.2.{_round}")
        assert by_number(held, address=f"192.0.2.{_round}") == held.person


def refusal_of(held: Certificate, **changed: Any) -> type[Exception] | None:
    try:
        by_number(held, **changed)
    except (NotTheHolder, TooManyRequests) as refused:
        return type(refused)
    return None


def test_a_month_allows_few_wrong_tries_however_patient() -> None:
    held = an_issued_certificate()
    month = WRONG_HOLDERS_MONTH["seconds"]
    start = now().replace(microsecond=0)
    start += timedelta(seconds=month - int(start.timestamp()) % month)
    wrong_four = another(held.person.citizen_id[-4:])
    refusals = [refusal_of(held, last_four=wrong_four, at=start + timedelta(hours=2 * n)) for n in range(25)]
    assert refusals == [NotTheHolder] * WRONG_HOLDERS_MONTH["limit"] + [TooManyRequests] * 5


def test_one_address_tries_few_numbers_a_minute() -> None:
    held, at = an_issued_certificate(), now().replace(second=0)
    numbers = [
        codes.make_number(region_code="6205", year=2024, base_serial=9999, sequence=n) for n in range(1, 13)
    ]
    refusals = [refusal_of(held, number=number, at=at) for number in numbers]
    assert refusals == [NotTheHolder] * HOLDER_TRIES["limit"] + [TooManyRequests] * 2


def test_a_class_that_was_just_given_its_slips_opens_them_from_one_address() -> None:
    at = now().replace(second=0)
    for n in range(1, HOLDER_TRIES["limit"] + 3):
        person = an_issued_certificate(a_person(n)).person
        _slip, token = a_slip(person)
        assert by_slip(person, token, at=at) == person


def by_slip(person: Person, token: str, last_four: str = "", **changed: Any) -> Person:
    asked = {
        "slip": queries.slip_of(token),
        "last_four": last_four or person.citizen_id[-4:],
        "address": "192.0.2.1",
        "on": localdate(),
        "at": now(),
    }
    return holders.open_by_slip(**asked | changed)


def test_a_slip_opens_with_the_last_four_and_the_finder_of_a_lost_one_stops() -> None:
    person = an_issued_certificate(a_person(1, citizen_id=with_x())).person
    slip, token = a_slip(person)
    for n in range(WRONG_HOLDERS["limit"]):
        with pytest.raises(NotTheHolder):
            by_slip(person, token, another(person.citizen_id[-4:]), address=f"192.0.2.{n}")
    with pytest.raises(TooManyRequests):
        by_slip(person, token, address="192.0.2.99")
    refused = AuditEvent.objects.filter(verb="holder.refused")
    assert {event.facts["slip"] for event in refused} == {slip.public_id}

    assert by_slip(person, token, at=now() + timedelta(hours=1)) == person
    # A new slip is a new count, so nobody is locked out who can go to the base.
    _slip, fresh = a_slip(person)
    assert by_slip(person, fresh) == person


def test_an_ended_and_an_expired_slip_open_nothing() -> None:
    person = an_issued_certificate().person
    slip, token = a_slip(person)
    with pytest.raises(SlipEnded):
        by_slip(person, token, on=slip.expires_on + timedelta(days=1))
    assert by_slip(person, token, on=slip.expires_on) == person
    slips.end(by=SYSTEM, at=now(), slip=slip)
    with pytest.raises(SlipEnded):
        by_slip(person, token)

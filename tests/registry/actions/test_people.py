from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import people
from registry.errors import InvalidInput, ManagedElsewhere, NameDiffers, NotPermitted
from registry.models import AuditEvent, BaseRegistration, DisabilityCertificate, Person
from registry.queries.people import citizen_id_index
from registry.rules.access import SYSTEM
from registry.rules.citizen_ids import CitizenIdChecksum
from registry.rules.people import NewPerson
from tests.conftest import TODAY
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_disability_number,
    a_federation,
    a_name,
    a_person,
    a_region,
    an_actor,
)

pytestmark = pytest.mark.django_db


def test_a_person_born_before_the_present_code_existed_is_registered() -> None:
    citizen_id = a_citizen_id(7, birth=date(1951, 2, 8))
    person = a_person(citizen_id=citizen_id, name="李秀英")
    assert Person.objects.get().citizen_id == citizen_id
    assert (person.birth_date, person.sex) == (date(1951, 2, 8), "male")


def test_registering_twice_gives_the_same_person_and_fills_only_what_was_empty() -> None:
    base, other = a_base(), a_base("620503")
    first = a_person(1, base=base, phone="", education="初中")
    again = a_person(1, base=other, phone="13900001111", education="高中")
    assert again.pk == first.pk
    held = Person.objects.get()
    assert (held.phone, held.education) == ("13900001111", "初中")
    assert set(BaseRegistration.objects.values_list("base_id", flat=True)) == {base.pk, other.pk}
    assert DisabilityCertificate.objects.count() == 1


def test_the_same_number_under_another_name_is_refused_and_changes_nothing() -> None:
    a_person(1)
    with pytest.raises(NameDiffers) as refused:
        a_person(1, name="别人")
    assert refused.value.facts == {"rows": [1]}
    assert Person.objects.get().name != "别人"


def test_spaces_and_dots_do_not_make_another_name() -> None:
    first = a_person(1, name="古丽娜·买买提")
    assert a_person(1, name="古丽娜•买买提").pk == first.pk


def test_a_changed_disability_certificate_is_a_new_dated_row() -> None:
    citizen_id = a_citizen_id(1)
    for day, grade, reissue in ((1, 2, ""), (2, 2, ""), (3, 2, "B1"), (4, 1, "")):
        person = people.register(
            by=SYSTEM,
            on=date(2024, 1, day),
            region=a_region(),
            name="王伟伟",
            citizen_id=citizen_id,
            disability_number=a_disability_number(citizen_id, "visual", grade, reissue),
        )
    history = person.disability_certificates.order_by("pk").values_list(
        "recorded_on__day", "grade", "reissue_no"
    )
    assert list(history) == [(1, 2, 0), (3, 2, 1), (4, 1, 0)]


def test_a_disability_number_of_somebody_else_is_refused() -> None:
    with pytest.raises(people.DisabilityNumberMismatch):
        a_person(1, disability_number=a_disability_number(a_citizen_id(2)))
    assert not Person.objects.exists()


def test_a_wrong_check_digit_is_refused() -> None:
    good = a_citizen_id(1)
    with pytest.raises(CitizenIdChecksum):
        a_person(citizen_id=good[:17] + ("0" if good[17] != "0" else "1"), category="")


def test_family_members_and_injured_workers_need_no_disability_certificate() -> None:
    disabled = a_person(1)
    member = a_person(2, category="", kind="household_member", household_of=disabled)
    worker = a_person(3, category="", kind="work_injury")
    assert member.household_of == disabled
    assert not DisabilityCertificate.objects.filter(person__in=[member, worker]).exists()


def test_a_base_registers_people_managed_anywhere_but_a_county_only_its_own() -> None:
    base = a_base()
    manager = an_actor("base_manager", base)
    elsewhere = people.register(
        by=manager, on=TODAY, region=a_region("360102"), name="陈军", citizen_id=a_citizen_id(4), base=base
    )
    assert elsewhere.region.code == "360102"
    officer = an_actor("federation_officer", a_federation("620502"))
    with pytest.raises(NotPermitted):
        people.register(
            by=officer, on=TODAY, region=a_region("620503"), name="周敏", citizen_id=a_citizen_id(5)
        )
    with pytest.raises(ManagedElsewhere):
        people.register(
            by=officer, on=TODAY, region=a_region("620502"), name="陈军", citizen_id=a_citizen_id(4)
        )


def roster(numbers: range) -> list[NewPerson]:
    return [
        NewPerson(
            name=a_name(n),
            citizen_id=a_citizen_id(n),
            disability_number=a_disability_number(a_citizen_id(n), "hearing", 3),
            region_code="620503" if n % 2 else "",
            phone=f"139{n:08d}",
        )
        for n in numbers
    ]


def test_a_roster_is_registered_in_the_order_given_in_the_same_number_of_queries() -> None:
    base = a_base()
    a_region("620503")
    a_person(3, phone="", name=a_name(3))
    counts = []
    for numbers in (range(2), range(2, 32)):
        with CaptureQueriesContext(connection) as queries:
            registered = people.register_many(by=SYSTEM, on=TODAY, base=base, people=roster(numbers))
        counts.append(len(queries))
        assert [person.citizen_id for person in registered] == [a_citizen_id(n) for n in numbers]
    # Filling the empty phone of the one known before takes two more: the update and its audit row.
    assert counts[1] <= counts[0] + 2
    assert BaseRegistration.objects.filter(base=base).count() == 32
    assert AuditEvent.objects.filter(verb="person.registered").count() == 32
    assert Person.objects.get(citizen_id_index=citizen_id_index(a_citizen_id(3))).phone == "13900000003"
    assert Person.objects.filter(region__code="620503").count() == 15


def test_a_roster_with_one_bad_row_registers_nobody() -> None:
    base = a_base()
    a_region("620503")
    a_person(5, name="另一个人")
    with pytest.raises(NameDiffers) as refused:
        people.register_many(by=SYSTEM, on=TODAY, base=base, people=roster(range(4, 7)))
    assert refused.value.facts == {"rows": [2]}
    assert Person.objects.count() == 1


def test_a_person_twice_in_one_roster_is_one_person() -> None:
    one, again = people.register_many(by=SYSTEM, on=TODAY, base=a_base(), people=roster(range(1)) * 2)
    assert one.pk == again.pk
    assert DisabilityCertificate.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"region_code": "999999"}, "region"),
        ({"ethnicity": "长" * 21}, "ethnicity"),
        ({"kind": "friend"}, "kind"),
        ({"access_needs": ("magic",)}, "access_needs"),
        ({"phone": "1" * 41}, "phone"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused(values: dict[str, Any], field: str) -> None:
    bad = NewPerson(name="王伟", citizen_id=a_citizen_id(1), **values)
    with pytest.raises(InvalidInput) as refused:
        people.register_many(by=SYSTEM, on=TODAY, base=a_base(), people=[bad])
    assert list(refused.value.facts["fields"]) == [field]


def test_a_refusal_says_nothing_of_the_person() -> None:
    citizen_id = a_citizen_id(1)
    wrong = citizen_id[:17] + ("0" if citizen_id[17] != "0" else "1")
    with pytest.raises(CitizenIdChecksum) as refused:
        a_person(citizen_id=wrong, category="")
    said = f"{refused.value!r} {refused.value} {NewPerson(name='王伟', citizen_id=wrong)!r}"
    assert wrong not in said
    assert "王伟" not in said

from datetime import date

import pytest

from registry.actions import people
from registry.errors import ManagedElsewhere, NameDiffers, NotPermitted
from registry.models import AuditEvent, BaseRegistration, DisabilityCertificate, Person
from registry.rules.access import SYSTEM
from registry.rules.citizen_ids import CitizenIdChecksum
from registry.rules.people import NewPerson
from tests.conftest import TODAY
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_disability_number,
    a_federation,
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


def test_a_roster_is_registered_in_a_fixed_number_of_queries(django_assert_num_queries: object) -> None:
    base = a_base()
    a_person(0, name="王伟伟", phone="", base=None)

    def roster(start: int, stop: int) -> list[NewPerson]:
        return [
            NewPerson(
                name="王伟伟" if n == 0 else f"学员{chr(0x4E00 + n)}",
                citizen_id=a_citizen_id(n),
                disability_number=a_disability_number(a_citizen_id(n), "hearing", 3),
                region_code="620502" if n % 2 else "",
                phone=f"139{n:08d}",
            )
            for n in range(start, stop)
        ]

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for people_of_roster in (roster(0, 3), roster(3, 33)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            people.register_many(by=SYSTEM, on=TODAY, base=base, people=people_of_roster)
        counts.append(len(queries))
    print(counts)
    assert BaseRegistration.objects.filter(base=base).count() == 33
    assert AuditEvent.objects.filter(verb="person.registered").count() == 33

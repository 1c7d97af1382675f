"""What is recorded of people, and which certificates they hold."""

from datetime import timedelta

from certificates.actions import external
from certificates.models import Certificate, ExternalCertificate
from registry.actions import contacts, hardship, people, standing
from registry.models import HardshipStatus
from registry.rules.access import SYSTEM
from registry.rules.people import NewStanding
from tests.courses.factories import a_skill
from tests.goals.factories import certificates as issued
from tests.goals.factories import reinstated, suspended, withdrawn
from tests.goals.world import COUNTIES, SKILLS, World, nth, step
from tests.registry.factories import a_citizen_id, a_disability_number, a_name, a_region


@step
def external_recorded(world: World, n: int, skill: int, days: int | None) -> None:
    number = ExternalCertificate.objects.count()
    external.record(
        by=SYSTEM,
        on=world.on,
        person=world.person(n),
        skill=a_skill(SKILLS[skill]),
        family="skill_level",
        number=f"S{number:021d}",
        issuer="评价机构",
        issued_on=world.ago(10),
        valid_until=None if days is None else world.on + timedelta(days=days),
    )


@step
def external_verified(world: World, n: int) -> None:
    row = nth(ExternalCertificate.objects.filter(verified_on=None, cancelled_on=None), n)
    external.verify(by=SYSTEM, on=world.on, external=row, how="全国联网查询")


@step
def external_cancelled(world: World, n: int) -> None:
    external.cancel(by=SYSTEM, on=world.on, external=nth(ExternalCertificate.objects, n), reason="登记有误")


@step
def move(world: World, n: int, county: str) -> None:
    people.move(by=SYSTEM, on=world.on, person=world.person(n), region=a_region(county))


@step
def card(world: World, n: int, category: str, grade: int) -> None:
    """The same person again, with another 残疾人证 and all that was empty."""
    held = world.people[n % len(world.people)]
    people.register(
        by=SYSTEM,
        on=world.on,
        region=held.region,
        name=held.name,
        citizen_id=held.citizen_id,
        disability_number=a_disability_number(held.citizen_id, category, grade),
        residence="rural",
        education="secondary",
        ethnicity="汉族",
    )


@step
def phone(world: World, n: int, number: str) -> None:
    contacts.change_phone(by=SYSTEM, on=world.on, person=world.person(n), phone=number)


@step
def relative(world: World, n: int) -> None:
    number = 20 + len(world.relatives)
    world.relatives.append(
        people.register(
            by=SYSTEM,
            on=world.on,
            region=a_region(COUNTIES[0]),
            name=a_name(number),
            citizen_id=a_citizen_id(number),
            kind="household_member",
            household_of=world.people[n % len(world.people)],
        )
    )


@step
def need(world: World, n: int, training: bool, work: bool, fit: bool) -> None:
    standing.record_need(
        by=SYSTEM,
        on=world.on,
        person=world.person(n),
        training_need=training,
        employment_need=work,
        employable=fit,
    )


@step
def status(world: World, n: int, works: bool, days: int) -> None:
    standing.record_employment(
        by=SYSTEM,
        on=world.on,
        person=world.person(n),
        status="employed" if works else "unemployed",
        since=world.ago(days),
    )


@step
def roster(world: World, n: int, works: bool) -> None:
    """What a roster says of people's standing."""
    person = world.person(n)
    said = NewStanding(person.pk, employment="employed" if works else "unemployed", training_need=True)
    standing.record_many(by=SYSTEM, on=world.on, base=world.draft.base, standings=[said])


@step
def roster_hard(world: World, n: int, kind: str) -> None:
    """What a roster says of people's hardship."""
    hardship.record_many(by=SYSTEM, on=world.on, base=world.draft.base, kinds={world.person(n).pk: [kind]})


@step
def hard(world: World, n: int, kind: str, days: int) -> None:
    hardship.record(by=SYSTEM, on=world.on, person=world.person(n), kind=kind, since=world.ago(days))


@step
def hard_no_more(world: World, n: int, days: int) -> None:
    row = nth(HardshipStatus.objects.filter(ended_on=None), n)
    hardship.end(by=SYSTEM, on=world.on, status=row, ended_on=max(row.since, world.ago(days)))


@step
def issue(world: World, people_of: list[int], skill: int) -> None:
    held = set(Certificate.objects.values_list("enrolment_id", flat=True))
    asked = [world.waiting[skill][n % len(world.people)] for n in people_of]
    world.certificates += issued(
        list({one.pk: one for one in asked if one.pk not in held}.values()), on=world.on
    )


@step
def change(world: World, n: int, how: str) -> None:
    row = nth(Certificate.objects.all(), n)
    {"withdraw": withdrawn, "suspend": suspended, "reinstate": reinstated}[how](row, on=world.on)

"""The two-skills figures of a region: kept totals beside count(distinct) over the certificates, in the same run.

Run: `python benchmarks/coverage.py [people]`, and `python -m tests.postgres python benchmarks/coverage.py` for
PostgreSQL. It makes rows of its own in the test settings' database and throws them away. The answers of both ways
are compared before they are timed.
"""

import os
import random
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from benchmarks.clock import median, once  # noqa: E402

# Skills by person, among those counted, each proved by the same certificate rows for both ways.
NAIVE = """
SELECT {child}, count(*), sum(CASE WHEN skills >= 2 THEN 1 ELSE 0 END) FROM (
    SELECT member.person_id, region.path AS path, count(DISTINCT certificate.skill_id) AS skills
    FROM goals_populationmember member
    JOIN registry_region region ON region.id = member.region_id
    LEFT JOIN certificates_certificate certificate
        ON certificate.person_id = member.person_id AND certificate.status = 'issued'
    WHERE member.period_id = %s AND region.path LIKE %s
    GROUP BY member.person_id, region.path
) counted GROUP BY {child}
"""


def main(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from courses.models import Enrolment
    from goals.actions import figures, recounts
    from goals.models import FigureDelta, Tally
    from goals.queries.coverage import of_region
    from goals.queries.tallies import recorded
    from registry.models import EmploymentStatus, NeedRegistration, Person, Region
    from tests.conftest import TODAY
    from tests.courses.factories import a_cohort, a_course
    from tests.goals.factories import a_period, certificates
    from tests.registry.factories import a_base, all_regions

    call_command("migrate", verbosity=0)
    all_regions()
    period = a_period()
    dice = random.Random(1)
    counties = list(Region.objects.in_force(TODAY).filter(level="county").values_list("pk", flat=True))
    tianshui = list(
        Region.objects.filter(path__contains="/620500/", level="county").values_list("pk", flat=True)
    )
    print(f"{connection.vendor}, {count:,} people in {len(counties):,} counties")

    def build() -> None:
        people = Person.objects.bulk_create(
            [
                Person(
                    name="甲",
                    citizen_id=f"{n:018d}",
                    citizen_id_index=n.to_bytes(32, "big"),
                    birth_date=date(1985, 3, 15),
                    sex="male",
                    region_id=dice.choice(tianshui if n % 10 == 0 else counties),
                    registered_on=TODAY,
                )
                for n in range(count)
            ],
            batch_size=2_000,
        )
        NeedRegistration.objects.bulk_create(
            [
                NeedRegistration(
                    person=person,
                    training_need=True,
                    employment_need=True,
                    employable=True,
                    registered_on=date(2022, 5, 1),
                )
                for person in people
            ],
            batch_size=2_000,
        )
        EmploymentStatus.objects.bulk_create(
            [
                EmploymentStatus(person=person, status="unemployed", since=date(2021, 1, 1))
                for person in people
            ],
            batch_size=2_000,
        )
        for start in range(0, count, 2_000):
            figures.people_changed(people=[person.pk for person in people[start : start + 2_000]], on=TODAY)
        base = a_base("620502")
        for skill in ("livestreaming", "embroidery", "paper-cutting"):
            cohort = a_cohort(base, course=a_course(base, skill=skill))
            enrolled = Enrolment.objects.bulk_create(
                [
                    Enrolment(cohort=cohort, person=person, enrolled_on=TODAY)
                    for person in people
                    if dice.random() < 0.45
                ],
                batch_size=2_000,
            )
            for start in range(0, len(enrolled), 2_000):
                certificates(enrolled[start : start + 2_000])

    with transaction.atomic():
        once("make people and certificates, counting as they come", build)
        print(f"deltas appended: {FigureDelta.objects.count():,}")
        folded = once("fold the first deltas", figures.fold)
        while more := figures.fold():
            folded += more
        nation = Region.objects.get(code="000000")
        prefecture = Region.objects.get(code="620500")

        def naive(region: Region) -> dict[str, tuple[int, int]]:
            place = len(region.path) + 1
            child = f"substr(path, {place}, 6)"
            with connection.cursor() as cursor:
                cursor.execute(NAIVE.format(child=child), [period.pk, region.path + "%"])
                return {code: (people, two) for code, people, two in cursor.fetchall()}

        def kept(region: Region) -> dict[str, tuple[int, int]]:
            shown = of_region(region, period, on=TODAY)
            return {
                child.code: (figures.people, figures.two_skills)
                for child, figures in shown.below
                if figures.people
            }

        for name, region in (("nation, 31 provinces", nation), ("prefecture, 8 units", prefecture)):
            assert kept(region) == naive(region), name
            slow = median(f"{name}: count(distinct)", lambda region=region: naive(region))
            fast = median(f"{name}: totals, no delta", lambda region=region: kept(region))
            print(f"{'':<60} {slow / fast:9.1f} times")
        members = list(Tally.objects.order_by("?").values_list("person_id", flat=True)[:500])
        for person_id in members:  # one withdrawal each, as single issuers would append them
            before = recorded([person_id], [period])
            figures.write(before, {})
            figures.write({}, before)
        print(f"deltas not folded: {FigureDelta.objects.count():,}")
        for name, region in (("nation, 31 provinces", nation), ("prefecture, 8 units", prefecture)):
            assert kept(region) == naive(region), name
            median(f"{name}: totals and deltas", lambda region=region: kept(region))
        for size in (1, 50):
            batch = members[:size]
            median(
                f"people_changed for {size}",
                lambda batch=batch: figures.people_changed(people=batch, on=TODAY),
            )
        found = once("recount everybody, check only", lambda: recounts.recount(on=TODAY, check=True))
        assert found.agrees, (
            found.wrong_totals[:3],
            found.wrong_people.most_common(3),
            found.wrong_people.total(),
        )
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

"""How long the pages of what comes after the training take, with so many people: rates, ledger, due list, work list.

Run: `python benchmarks/after_training.py [people]`, and `python -m tests.postgres python benchmarks/after_training.py` for
PostgreSQL. It makes rows of its own in the test settings' database and throws them away. Each page is asked of the whole
site as an officer's browser does, with middleware and template; the median of seven counts.
"""

import os
import random
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from benchmarks.clock import median, once  # noqa: E402

BATCH = 2_000


def main(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client
    from django.urls import reverse

    from courses.actions import follow_ups
    from tests.courses.factories import a_cohort
    from tests.registry.factories import a_base, a_federation, an_account

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        counties = ("620502", "620503", "620521", "620522")
        cohorts = [a_cohort(a_base(counties[n % 4])) for n in range(max(1, count // 40))]
        _people(count, cohorts)
        print(f"{connection.vendor}, {count:,} people in {len(cohorts):,} cohorts")
        once("make the follow-ups that are due", partial(follow_ups.make_due, on=date(2024, 9, 1)))
        city = a_federation("620500")
        officer, counsellor = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
        officer.force_login(an_account("federation_officer", city))
        counsellor.force_login(an_account("counsellor", city))
        for client, name, query in (
            (officer, "courses:rates", ""),
            (officer, "courses:rates", "?by=cohort"),
            (officer, "courses:employment", ""),
            (officer, "courses:counsellors", ""),
            (officer, "courses:without-service", ""),
            (counsellor, "courses:follow-ups", ""),
            (counsellor, "registry:home", ""),
        ):
            address = reverse(name) + query
            assert client.get(address).status_code == 200
            median(address, partial(client.get, address), runs=7)
        transaction.set_rollback(True)


def _people(count: int, cohorts: list) -> None:
    """Everybody completed one cohort in 2023 or 2024; two in five found work, one in five of them left it."""
    from courses.models import Cohort, EmploymentSpell, Enrolment
    from registry.models import EmploymentStatus, Person

    dice = random.Random(1)
    Cohort.objects.filter(pk__in=[cohort.pk for cohort in cohorts]).update(state="completed")
    people = Person.objects.bulk_create(
        [
            Person(
                name="甲",
                citizen_id=f"{n:018d}",
                citizen_id_index=n.to_bytes(32, "big"),
                birth_date=date(1985, 3, 15),
                sex="male",
                region_id=cohorts[n % len(cohorts)].region_id,
                registered_on=date(2023, 1, 1),
            )
            for n in range(count)
        ],
        batch_size=BATCH,
    )
    enrolments, spells, statuses = [], [], []
    for n, person in enumerate(people):
        completed = date(2023, 1, 1) + timedelta(days=dice.randrange(500))
        enrolment = Enrolment(
            cohort=cohorts[n % len(cohorts)],
            person=person,
            enrolled_on=completed - timedelta(days=30),
            employment=dice.choice(["unemployed"] * 8 + ["employed", ""]),
            outcome="completed",
            outcome_rule="passed",
            outcome_on=completed,
        )
        enrolments.append(enrolment)
        statuses.append(EmploymentStatus(person=person, status="unemployed", since=date(2022, 1, 1)))
        if dice.random() < 0.4:
            began = completed + timedelta(days=dice.randrange(300))
            left = dice.random() < 0.2
            spells.append(
                EmploymentSpell(
                    person=person,
                    form="concentrated",
                    employer_name="工厂",
                    started_on=began,
                    ended_on=began + timedelta(days=100) if left else None,
                    end_reason="resigned" if left else "",
                    recorded_on=began,
                    recorded_by="甲",
                )
            )
    Enrolment.objects.bulk_create(enrolments, batch_size=BATCH)
    EmploymentSpell.objects.bulk_create(spells, batch_size=BATCH)
    EmploymentStatus.objects.bulk_create(statuses, batch_size=BATCH)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

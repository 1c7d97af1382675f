"""How long the checks for fraud take, with so many people: everything, what one write touches, and the pages.

Run: `python benchmarks/flags.py [people]`, and `python -m tests.postgres python benchmarks/flags.py` for PostgreSQL. It
makes rows of its own in the test settings' database and throws them away.
"""

import os
import sys
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from benchmarks import after_training  # noqa: E402
from benchmarks.clock import median, once  # noqa: E402

A_COHORT = 20
SESSIONS = 8


def main(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from courses.actions import flags
    from courses.actions import sessions as timetable
    from courses.models import Cohort, ReviewFlag
    from courses.rules.sessions import NewSession
    from registry.rules.access import SYSTEM
    from tests.courses.factories import a_cohort, a_course
    from tests.registry.factories import a_base, a_federation, an_account

    call_command("migrate", verbosity=0)
    at = timezone.make_aware(datetime(2200, 1, 1))
    with transaction.atomic():
        counties = ("620502", "620503", "620521", "620522")
        courses = [a_course(a_base(counties[n % 4])) for n in range(max(1, count // A_COHORT // 10))]
        cohorts = [a_cohort(course=courses[n // 10]) for n in range(len(courses) * 10)]
        after_training._people(count, cohorts)
        _attendance()
        print(f"{connection.vendor}, {count:,} people in {len(cohorts):,} cohorts")
        once("look at every cohort", partial(flags.recheck_all, at=at))
        once("look at every cohort again", partial(flags.recheck_all, at=at))
        running = cohorts[0]
        Cohort.objects.filter(pk=running.pk).update(state="running")
        new = [NewSession(running.starts_on + timedelta(days=20), 9)]
        timetable.add_sessions(by=SYSTEM, on=running.starts_on, cohort=running, sessions=new)
        once("look at what one write touched", partial(flags.recheck_what_changed, at=at))
        once("look when nothing was written", partial(flags.recheck_what_changed, at=at))
        print(f"{ReviewFlag.objects.count():,} flags")
        approver = Client(HTTP_HOST="localhost")
        approver.force_login(an_account("approver", a_federation("620500")))
        flag = ReviewFlag.objects.order_by("-pk")[0]
        for address in (
            reverse("courses:flags"),
            reverse("courses:flag", args=[flag.public_id]),
            reverse("courses:cohort", args=[running.public_id]),
        ):
            assert approver.get(address).status_code == 200
            median(address, partial(approver.get, address), runs=7)
        transaction.set_rollback(True)


def _attendance() -> None:
    """Every cohort has its sessions, with everybody's attendance written on the last day of all."""
    from courses.models import Attendance, Cohort, Enrolment, Session

    cohorts = list(Cohort.objects.all())
    sessions = Session.objects.bulk_create(
        Session(cohort=cohort, on=cohort.starts_on + timedelta(days=day), hours=3)
        for cohort in cohorts
        for day in range(SESSIONS)
    )
    trainees: dict[int, list[int]] = {}
    for cohort, enrolment in Enrolment.objects.values_list("cohort_id", "pk"):
        trainees.setdefault(cohort, []).append(enrolment)
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=session,
                enrolment_id=enrolment,
                presence="present" if (enrolment + number) % 9 else "absent",
                recorded_on=date(2025, 1, 1) if session.cohort_id % 5 == 0 else session.on,
            )
            for number, session in enumerate(sessions)
            for enrolment in trainees.get(session.cohort_id, ())
        ),
        batch_size=2_000,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

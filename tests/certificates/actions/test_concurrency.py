"""Numbers without a gap and nothing twice, whoever else issues at the same moment, and whatever kills the process."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction

from certificates.actions import certificates, series
from certificates.models import Certificate, CertificateEvent, NumberSeries
from certificates.proof.verify import verify
from certificates.queries.keys import trust_bundle
from courses.models import Enrolment
from registry.models import AuditEvent, TrainingBase
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, an_earned_enrolment
from tests.registry.factories import a_base, a_person

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def in_threads(work: Any, items: list[Any]) -> list[Any]:
    """Runs `work` for each item at once, one thread and one database connection each."""

    def run(item: Any) -> Any:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(run, items))


def sequences() -> list[int]:
    return sorted(int(str(number)[13:19]) for number in Certificate.objects.values_list("number", flat=True))


def test_eight_threads_with_random_rollbacks_leave_no_gap_and_no_double() -> None:
    base = a_base("620502")

    class RolledBack(Exception):
        pass

    def take_many(seed: int) -> list[int]:
        chance = random.Random(seed)
        kept = []
        for _ in range(30):
            try:
                with transaction.atomic():
                    numbers = series.take(base=base, year=2024, count=chance.randint(1, 3))
                    if chance.random() < 0.3:
                        raise RolledBack
                kept += numbers
            except RolledBack:
                pass
        return kept

    taken = sorted(number for kept in in_threads(take_many, list(range(THREADS))) for number in kept)

    assert taken == list(range(1, len(taken) + 1))
    assert NumberSeries.objects.get(base=base).last == len(taken)


def test_eight_clicks_at_once_issue_one_certificate() -> None:
    enrolment = an_earned_enrolment()
    together = Barrier(THREADS)

    def click(_n: int) -> str:
        together.wait()
        return certificates.issue(
            by=SYSTEM, on=ISSUED_ON, enrolment=Enrolment.objects.get(pk=enrolment.pk)
        ).code

    assert len(set(in_threads(click, list(range(THREADS))))) == 1
    assert Certificate.objects.count() == CertificateEvent.objects.count() == 1
    assert NumberSeries.objects.get().last == 1


def test_two_windows_issuing_one_cohort_share_the_work() -> None:
    cohort = a_cohort_to_certify([a_person(n) for n in range(12)])

    steps = in_threads(
        lambda _n: certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort), list(range(3))
    )

    assert all(not step.refused for step in steps)
    assert sequences() == list(range(1, 13))
    assert AuditEvent.objects.filter(verb="certificate.issued").count() == 12


ONE_BY_ONE = """
    import sys
    import django
    django.setup()
    from certificates.actions.certificates import issue
    from courses.models import Enrolment
    from registry.rules.access import SYSTEM
    from tests.certificates.factories import ISSUED_ON
    for pk in map(int, sys.argv[1:]):
        code = issue(by=SYSTEM, on=ISSUED_ON, enrolment=Enrolment.objects.get(pk=pk)).code
        print(pk, code, flush=True)
"""
IN_BATCHES = """
    import sys
    import django
    django.setup()
    from certificates.actions.certificates import issue_cohort
    from certificates.queries.cohorts import issued
    from courses.models import Enrolment
    from registry.rules.access import SYSTEM
    from tests.certificates.factories import ISSUED_ON
    cohort = Enrolment.objects.get(pk=sys.argv[1]).cohort
    while issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=4).remaining:
        for one in issued(cohort):
            print(one.enrolment_id, one.code, flush=True)
"""


# `KILLS=200 pytest -k killed` is the long run, for before a release; every run of the tests does a short one.
KILLS = int(os.environ.get("KILLS", "4"))
TOGETHER = max(2, min(8, KILLS // 3))


@pytest.mark.parametrize("program", [ONE_BY_ONE, IN_BATCHES], ids=["one by one", "in batches"])
def test_killed_processes_leave_nothing_half_issued_nothing_twice_and_no_gap(
    program: str, tmp_path: Path
) -> None:
    cohort = a_cohort_to_certify([a_person(n) for n in range(48 + 2 * KILLS)])
    enrolments = list(cohort.enrolments.order_by("pk").values_list("pk", flat=True))
    told: dict[str, str] = {}
    chance = random.Random(4)

    for _round in range(KILLS // TOGETHER):
        workers = [
            start_worker(program, chance.sample(enrolments, len(enrolments)), tmp_path)
            for _ in range(TOGETHER)
        ]
        for worker in workers:
            # Until it issues; then kill it somewhere in the middle of its work.
            assert worker.stdout is not None
            first = worker.stdout.readline()
            assert first or worker.wait() == 0, Path(tmp_path / "errors").read_text()
            note(first, told)
        time.sleep(chance.uniform(0.0, 0.15))
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            assert worker.stdout is not None
            for line in worker.stdout.read().splitlines():
                note(line, told)
            worker.wait()
        check_whole(cohort.base, told)

    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=len(enrolments))
    check_whole(cohort.base, told)
    assert sequences() == list(range(1, len(enrolments) + 1))


def start_worker(program: str, enrolments: list[int], folder: Path) -> subprocess.Popen[str]:
    """A process of its own on the tests' database, with the tests' keys."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        place = f"sqlite:///{database['NAME']}"
    else:
        place = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(database['HOST'], safe='')}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "registry.settings",
        "DATABASE_URL": place,
        "LOG_LEVEL": "ERROR",
        "SIGNING_KEY_DIR": str(settings.SIGNING_KEY_DIR),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    with (folder / "errors").open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), *map(str, enrolments)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )


def note(line: str, told: dict[str, str]) -> None:
    """What a worker said it had issued; a line cut short by the kill says nothing."""
    parts = line.split()
    if len(parts) == 2 and len(parts[1]) == 12:
        assert told.setdefault(parts[0], parts[1]) == parts[1]


def check_whole(base: TrainingBase, told: dict[str, str]) -> None:
    held = {str(one.enrolment_id): one for one in Certificate.objects.all()}
    # Nothing that was told of is lost, nothing is there twice.
    assert {enrolment: held[enrolment].code for enrolment in told} == told
    assert len(held) == Certificate.objects.count()
    # Nothing is half there: signed, numbered, with its event and its audit row.
    bundle = trust_bundle(ISSUED_ON)
    for one in held.values():
        assert one.status == "issued"
        verify(one.code, one.fragment, bundle)
    assert CertificateEvent.objects.count() == len(held)
    assert AuditEvent.objects.filter(verb="certificate.issued").count() == len(held)
    # No gap.
    assert sequences() == list(range(1, len(held) + 1))
    assert NumberSeries.objects.get(base=base).last == len(held)

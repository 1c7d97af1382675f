"""Finished certificates a second on one database: the part of issue.py that runs on SQLite and on PostgreSQL.

Two processes, as on two cores, each issue cohorts of their own base by the actions that the site uses. A finished
certificate is its stored row, signature, audit row, number, event and place in the status list, with the two-skills
figures of its holder counted again, all committed to disk; "QR" also draws its QR and reads it back; "PDF" also makes
the printed sheet, fifty in a file.

`python benchmarks/finished.py [trainees]` prints one JSON object. It makes rows in the database of DATABASE_URL.
"""

# ruff: noqa: E402  Django is set up before its models are imported

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "registry.settings"
os.environ["LOG_LEVEL"] = "ERROR"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from certificates.actions import certificates
from certificates.faces import pdf, qr
from certificates.models import Certificate
from certificates.queries.cohorts import issued
from certificates.views.printing import face_of
from courses.models import Cohort
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, an_issuing_base
from tests.goals.factories import a_member, a_period

PROCESSES = 2
WARM_UP = 5
SHEETS_A_FILE = 50
SKILLS = {
    "row, signature, number, audit": "livestreaming",
    "with QR": "embroidery",
    "with QR and PDF": "paper-cutting",
}


def main(trainees: int) -> None:
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        be_durable()
    cohorts = prepare(trainees)
    command = [sys.executable, __file__, "--work"]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    rates = {}
    for what in SKILLS:
        for number, worker in enumerate(workers):
            ask(worker, {"warm_up": cohorts[f"{what} {number} first"], "what": what})
        for worker in workers:
            hear(worker)
        started = time.perf_counter()
        for number, worker in enumerate(workers):
            ask(worker, {"cohort": cohorts[f"{what} {number}"], "what": what})
        told = [hear(worker) for worker in workers]
        taken = time.perf_counter() - started
        made = sum(one["made"] for one in told)
        assert made == PROCESSES * trainees, told
        rates[what] = {"second": made / taken, "core": made / sum(one["core_seconds"] for one in told)}
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.close()
        worker.wait()
    check(PROCESSES * len(SKILLS) * (trainees + WARM_UP))
    print(json.dumps({"database": database(), "trainees": trainees, "rates": rates}))


def database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 'SQLite ' || sqlite_version()")
        else:
            cursor.execute("SELECT 'PostgreSQL ' || current_setting('server_version')")
        return str(cursor.fetchone()[0])


def be_durable() -> None:
    """The tests' server does not wait for its disk; a figure worth telling does."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET fsync = on")
        cursor.execute("SELECT pg_reload_conf()")
    time.sleep(1)
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone()[0] == "on"


@transaction.atomic
def prepare(trainees: int) -> dict[str, int]:
    """For each process a base with a cohort to warm up on and one to measure, for each kind of work."""
    a_period()
    cohorts = {}
    for number in range(PROCESSES):
        base = an_issuing_base()
        people = [a_member(1 + number * (trainees + WARM_UP) + n) for n in range(trainees + WARM_UP)]
        for what, skill in SKILLS.items():
            for name, some in (
                (f"{what} {number} first", people[:WARM_UP]),
                (f"{what} {number}", people[WARM_UP:]),
            ):
                cohorts[name] = a_cohort_to_certify(some, base=base, skill=skill).pk
    return cohorts


def work() -> None:
    """A worker: one line of JSON in, one out, until its input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        cohort = Cohort.objects.get(pk=asked.get("cohort") or asked["warm_up"])
        start = time.process_time()
        made = finish(cohort, asked["what"])
        print(json.dumps({"made": made, "core_seconds": time.process_time() - start}), flush=True)


def finish(cohort: Cohort, what: str) -> int:
    done = certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=10_000)
    assert not done.refused
    if "QR" in what:
        faces = [face_of(certificate) for certificate in issued(cohort)]
        if "PDF" in what:  # which draws the QR
            for start in range(0, len(faces), SHEETS_A_FILE):
                assert pdf.batch(faces[start : start + SHEETS_A_FILE], title="证书").startswith(b"%PDF")
        else:
            for face in faces:
                assert qr.draw(face.url, qr.error_correction_for(pdf.QR_MM)).text == face.url
    return done.made


def check(expected: int) -> None:
    """Nothing of what was counted is unfinished."""
    assert Certificate.objects.filter(status="issued").exclude(fragment="").count() == expected
    assert AuditEvent.objects.filter(verb="certificate.issued").count() == expected


def ask(worker: "subprocess.Popen[str]", question: dict[str, Any]) -> None:
    assert worker.stdin is not None
    worker.stdin.write(json.dumps(question) + "\n")
    worker.stdin.flush()


def hear(worker: "subprocess.Popen[str]") -> dict[str, Any]:
    assert worker.stdout is not None
    return json.loads(worker.stdout.readline())


if __name__ == "__main__":
    if sys.argv[1:] == ["--work"]:
        work()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

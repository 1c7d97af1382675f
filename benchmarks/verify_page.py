"""How fast the public certificate page and its JSON are, beside a bare view and the page made the ordinary way.

    python benchmarks/verify_page.py [seconds]

On a throw-away database with 300 certificates: SQLite, or PostgreSQL by
`python -m tests.postgres python benchmarks/verify_page.py`. Four candidates answer, through the whole middleware
of the settings (candidates.py):

- bare: an ordinary view that returns a constant, behind the site's middleware
- orm:  the same page by the ORM (select_related) and the same template, rendered each time
- page: the real page (certificates/public.py)
- json: the same for programmes, /api/verify/<code>

First in turn in one process without a network: the work of one request, on the clock and in the processor. Then,
where `wrk` is installed (a Debian package), under load: two workers of the server that the documents recommend, 16
connections. README.md has results with their day.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["TWOSKILLS_ENV"] = "development"
os.environ["TWOSKILLS_VAR"] = tempfile.mkdtemp(prefix="twoskills-bench-")
os.environ["DATABASE_URL"] = (
    os.environ.get("DATABASE_URL") or f"sqlite:///{os.environ['TWOSKILLS_VAR']}/b.sqlite3"
)

from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

from benchmarks.candidates import CANDIDATES, application
from certificates.actions.certificates import issue_cohort
from certificates.models import Certificate
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify

CERTIFICATES = 300
ROUNDS = 3
CONNECTIONS = 16
HEADERS = {"Accept-Language": "zh-CN,zh;q=0.9"}


def main(seconds: float) -> None:
    call_command("migrate", verbosity=0)
    issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=a_cohort_to_certify(CERTIFICATES), limit=CERTIFICATES)
    codes = list(Certificate.objects.values_list("code", flat=True))
    connection.close()
    share = seconds / ROUNDS / len(CANDIDATES)
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
    in_process(codes, share)
    if shutil.which("wrk"):
        under_load(codes, share)
    else:
        print("wrk is not installed: no figures under load")


def in_process(codes: list[str], seconds: float) -> None:
    """One request after the other; `core` leaves out what other processes did, the database's too."""
    clock: dict[str, float] = dict.fromkeys(CANDIDATES, 0.0)
    core: dict[str, float] = dict.fromkeys(CANDIDATES, 0.0)
    for _round in range(ROUNDS):
        for name, address in CANDIDATES.items():
            by_clock, by_core = measure(codes, address, seconds)
            clock[name], core[name] = max(clock[name], by_clock), max(core[name], by_core)
    for name in CANDIDATES:
        print(
            f"{name:5} {clock[name]:8.0f} requests/s  {clock[name] / clock['bare']:5.2f} of bare"
            f"   in a second of a core {core[name]:8.0f}  {core[name] / core['bare']:5.2f} of bare"
        )


def measure(codes: list[str], address: str, seconds: float) -> tuple[float, float]:
    """Requests a second, each for another certificate."""
    factory = RequestFactory(SERVER_NAME="127.0.0.1")
    requests, start, spent = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        environ = factory.get(address.format(codes[requests % len(codes)]), headers=HEADERS).environ
        status: list[str] = []
        response = application(environ, lambda line, headers, status=status: status.append(line))
        assert status[0] == "200 OK", status
        b"".join(response)
        response.close()
        requests += 1
    return requests / (time.perf_counter() - start), requests / (time.process_time() - spent)


def under_load(codes: list[str], seconds: float) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            *(Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", str(port)),
            *(
                "--workers",
                "2",
                "--blocking-threads",
                "8",
                "--log-level",
                "error",
                "benchmarks.candidates:application",
            ),
        ],
        cwd=Path(__file__).resolve().parent.parent,
    )
    try:
        wait_for(port)
        rates: dict[str, list[float]] = {name: [] for name in CANDIDATES}
        for _round in range(ROUNDS):
            for name, address in CANDIDATES.items():
                rates[name].append(wrk(f"http://127.0.0.1:{port}", address, codes, seconds))
    finally:
        server.terminate()
        server.wait()
    for name, runs in rates.items():
        print(f"{name:5} {max(runs):8.0f} requests/s by wrk  {max(runs) / max(rates['bare']):5.2f} of bare")


def wrk(site: str, address: str, codes: list[str], seconds: float) -> float:
    """Requests a second, all of them answered with 200."""
    paths = ", ".join(f'"{address.format(code)}"' for code in codes)
    script = Path(os.environ["TWOSKILLS_VAR"]) / "paths.lua"
    script.write_text(
        f"local paths, at = {{{paths}}}, 0\n"
        "function request() at = at % #paths + 1; return wrk.format('GET', paths[at]) end\n"
    )
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *headers, "-s", script, site]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def wait_for(port: int) -> None:
    for _try in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 24)

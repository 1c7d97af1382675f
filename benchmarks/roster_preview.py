"""How long the preview of a roster of 10,000 rows takes, beside openpyxl reading the same file in the same run.

Run: `python benchmarks/roster_preview.py [rows]`. It makes a database of its own and throws it away.
"""

import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

Result = TypeVar("Result")


def timed(what: str, act: Callable[[], Result]) -> Result:
    started = time.perf_counter()
    result = act()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<50} {time.perf_counter() - started:7.2f} s   peak {peak:6.0f} MB")
    return result


def main(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.client import Client
    from django.urls import reverse

    from courses.actions import rosters
    from registry.rules.access import SYSTEM
    from tests.conftest import TODAY
    from tests.courses.factories import a_cohort
    from tests.courses.workbooks import messy
    from tests.registry.factories import a_base, all_regions, an_account

    call_command("migrate", verbosity=0)
    all_regions()
    cohort = a_cohort(a_base(), state="enrolling")
    rows = messy.people(count)
    for row in rows[:: max(count // 100, 1)]:
        row["身份证号"] = f"{str(row['身份证号'])[:17]}?"
    for at, row in enumerate(rows):
        row["户籍地址"] = ("甘肃省天水市麦积区道北街道", "秦州区玉泉镇", "幸福路8号")[at % 3]
    data = messy.messy_roster(rows)
    print(f"{count:,} rows, {len(rows[0])} columns, {len(data) / 1024:,.0f} kB")
    client = Client(SERVER_NAME="localhost")
    client.force_login(an_account("base_manager", cohort.base))

    def by_page() -> str:
        file = io.BytesIO(data)
        file.name = "花名册.xlsx"
        answer = client.post(reverse("courses:roster", args=[cohort.public_id]), {"file": file})
        return str(answer.headers["Location"])

    timed("nothing, to see what the process holds so far", lambda: None)
    url = timed("upload in the browser", by_page)
    timed("preview page", lambda: client.get(url))
    roster = cohort.roster_imports.get()
    bad = roster.rows.filter(state="bad").first()
    assert bad is not None
    corrections = {bad.pk: {"name": "赵改正"}}
    timed(
        "correct one cell, check all rows again",
        lambda: rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections=corrections),
    )
    counts = timed("load", lambda: rosters.load(by=SYSTEM, on=TODAY, roster=roster))
    print(counts)
    timed("openpyxl reads the same file (all cells)", lambda: by_openpyxl(data))


def by_openpyxl(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return sum(1 for row in book.active.iter_rows() for cell in row if cell.value is not None)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="twoskills-benchmark-") as var:
        os.environ["TWOSKILLS_ENV"], os.environ["TWOSKILLS_VAR"] = "development", var
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/benchmark.sqlite3")
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

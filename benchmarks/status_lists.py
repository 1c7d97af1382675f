"""Publishing the status of a million certificates: changed lists, beside a scan of all certificates in the same run.

Run: `python benchmarks/status_lists.py [certificates]`, and `python -m tests.postgres python
benchmarks/status_lists.py` for PostgreSQL. The scan reads a bare table of index and status (narrower than the real
one, to its advantage), fills the lists and signs them in both forms. The lists of both ways are compared first.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from benchmarks.clock import median  # noqa: E402

NOT_VALID = 0.01
RUNS = 7


def main(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client
    from django.utils import timezone

    from certificates.actions import status_lists
    from certificates.models import Certificate
    from certificates.models.keys import KeyPurpose
    from certificates.proof import base64url, status_token
    from certificates.proof.status import Status, StatusList, locate
    from certificates.queries.keys import installation_key
    from certificates.queries.status_lists import LASTS, key_store, open_lists, statuses
    from certificates.rules.status_indexes import block_for
    from registry.requests import today
    from tests.certificates.factories import an_issued_certificate

    call_command("migrate", verbosity=0)
    dice = random.Random(1)
    print(f"{connection.vendor}, {count:,} certificates, {NOT_VALID:.0%} of them not valid")

    def begin_counting_at(last: int) -> None:
        """The next certificate is the last of a million, so that as many lists are open."""
        table = Certificate._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last - 1})")
            else:
                cursor.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
                cursor.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last - 1})")

    with transaction.atomic():
        begin_counting_at(count)
        an_issued_certificate()
        places = dice.sample(range(block_for(count).stop), count)
        rows = [(place, dice.choice([1, 2, 3]) if dice.random() < NOT_VALID else 0) for place in places]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE scanned (status_index integer PRIMARY KEY, status integer NOT NULL)")
            cursor.executemany("INSERT INTO scanned VALUES (%s, %s)", rows)
        words = {1: "withdrawn", 2: "suspended", 3: "replaced"}
        marked = [Certificate(status_index=place, status=words[status]) for place, status in rows if status]
        status_lists.record(marked)
        while status_lists.fold():
            continue
        signer = key_store().signer(base64url.decode(installation_key(KeyPurpose.SERVICE, today()).kid))

        def scan() -> list[StatusList]:
            lists = [StatusList() for _number in open_lists()]
            with connection.cursor() as cursor:
                cursor.execute("SELECT status_index, status FROM scanned")
                for index, status in cursor:
                    number, place = locate(index)
                    lists[number].set(place, Status(status))
            for number, one in enumerate(lists):
                now = timezone.now()
                for sign in (status_token.sign_jwt, status_token.sign_cwt):
                    sign(one, uri=f"/{number}", issued_at=now, expires_at=now + LASTS, ttl=60, signer=signer)
            return lists

        assert [one.packed() for one in scan()] == [statuses(number).packed() for number in open_lists()]
        print(f"lists: {len(open_lists())}, of {len(statuses(0).compressed()):,} bytes compressed")
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            at = timezone.now()
            status_lists.publish(at=at, to=folder)

            def changed(number: int) -> Callable[[], object]:
                def act() -> None:
                    for one in dice.sample(marked, number):
                        one.status = dice.choice(["issued", "withdrawn"])
                        one.status_index %= 2**20  # all in the first list
                        status_lists.record([one]) if number == 1 else None
                    if number > 1:
                        status_lists.record([marked[n] for n in range(number)])
                    assert status_lists.publish(at=at, to=folder)

                return act

            whole = median("scan all, sign all lists", scan, 3)
            median("publish, nothing changed", lambda: status_lists.publish(at=at, to=folder), RUNS)
            one = median("record 1 change, publish", changed(1), RUNS)
            median("record 1,000 changes, publish", changed(1_000), RUNS)
            print(f"one change is {whole / one:,.0f} times cheaper than the scan")
            status_lists.publish(at=at + timedelta(minutes=1), to=folder)
        client = Client()
        client.get("/status/0.jwt")
        median("GET /status/0.jwt, nothing changed", lambda: client.get("/status/0.jwt"), 50)

        def change_and_get() -> None:
            status_lists.record([marked[dice.randrange(len(marked))]])
            client.get("/status/0.jwt")

        median("record 1 change, GET /status/0.jwt without a worker", change_and_get, 20)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

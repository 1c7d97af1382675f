"""Eight writers at once on few people, with two folders at work: the figures must still be exact.

On PostgreSQL they are not without the lock that people_changed takes before it counts; on SQLite one writer is alone
anyway, and nobody may be turned away.
"""

import random
import threading
from collections.abc import Callable, Collection
from functools import partial

import pytest
from django.db import connection, transaction

from certificates.models import Certificate
from goals.actions import figures, recounts
from goals.models import Tally
from goals.queries.coverage import of_region
from goals.queries.facts import with_facts
from goals.queries.tallies import Key, recorded
from registry import facts
from registry.models import Person, Region
from tests.conftest import TODAY
from tests.goals import by_hand
from tests.goals.factories import a_member, a_period, certificates, certified, enrolments
from tests.registry.factories import a_region

WRITERS, ROUNDS, PEOPLE = 8, 12, 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eight_writers_and_two_folders_leave_exact_counts(seed: int) -> None:
    a_period()
    people = [a_member(n) for n in range(1, PEOPLE + 1)]
    rows = [
        row
        for skill in ("livestreaming", "embroidery", "paper-cutting")
        for row in certificates(enrolments(people, skill))
    ]
    Certificate.objects.update(status="suspended")
    facts.people_changed(people=[person.pk for person in people], on=TODAY)
    counties = [a_region(code).pk for code in ("620502", "620503")]
    failures: list[BaseException] = []
    start = threading.Barrier(WRITERS + 2)

    def at_once(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def write(dice: random.Random) -> None:
        for _ in range(ROUNDS):
            chosen = dice.sample(rows, 3)
            status = dice.choice(["issued", "issued", "suspended"])
            with transaction.atomic():
                for row in sorted(chosen, key=lambda row: row.pk):
                    Certificate.objects.filter(pk=row.pk).update(status=status)
                touched = {row.person_id for row in chosen}
                if dice.random() < 0.3:
                    mover = min(touched)
                    Person.objects.select_for_update(no_key=True).get(pk=mover)
                    Person.objects.filter(pk=mover).update(region_id=dice.choice(counties))
                facts.people_changed(people=list(touched), on=TODAY)

    def fold() -> None:
        for _ in range(WRITERS * ROUNDS // 2):
            figures.fold()

    work = [partial(write, random.Random(seed * 100 + n)) for n in range(WRITERS)] + [fold, fold]
    threads = [threading.Thread(target=at_once, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    assert recounts.recount(on=TODAY, check=True).agrees
    assert not list(by_hand.differences(by_hand.everything(TODAY)))
    assert Tally.objects.filter(joined_on__isnull=False).count() == PEOPLE


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_writers_count_only_what_they_wrote_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the lock is for: the control of the test above."""
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite a transaction that writes is alone")
    a_period()
    person = a_member()
    rows = [certified(person, skill) for skill in ("livestreaming", "embroidery")]
    Certificate.objects.update(status="suspended")
    facts.people_changed(people=[person.pk], on=TODAY)
    both_have_counted = threading.Barrier(2, timeout=20)
    write = figures.write

    def late(*counted: dict[Key, Tally]) -> None:
        both_have_counted.wait()
        write(*counted)

    def unlocked(people: Collection[int]) -> list[Person]:
        return list(with_facts(Person.objects.filter(pk__in=people).order_by("pk")))

    monkeypatch.setattr(figures, "write", late)
    monkeypatch.setattr(figures, "lock", unlocked)

    def reinstate(row: Certificate) -> None:
        with transaction.atomic():
            Certificate.objects.filter(pk=row.pk).update(status="issued")
            facts.people_changed(people=[person.pk], on=TODAY)
        connection.close()

    threads = [threading.Thread(target=reinstate, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    assert Tally.objects.get().skills == 1, "each saw its own certificate only"
    assert list(by_hand.differences(by_hand.everything(TODAY)))


@pytest.mark.django_db(transaction=True)
def test_a_reader_never_sees_a_fold_half_done() -> None:
    a_period()
    for n in range(1, 31):
        a_member(n)
    nation = Region.objects.get(code="000000")
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(of_region(nation, a_period(), on=TODAY).figures.people)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(15):
            figures.fold()
            with transaction.atomic():  # the same counts again as deltas, so that each fold has work to do
                people = list(Person.objects.values_list("pk", flat=True))
                before = recorded(people, [a_period()])
                figures.write(before, {})
                figures.write({}, before)
    finally:
        done.set()
        reader.join()
    assert seen == {30}

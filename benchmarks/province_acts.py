"""What writing costs in a province: counting people afresh, folding, recounting, issuing, the snapshot of a month."""

import random
import time
from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from benchmarks.clock import median, once
from benchmarks.province_checks import naive
from benchmarks.province_pages import Clock
from certificates.actions import certificates
from certificates.models import SigningKey
from goals.actions import figures, snapshots
from goals.models import FigureDelta, PlanPeriod
from goals.queries.figures import of_region
from registry.models import Person, Region
from registry.rules.access import SYSTEM
from tests.certificates.factories import a_cohort_to_certify, a_signing_key
from tests.registry.factories import a_base, a_federation, an_accreditation

GOAL = "two_skill_coverage"
SIZES = (1, 40, 500)


def acts(province: str, *, on: date) -> None:
    """Each with its time; what is only tried is rolled back."""
    dice = random.Random(11)
    county = Region.objects.filter(path__contains=f"/{province}/", level="county").order_by("code")[0]
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    while figures.fold():
        continue
    for size in SIZES:
        _tried(
            f"people_changed for {size}, nothing else changed",
            lambda size=size: figures.people_changed(
                people=[dice.randrange(1, last + 1) for _ in range(size)], on=on
            ),
        )
    people = list(Person.objects.filter(region=county).order_by("pk")[: 3 * 40])
    base = a_base(county, n=time.time_ns() % 1_000_000_000)
    an_accreditation(base, plaque_number=f"P{time.time_ns() % 10**9}")
    if not SigningKey.objects.filter(owner__region__code=province).exists():
        a_signing_key(a_federation(province))
    for number, skill in enumerate(("livestreaming", "embroidery", "paper-cutting")):
        cohort = a_cohort_to_certify(people[40 * number : 40 * number + 40], base=base, skill=skill)
        clock = Clock()
        with connection.execute_wrapper(clock):
            made = once(
                "a cohort of 40 certified: issued, signed, figures moved",
                lambda cohort=cohort: certificates.issue_cohort(by=SYSTEM, on=on, cohort=cohort),
            )
        print(f"{'':<10}{clock.queries} queries, {clock.spent * 1000:.0f} ms in the database")
        assert (made.made, made.refused) == (len(people[40 * number : 40 * number + 40]), ()), made
    _goal_moved(county, on=on)
    print(f"deltas waiting: {FigureDelta.objects.count():,}")
    once("fold of them", figures.fold)
    # Comes after the fold, so that the totals hold all.
    once("snapshot of the last month, every region and period", lambda: snapshots.take(on=on))


def _tried(what: str, act: Callable[[], object]) -> None:
    def rolled_back() -> None:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    clock, used = Clock(), time.process_time()
    with connection.execute_wrapper(clock):
        median(what, rolled_back, runs=11)
    used = (time.process_time() - used) / 11 * 1000
    each = clock.spent / 11 * 1000
    print(
        f"{'':<10}{clock.queries // 11} queries, {each:.1f} ms in the database, {used:.1f} ms of our own CPU"
    )


def _goal_moved(county: Region, *, on: date) -> None:
    """The county's figure right after the issues, with deltas that no fold has seen, is what plain SQL counts."""
    period = PlanPeriod.objects.get(first_year=2022, last_year=2024)
    counts = of_region(county, period, on=on).counts
    kept = tuple(counts.get(name, 0) for name in ("members", "one", "two"))
    counted = naive(GOAL, period, county.path, on=on)[county.code]
    assert kept == counted, (kept, counted)
    print(f"{county.name}: {kept[2]:,} of {kept[0]:,} with two skills, as plain SQL counts them")

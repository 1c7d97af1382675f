"""A province of two million people with five million certificates: is every figure right, how fast is every page?

Run: `python -m tests.postgres python benchmarks/province.py [people]`, or without `tests.postgres` on SQLite (with fewer
people). It fills the database that it is given: give it a throw-away one; one that it filled before is only measured.
Everything kept is compared with `count(distinct …)` over the raw rows before anything is timed
(benchmarks/results/province.md).
"""

import multiprocessing
import os
import random
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

SEED = 5
PROVINCE = "360000"
PORTION = 5_000
WORKERS = 2
TWINS = 8
"""People who share one drawn life on PostgreSQL: it copies rows far faster than they are drawn and counted here."""
FIRST_YEAR, LAST_YEAR = 2022, 2024

Totals = dict[tuple[int, int, str], Counter[str]]


def main(people: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks import province_acts, province_checks, province_pages
    from benchmarks.clock import once
    from registry.models import Person

    settings.DEBUG = False
    on = timezone.localdate()
    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        world = once("regions, skills, plan, bases, cohorts", lambda: founded(people, on))
        once("people with all that is recorded of them, and their tallies", lambda: filled(world, people))
    print(province_checks.size())
    province_checks.check(f"000000/{PROVINCE}/", on=on)
    province_acts.acts(PROVINCE, on=on)
    province_pages.measure(PROVINCE)


def founded(people: int, on: date) -> Any:
    """The province before its people: regions, the plan's periods, federations, bases, courses, cohorts."""
    from benchmarks.province_world import World
    from courses.actions import skills
    from courses.models import Skill
    from goals.actions import periods, plans
    from goals.models import Plan, PlanPeriod
    from goals.queries.tallies import terms_on
    from registry.models import Region
    from tests.registry.factories import a_federation, all_regions

    all_regions()
    skills.load()
    plans.load()
    Plan.objects.exclude(region__code=PROVINCE).delete()
    kept = periods.ensure(FIRST_YEAR, LAST_YEAR)
    PlanPeriod.objects.exclude(first_year__gte=FIRST_YEAR, last_year__lte=LAST_YEAR).filter(
        plans=None
    ).delete()
    assert PlanPeriod.objects.filter(pk=kept.pk).exists()
    dice = random.Random(SEED)
    counties = list(
        Region.objects.in_force(on).filter(path__contains=f"/{PROVINCE}/", level="county").order_by("code")
    )
    for region in Region.objects.in_force(on).filter(path__contains=f"/{PROVINCE}/").order_by("path"):
        a_federation(region)
    weights = [dice.lognormvariate(0, 0.7) for _ in counties]
    taught = list(Skill.objects.filter(base_may_issue=True).select_related("category").order_by("number"))
    return World(
        counties=[county.pk for county in counties],
        weights=weights,
        cohorts=_near(counties, _cohorts(counties, weights, taught, people, dice)),
        skills=[(skill.pk, skill.category.code) for skill in taught],
        terms=terms_on(on),
        on=on,
    )


def _cohorts(counties: Any, weights: list[float], taught: Any, people: int, dice: random.Random) -> Any:
    """By county: about 40 enrolments in each cohort, four courses at each base, popular skills oftener."""
    from benchmarks.province_lives import number
    from benchmarks.province_world import Course as Class
    from courses.models import Cohort
    from courses.models import Course as CourseRow
    from tests.registry.factories import a_base

    bases = [
        a_base(county, categories=["general"])
        for county in dice.choices(counties, weights, k=max(12, people * 1_200 // 2_000_000))
    ]
    popular = [1 / (n + 1) for n in range(len(taught))]
    courses = CourseRow.objects.bulk_create(
        CourseRow(base=base, skill=dice.choices(taught, popular)[0], name=f"第{n}项", theory_hours=8, practice_hours=12,
                  training_kind="employment_skill")
        for base in bases
        for n in range(4)
    )  # fmt: skip
    first, made, known = date(FIRST_YEAR, 1, 1), [], []
    for n in range(max(len(courses), people * 22 // 400)):
        course = courses[n % len(courses)]
        starts = first + timedelta(days=dice.randrange(1_090))
        ends = starts + timedelta(days=dice.randrange(5, 40))
        made.append(Cohort(base=course.base, course=course, region=course.base.region, name=f"第{n}期",
                           starts_on=starts, ends_on=ends, state="closed"))  # fmt: skip
    found: dict[int, list[Class]] = defaultdict(list)
    for row in Cohort.objects.bulk_create(made, 5_000):
        known = row.course.skill
        found[row.region_id].append(
            Class(
                row.pk, row.base_id, known.pk, known.category.code, number(row.starts_on), number(row.ends_on)
            )
        )
    return found


def _near(counties: Any, cohorts: Any) -> dict[int, list[Any]]:
    """What people of a county can reach: its own cohorts, and some of its prefecture's; the province's if none."""
    by_prefecture: dict[str, list[Any]] = defaultdict(list)
    for county in counties:
        by_prefecture[county.path[:21]] += cohorts.get(county.pk, [])
    everything = [one for some in by_prefecture.values() for one in some]
    return {
        county.pk: [*cohorts.get(county.pk, []) * 4, *by_prefecture[county.path[:21]]] or everything
        for county in counties
    }


def filled(world: Any, people: int) -> None:
    """All rows of people, by as many processes as pay; then keys and indexes; then the totals."""
    from django.db import connection, connections

    from benchmarks.clock import once
    from benchmarks.province_load import Bulk

    bulk = Bulk(world.on)
    many = connection.vendor == "postgresql"
    workers, twins = (WORKERS, TWINS) if many else (1, 1)
    drawn = people // twins
    tasks = [(bulk, world, drawn, n, workers) for n in range(workers)]
    if many:
        connections.close_all()
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            totals = once("  lives drawn and counted", lambda: pool.map(_work, tasks, chunksize=1))
        once("  twins", lambda: bulk.twins(twins, drawn))
    else:
        totals = [_work(tasks[0])]
    once("  keys, indexes and foreign keys", bulk.close)
    once("  totals", lambda: carry_up(totals, twins))


def _work(task: Any) -> Totals:
    """The portions of one process: rows, tallies, and what they add up to."""
    from benchmarks.province_lives import portion
    from goals.models import PlanPeriod

    bulk, world, people, own, workers = task
    periods = list(PlanPeriod.objects.order_by("pk"))
    sums = no_sums()
    for n, first in enumerate(range(1, people + 1, PORTION)):
        if n % workers == own:
            last = min(first + PORTION, people + 1)
            lives = portion(world, first, last, SEED)
            bulk.load_lives(lives.rows)
            bulk.load_tallies(tallies(lives.facts, periods, world, sums))
            if own == 0 and n % (40 * workers) == 0:
                print(f"    {last - 1:>9,} people", flush=True)
    return dict(sums)


def no_sums() -> Totals:
    return defaultdict(Counter)


def tallies(known: Any, periods: Any, world: Any, sums: Totals) -> Any:
    """The tallies by the rules that count everywhere else; what they add is summed by region and cell."""
    from goals.rules.facts import Span
    from goals.rules.tallies import counted

    spans = [(period.pk, Span(period.first_day, period.last_day, world.on)) for period in periods]
    for person, region, facts in known:
        for period, span in spans:
            found = counted(facts, span, world.terms)
            if found is None:
                continue
            for cell in ("", *found.cells):
                _add(sums[period, region, cell], found.counts)
            for cell, part in found.parts.items():
                _add(sums[period, region, cell], part)
            yield period, person, region, found


def _add(whole: Counter[str], counts: Any) -> None:
    for name, count in counts.items():
        whole[name] += count


def carry_up(made: list[Totals], twins: int) -> None:
    """The sums of every county, carried up the tree as `fold` would."""
    from goals.actions.figures import add_to_totals
    from registry.models import Region

    paths = dict(Region.objects.values_list("pk", "path"))
    changes: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for sums in made:
        for (period, region, cell), counts in sums.items():
            for code in paths[region].rstrip("/").split("/"):
                _add(changes[period, code, cell], counts)
    for counts in changes.values():
        for name in counts:
            counts[name] *= twins
    add_to_totals(changes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

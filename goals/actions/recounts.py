"""Counting from scratch: what the two-skills figures must be, told or mended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q

from certificates.models import ExternalCertificate
from goals.actions.coverage import add_to_totals, lock, people_changed, recount_people, write
from goals.models import PlanPeriod, PopulationMember
from goals.queries.coverage import Figures, disagreements
from registry.actions import audit
from registry.models import EmploymentStatus, NeedRegistration, Person, Region
from registry.models.regions import NATION_CODE
from registry.rules.access import SYSTEM, Actor
from registry.rules.citizen_ids import WORKING_AGE

PEOPLE_AT_ONCE = 2_000
"""People that one transaction locks and counts; issuers of their certificates wait that long, others not at
all.
"""


@dataclass(frozen=True)
class WrongTotal:
    """A region whose kept figures are not the sum of its members."""

    period: str
    region_code: str
    kept: Figures
    counted: Figures


@dataclass
class Recount:
    """What a recount found: members counted wrong by period and region, and totals that do not add up."""

    people: int = 0
    wrong_members: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong_totals: list[WrongTotal] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.wrong_members and not self.wrong_totals


def recount(*, on: date, check: bool, by: Actor = SYSTEM) -> Recount:
    """Count everybody as of `on` and every region's sum, and mend what differs, or with `check` only tell.

    Works while others write: people are locked in portions, and sums are compared in one statement.
    """
    found = Recount()
    periods = list(PlanPeriod.objects.all())
    for people in _portions():
        _recount_portion(people, periods, found, on=on, check=check, by=by)
    _recount_totals(found, check=check, by=by)
    return found


def beat(*, since: date, on: date) -> int:
    """Count afresh the people whose facts a mere date changed from `since` to `on`; how many there were.

    An external certificate ran out, someone reached working age, or something recorded beforehand took
    effect.
    """
    # Both ends included: to count a person once too often changes nothing.
    days = (since, on)
    of_age = Q()
    for sex, band in WORKING_AGE.items():
        of_age |= Q(sex=sex, birth_date__range=[_years_before(day, band.lowest) for day in days])
    people: set[int] = set()
    for ids in (
        ExternalCertificate.objects.filter(valid_until__gte=since, valid_until__lt=on).values_list(
            "person_id", flat=True
        ),
        NeedRegistration.objects.filter(registered_on__range=days).values_list("person_id", flat=True),
        EmploymentStatus.objects.filter(since__range=days).values_list("person_id", flat=True),
        Person.objects.filter(of_age).values_list("pk", flat=True),
    ):
        people.update(ids)
    waiting = sorted(people)
    for start in range(0, len(waiting), PEOPLE_AT_ONCE):
        people_changed(people=waiting[start : start + PEOPLE_AT_ONCE], on=on)
    return len(waiting)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _portions() -> Iterator[list[int]]:
    last = 0
    while ids := list(
        Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PEOPLE_AT_ONCE]
    ):
        yield ids
        last = ids[-1]


@transaction.atomic
def _recount_portion(
    people: list[int], periods: list[PlanPeriod], found: Recount, *, on: date, check: bool, by: Actor
) -> None:
    before, after = recount_people(lock(people), periods, on=on)
    found.people += len(people)
    wrong = [
        key for key in before.keys() | after.keys() if _counted(before.get(key)) != _counted(after.get(key))
    ]
    if not wrong:
        return
    rows = [after.get(key) or before[key] for key in wrong]
    codes = dict(Region.objects.filter(pk__in={row.region_id for row in rows}).values_list("pk", "code"))
    names = {period.pk: str(period) for period in periods}
    found.wrong_members.update((names[row.period_id], codes[row.region_id]) for row in rows)
    if check:
        return
    write(
        {key: before[key] for key in wrong if key in before},
        {key: after[key] for key in wrong if key in after},
    )
    audit.record(
        "coverage.members_recounted",
        periods[-1],
        by=by,
        region_path=f"{NATION_CODE}/",
        wrong=len(wrong),
        regions=sorted(codes.values()),
    )


def _counted(member: PopulationMember | None) -> tuple[object, ...] | None:
    """What the figures rest on, without the day of counting."""
    return None if member is None else (member.region_id, member.joined_on, member.skills)


@transaction.atomic
def _recount_totals(found: Recount, *, check: bool, by: Actor) -> None:
    # The same lock as `fold`; members and deltas may still be written, since they change both sides alike.
    periods = {
        period.pk: period for period in PlanPeriod.objects.select_for_update(no_key=True).order_by("pk")
    }
    wrong = disagreements(periods.values())
    found.wrong_totals += [
        WrongTotal(str(periods[period_id]), code, kept, counted)
        for (period_id, code), (kept, counted) in wrong.items()
    ]
    if check or not wrong:
        return
    add_to_totals({key: list((counted - kept).counts) for key, (kept, counted) in wrong.items()})
    for period_id in sorted({period_id for period_id, _code in wrong}):
        audit.record(
            "coverage.totals_recounted",
            periods[period_id],
            by=by,
            region_path=f"{NATION_CODE}/",
            regions=[code for held, code in wrong if held == period_id],
        )

"""The periods of the plans, and which of them a reader means."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from goals.models import Plan, PlanPeriod
from goals.models.plans import PlanState
from registry.models import Person, Region
from registry.rules.shares import percent


def periods(region: Region | None = None) -> list[PlanPeriod]:
    """Those of plans, the earliest first, then single years; not those that only a draft has.

    With a region the periods that only plans of elsewhere have stand before its own: the last one is its latest.
    """
    drafted = PlanPeriod.objects.filter(counted_to=0, plans__state=PlanState.DRAFT)
    shown = PlanPeriod.objects.exclude(pk__in=drafted.values("pk"))
    own: Collection[int] = ()
    if region is not None:
        near = Q(region__path__startswith=region.path) | Q(region__code__in=region.ancestor_codes)
        own = set(Plan.objects.filter(near, state=PlanState.IN_FORCE).values_list("period", flat=True))
    return sorted(shown, key=lambda period: (period.is_year, period.pk in own, period.first_year))


def chosen(among: Sequence[PlanPeriod], asked: str | None, *, on: date) -> PlanPeriod | None:
    """The one asked for by its key ("2022-2024"), or the latest of a plan, or year, that has begun by `on`.

    An unknown key gives that too, so that old links still open; None when no plan is loaded.
    """
    begun = [period for period in among if period.first_year <= on.year]
    of_plans = [period for period in begun if not period.is_year]
    latest = next(reversed(of_plans or begun), None) or next(iter(among), None)
    return next((period for period in among if period.key == asked), latest)


def counted_share(period: PlanPeriod) -> Decimal | None:
    """How far counting is, in per cent of the register; None once everybody is counted."""
    if period.counted_to is None:
        return None
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return percent(min(period.counted_to, last), last)

"""Progress of targets that ask for reports and evaluations: how many of those who owe one have handed it in."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from goals.models import Target
from goals.models.plans import TargetPeriod
from goals.queries.by_hand import ByHand, UnitReading, is_per_unit
from goals.queries.report_status import Duty
from goals.rules.readings import Reading, State, share
from goals.rules.reports import Status

_STATES = {
    Status.FILED: State.MET,
    Status.LATE: State.LATE,
    Status.RETURNED: State.NOT_MET,
    Status.MISSING: State.MISSED,
    Status.NOT_DUE: State.NOT_DUE,
}
HANDED_IN = (Status.FILED, Status.LATE)
_WORST_FIRST = (Status.MISSING, Status.RETURNED, Status.NOT_DUE, Status.LATE, Status.FILED)


def progress(target: Target, duties: Sequence[Duty], *, on: date) -> ByHand:
    """The headline is of the latest year that has begun; each unit's reading is of that year too."""
    years = sorted({duty.year for duty in duties})
    begun = [year for year in years if year <= on.year] or years[:1]
    readings = tuple(_of_year([duty for duty in duties if duty.year == year], year, on=on) for year in begun)
    if not readings:
        # Whoever looks owes nothing for it: the plan's own region does.
        return ByHand(Reading(State.NONE_DUE, on, part=0, whole=0))
    latest = [duty for duty in duties if duty.year == begun[-1]]
    units = tuple(UnitReading(duty.region, _of_duty(duty, on=on)) for duty in latest)
    annual = readings if target.period_kind == TargetPeriod.ANNUAL else ()
    return ByHand(readings[-1], annual, units if is_per_unit(target) else ())


def _of_year(duties: Sequence[Duty], year: int, *, on: date) -> Reading:
    if len(duties) == 1:
        return _of_duty(duties[0], on=on)
    found = Counter(duty.status for duty in duties)
    done = sum(found[status] for status in HANDED_IN)
    worst = next(status for status in _WORST_FIRST if found[status])
    return Reading(
        _STATES[worst],
        on,
        year=year,
        actual=share(done, len(duties)),
        part=done,
        whole=len(duties),
        due_on=duties[0].due_on,
    )


def _of_duty(duty: Duty, *, on: date) -> Reading:
    handed_in = duty.report.handed_in_on if duty.report else None
    return Reading(_STATES[duty.status], on, year=duty.year, done_on=handed_in, due_on=duty.due_on)

"""Refusals of `goals`."""

from registry.errors import Conflict


class RegionsNotLoaded(Conflict):
    """Plans belong to regions that are not there yet; `regions` names their codes."""

    code = "regions_not_loaded"


class ReportInState(Conflict):
    """The report is no longer where this step begins; `state` is where it is."""

    code = "report_in_state"


class ReportChanged(Conflict):
    """Somebody else saved this section since it was opened; `section` is its name."""

    code = "report_changed"


class FiguresNotCounted(Conflict):
    """The period is new and its people are still being counted: figures of a part are never frozen."""

    code = "figures_not_counted"


class BulletinIssued(Conflict):
    """An issued bulletin is not changed any more; `number` is its document number."""

    code = "bulletin_issued"

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


class PlanSeeded(Conflict):
    """The plan comes with the register: its text is the document's, and nobody edits or withdraws it here."""

    code = "plan_seeded"


class PlanNotDraft(Conflict):
    """The plan is in force or was withdrawn: it is no longer edited."""

    code = "plan_not_draft"


class PlanWithdrawn(Conflict):
    """The plan was withdrawn already."""

    code = "plan_withdrawn"


class PlanNotInForce(Conflict):
    """Only of a plan in force figures are reported and targets split."""

    code = "plan_not_in_force"


class PlanTitleTaken(Conflict):
    """The region has a plan of this title already; `field` is where it was typed."""

    code = "plan_title_taken"


class PlanWithoutTargets(Conflict):
    """A plan that asks for nothing cannot be put in force."""

    code = "plan_without_targets"


class TargetCounted(Conflict):
    """The register counts this target itself: nobody enters its figure."""

    code = "target_counted"


class FigureUndone(Conflict):
    """The reported figure was undone already."""

    code = "figure_undone"


class TargetIndivisible(Conflict):
    """A share, a day, or what is asked for each person or unit is the same everywhere: there is nothing to split."""

    code = "target_indivisible"


class NothingToSplit(Conflict):
    """Nobody gave the region a share of this target yet; `region` is its code."""

    code = "nothing_to_split"


class NothingToRelease(Conflict):
    """The figures of the quarter are released already, or no quarter was kept yet."""

    code = "nothing_to_release"


class ReleaseTellsFew(Conflict):
    """Even the figure of the whole province, or its change since what was released, is about one to four people."""

    code = "release_tells_few"

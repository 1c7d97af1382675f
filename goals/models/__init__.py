from goals.models.allocations import Allocation
from goals.models.bulletins import Bulletin
from goals.models.plans import Plan, PlanPeriod, Target
from goals.models.releases import Release
from goals.models.reported_figures import ReportedFigure
from goals.models.reports import Report, ReportFiling
from goals.models.tallies import FigureDelta, FigureSnapshot, FigureTotal, Tally

__all__ = [
    "Allocation",
    "Bulletin",
    "FigureDelta",
    "FigureSnapshot",
    "FigureTotal",
    "Plan",
    "PlanPeriod",
    "Release",
    "Report",
    "ReportFiling",
    "ReportedFigure",
    "Tally",
    "Target",
]

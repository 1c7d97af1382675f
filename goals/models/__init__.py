from goals.models.allocations import Allocation
from goals.models.plans import Plan, PlanPeriod, Target
from goals.models.reported_figures import ReportedFigure
from goals.models.tallies import FigureDelta, FigureSnapshot, FigureTotal, Tally

__all__ = [
    "Allocation",
    "FigureDelta",
    "FigureSnapshot",
    "FigureTotal",
    "Plan",
    "PlanPeriod",
    "ReportedFigure",
    "Tally",
    "Target",
]

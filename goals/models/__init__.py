from goals.models.coverage import CoverageDelta, CoverageTotal, PopulationMember
from goals.models.plans import Plan, PlanPeriod, Target

__all__ = ["CoverageDelta", "CoverageTotal", "Plan", "PlanPeriod", "PopulationMember", "Target"]

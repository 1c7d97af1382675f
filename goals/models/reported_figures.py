"""Figures that another system or a person counts (docs/domain.md §2.3): entered by hand with their source and day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.plans import Target
from registry.models import Region
from registry.models.fields import PublicIdField
from registry.models.regions import NATION_CODE, in_subtrees
from registry.rules.access import Actor, Permission


class ReportedFigureQuerySet(models.QuerySet["ReportedFigure"]):
    def visible_to(self, actor: Actor) -> "ReportedFigureQuerySet":
        """Those of regions whose figures the actor reads, and the nation's averages, which are published."""
        if actor.is_system:
            return self
        own = in_subtrees("region__path", actor.scope(Permission.FIGURES_READ).region_paths)
        return self.filter(own | Q(region__code=NATION_CODE))

    def standing(self) -> "ReportedFigureQuerySet":
        """Those that were not undone."""
        return self.filter(undone_on__isnull=True)


class ReportedFigure(models.Model):
    """One figure of a target in a region as of a day; the latest standing one by `as_of` holds.

    A number, or for a target with a date the day on which it was done. Of the nation's average, which some targets are
    compared with (T18), the region is the nation.
    """

    public_id = PublicIdField()
    target = models.ForeignKey(Target, models.CASCADE, related_name="reported")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    # Of a yearly target; empty for the whole of its years.
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    value = models.DecimalField(_("数值"), max_digits=14, decimal_places=4, null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    as_of = models.DateField(_("截至日期"))
    source = models.CharField(_("来源"), max_length=160)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)
    undone_on = models.DateField(_("撤销日期"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=50, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=120, blank=True)

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, done_on__isnull=True)
                | Q(value__isnull=True, done_on__isnull=False),
                name="goals_reported_figure_or_day",
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_reason="")
                | (Q(undone_on__isnull=False) & ~Q(undone_reason="")),
                name="goals_reported_undone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"ReportedFigure {self.public_id}"

"""How many people a region should have in the national system: a figure of the federation, with its document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Region


class PopulationFigure(models.Model):
    """Holders of a 残疾人证 of employment age (应录入人数) in a region on a day; a later day's figure follows it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="population_figures")
    on = models.DateField(_("截止日期"))
    people = models.PositiveIntegerField(_("应录入人数"))
    document = models.CharField(_("依据文件"), max_length=120)
    recorded_by = models.CharField(_("登记人"), max_length=50)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "on"], name="courses_population_figure_a_day"),
            models.CheckConstraint(condition=Q(people__gt=0), name="courses_population_figure_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"PopulationFigure {self.pk}"

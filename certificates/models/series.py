"""Number series: the last number taken per base and year, so that numbers have no gap."""

from django.db import models

from registry.models import TrainingBase


class NumberSeries(models.Model):
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="number_series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "year"], name="certificates_series_once")]

    def __str__(self) -> str:
        return f"{self.base_id} {self.year} {self.last}"

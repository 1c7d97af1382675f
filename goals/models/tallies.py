"""Figures kept in step with the facts: what each person adds to a period, and the sums of regions.

A write appends deltas for the leaf region only; `fold` adds them to the totals of every ancestor. What is
read is totals plus unfolded deltas, so it is exact at every commit, and no two writers wait for the row of
the nation (docs/adr/0003-counts-by-deltas.md).

`counts` maps measures (rules/measures.py, docs/indicators.md) to whole numbers; a measure of 0 is left out.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.plans import PlanPeriod
from registry.models import Person, Region
from registry.rules.access import Actor


class TallyQuerySet(models.QuerySet["Tally"]):
    def visible_to(self, actor: Actor) -> "TallyQuerySet":
        """Tallies of people that the actor may see as people."""
        return self if actor.is_system else self.filter(person__in=Person.objects.visible_to(actor))

    def members(self) -> "TallyQuerySet":
        """Those in the population of the two-skills goal."""
        return self.filter(joined_on__isnull=False)


class Tally(models.Model):
    """What one person adds to the figures of one period; nobody who adds nothing has a row.

    In the population of the two-skills goal since `joined_on`: when the four conditions first held; stays to the
    period's end. All is as last counted, in the transaction of the fact; the latest `counted_on` of a person's rows says
    by which day.
    """

    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="tallies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tallies")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    counted_on = models.DateField(_("统计日期"))
    joined_on = models.DateField(_("纳入日期"), null=True)
    skills = models.PositiveSmallIntegerField(_("技能门数"), default=0)
    counts = models.JSONField(default=dict)
    # What the person is counted under besides: "sex:male", "age:25-34", "hardship:graduate".
    cells = models.JSONField(default=list)
    # What only a part of the person's training adds: {"category:massage": counts, "base:12": counts}.
    parts = models.JSONField(default=dict)

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="goals_tally_once_per_period")
        ]
        indexes = [
            models.Index(
                fields=["period", "region", "skills"],
                name="goals_tally_member_skills",
                condition=models.Q(joined_on__isnull=False),
            ),
            models.Index(fields=["region", "period", "person"], name="goals_tally_region_person"),
        ]

    def __str__(self) -> str:
        return f"Tally {self.pk}"


class Counts(models.Model):
    """Sums of a region under one cell; the cell "" is everybody."""

    period = models.ForeignKey(PlanPeriod, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    cell = models.CharField(max_length=40, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        abstract = True


class FigureDelta(Counts):
    """A change in one leaf region that the totals do not hold yet."""

    class Meta:
        indexes = [models.Index(fields=["period", "cell", "region"], name="goals_delta_place")]

    def __str__(self) -> str:
        return f"FigureDelta {self.pk}"


class FigureTotal(Counts):
    """Folded counts of a region with all below it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "region", "cell"], name="goals_total_once")]

    def __str__(self) -> str:
        return f"FigureTotal {self.pk}"


class FigureSnapshot(models.Model):
    """The counts of a region at the end of a month, as they were then; never counted again.

    `taken_on` is later than the day after `month_end` only where the register did not run yet: then they were
    reconstructed from the dates of what is recorded.
    """

    period = models.ForeignKey(PlanPeriod, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    month_end = models.DateField(_("月末"))
    counts = models.JSONField(default=dict)
    # The definitions in force when it was taken (rules/indicators.py).
    definitions = models.PositiveSmallIntegerField()
    taken_on = models.DateField()

    class Meta:
        ordering = ["month_end"]
        constraints = [
            models.UniqueConstraint(fields=["period", "region", "month_end"], name="goals_snapshot_once")
        ]

    def __str__(self) -> str:
        return f"FigureSnapshot {self.pk}"

"""The two-skills goal in numbers: who is in the population, and how many skills the people of each region
have.

A write appends deltas for the leaf region only; `fold` adds them to the totals of every ancestor. What is
read is totals plus unfolded deltas, so it is exact at every commit, and no two writers wait for the row of
the nation.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.plans import PlanPeriod
from registry.models import Person, Region
from registry.rules.access import Actor


class PopulationMemberQuerySet(models.QuerySet["PopulationMember"]):
    def visible_to(self, actor: Actor) -> "PopulationMemberQuerySet":
        """Members that the actor may see as people."""
        return self if actor.is_system else self.filter(person__in=Person.objects.visible_to(actor))


class PopulationMember(models.Model):
    """One person in the population of a period: joined when the four conditions first held, stays to its end.

    `skills` and `region` are as last counted, by what held on `counted_on`; they change in the transaction of
    the certificate or the move. A row goes only when the record of the past is corrected so that the person
    never joined.
    """

    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="populations")
    joined_on = models.DateField(_("纳入日期"))
    counted_on = models.DateField(_("统计日期"))
    skills = models.PositiveSmallIntegerField(_("技能门数"), default=0)
    region = models.ForeignKey(Region, models.PROTECT, related_name="population")

    objects = PopulationMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="goals_member_once_per_period")
        ]
        indexes = [models.Index(fields=["period", "region", "skills"], name="goals_member_region_skills")]

    def __str__(self) -> str:
        return f"PopulationMember {self.pk}"


class Counts(models.Model):
    """People in the population, with exactly one skill, with two or more."""

    period = models.ForeignKey(PlanPeriod, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    people = models.IntegerField()
    one_skill = models.IntegerField()
    two_skills = models.IntegerField()

    class Meta:
        abstract = True


class CoverageDelta(Counts):
    """A change in one leaf region that the totals do not hold yet."""

    class Meta:
        indexes = [models.Index(fields=["period", "region"], name="goals_delta_region")]

    def __str__(self) -> str:
        return f"CoverageDelta {self.pk}"


class CoverageTotal(Counts):
    """Folded counts of a region with all below it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "region"], name="goals_total_once")]

    def __str__(self) -> str:
        return f"CoverageTotal {self.pk}"

"""The cascade (逐级分解, docs/domain.md §2.2 T07): what each region has to reach of a target of the plan above it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.plans import Target
from registry.models import Region
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, actor: Actor) -> "AllocationQuerySet":
        """What regions were given whose figures the actor reads."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.FIGURES_READ).region_paths))


class Allocation(models.Model):
    """The part of a target that one region answers for; its parent sets it, and it may split it among its own."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="allocations")
    region = models.ForeignKey(Region, models.PROTECT, related_name="allocations")
    value = models.DecimalField(_("分解数"), max_digits=14, decimal_places=4)
    set_on = models.DateField(_("分解日期"))
    set_by = models.CharField(_("分解人"), max_length=50)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["region__code"]
        constraints = [
            models.UniqueConstraint(fields=["target", "region"], name="goals_allocation_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="goals_allocation_not_negative"),
        ]

    def __str__(self) -> str:
        return f"Allocation {self.pk}"

"""Statistics that left the federation: tables with small counts held back, frozen as they were released."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.plans import PlanPeriod
from registry.models import Region
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class ReleaseKind(models.TextChoices):
    OPEN = "open", _("公开发布")
    HANDED_OUT = "handed_out", _("对外提供")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Actor) -> "ReleaseQuerySet":
        """Those of the regions whose figures the actor reads; what is open anyone reads by `open()`."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.FIGURES_READ).region_paths))

    def open(self) -> "ReleaseQuerySet":
        """What a federation decided to publish."""
        return self.filter(kind=ReleaseKind.OPEN)


class Release(models.Model):
    """One indicator of a province and all below it as of a day. Whoever asks gets a part of it, nothing else.

    One table for everybody: two tables that hid other regions would together tell what each hides. Later ones are held
    against it (rules/releases.py), so it is never changed or deleted.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("种类"), max_length=10, choices=ReleaseKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="+")
    # A key of rules/indicators.py, and the version of its definition then.
    indicator = models.CharField(_("指标"), max_length=40)
    definition = models.PositiveSmallIntegerField(_("定义版本"))
    as_of = models.DateField(_("截至日期"))
    # {"regions": [{code, name, level, parent}], "counts": {breakdown: {"cells": [...], "shown": {code: [counts]}}}}
    table = models.JSONField()
    released_on = models.DateField(_("发布日期"))
    released_by = models.CharField(_("发布人"), max_length=50)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "period", "indicator", "kind", "as_of"], name="goals_release_once"
            )
        ]

    def __str__(self) -> str:
        return f"Release {self.public_id}"

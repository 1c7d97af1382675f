"""Bulletins (通报): the units below a region compared by their figures, issued under a number (docs/domain.md T32)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.plans import Plan, PlanPeriod
from registry.models import Region
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class BulletinState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("已印发")


class Line(models.TextChoices):
    """What a unit's rate is held against."""

    AVERAGE = "average", _("本地区平均完成率")
    ELAPSED = "elapsed", _("时间进度")
    FULL = "full", _("全部完成（100%）")


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, actor: Actor) -> "BulletinQuerySet":
        """Issued ones go to the region, to all above, and to every unit below: their figures in it are meant for them.

        A draft is for the region itself.
        """
        if actor.is_system:
            return self
        paths = actor.scope(Permission.FIGURES_READ).region_paths
        above = [f"{path[:end]}/" for path in paths for end, sign in enumerate(path) if sign == "/"]
        issued = Q(state=BulletinState.ISSUED)
        readers = Q(region__path__in=above) | in_subtrees("region__path", paths)
        return self.filter(issued & readers | Q(region__path__in=paths))

    def addressed_to(self, actor: Actor) -> "BulletinQuerySet":
        """Bulletins of the very federations in which the actor decides."""
        if actor.is_system:
            return self
        return self.filter(region__path__in=actor.scope(Permission.REPORT_DECIDE).region_paths)


class Bulletin(models.Model):
    """Its figures are frozen when it is drafted, so that what is issued is what was read before."""

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="bulletins")
    region = models.ForeignKey(Region, models.PROTECT, related_name="bulletins")
    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT
    )
    title = models.CharField(_("标题"), max_length=120)
    opening = models.TextField(_("开头"), max_length=2_000, blank=True)
    request = models.TextField(_("工作要求"), max_length=2_000, blank=True)
    # Codes of targets and keys of indicators, in the order in which they are shown.
    items = models.JSONField(_("通报的指标"))
    line = models.CharField(_("对照线"), max_length=8, choices=Line.choices)
    month_end = models.DateField(_("数据截至"), null=True, blank=True)
    as_of = models.DateField(_("数据截至"))
    # Built by queries/bulletins.py.
    figures = models.JSONField()
    drafted_on = models.DateField(_("起草日期"))
    drafted_by = models.CharField(_("起草人"), max_length=50)
    drafter_id = models.BigIntegerField(null=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True)
    issued_by = models.CharField(_("签发人"), max_length=50, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"], condition=~Q(number=""), name="goals_bulletin_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_on__isnull=True, number="")
                | (Q(state="issued", issued_on__isnull=False) & ~Q(number="")),
                name="goals_bulletin_issued_with_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulletin {self.public_id}"

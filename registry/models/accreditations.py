"""Accreditations (挂牌) of bases, and their suspensions (暂停)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.bases import BaseCategoryKind, BaseKind, TrainingBase
from registry.models.federations import Federation


class AccreditationLevel(models.TextChoices):
    NATIONAL = "national", _("国家级")
    PROVINCIAL = "provincial", _("省级")
    PREFECTURAL = "prefectural", _("市级")
    COUNTY = "county", _("县级")


LEVEL_OF_REGION = {
    "nation": AccreditationLevel.NATIONAL,
    "province": AccreditationLevel.PROVINCIAL,
    "prefecture": AccreditationLevel.PREFECTURAL,
    "county": AccreditationLevel.COUNTY,
}
"""A federation grants plaques of its own level only."""


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def held(self, on: date) -> "AccreditationQuerySet":
        """Within its term and not taken down: a suspended plaque is still held."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=on),
            granted_on__lte=on,
        )

    def in_force(self, on: date) -> "AccreditationQuerySet":
        return self.held(on).exclude(pk__in=Suspension.objects.running(on).values("accreditation"))


class Accreditation(models.Model):
    """One grant of the plaque (挂牌). History is kept: a renewal is a new row, a removal (摘牌) closes one."""

    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="accreditations")
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="accreditations")
    # What it was granted for: the base may teach more, or become another kind, later.
    kind = models.CharField(_("基地类型"), max_length=16, choices=BaseKind.choices, default=BaseKind.TRAINING)
    level = models.CharField(_("级别"), max_length=12, choices=AccreditationLevel.choices)
    plaque_number = models.CharField(_("牌匾编号"), max_length=40)
    granted_on = models.DateField(_("挂牌日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    revoked_on = models.DateField(_("摘牌日期"), null=True, blank=True)
    revoked_reason = models.CharField(_("摘牌原因"), max_length=200, blank=True)
    document = models.CharField(_("文件"), max_length=120, blank=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("granted_on")),
                name="registry_accreditation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["federation", "plaque_number"], name="registry_plaque_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.plaque_number

    def is_held(self, on: date) -> bool:
        """Within its term and not taken down."""
        return (
            self.granted_on <= on
            and (self.valid_until is None or self.valid_until >= on)
            and (self.revoked_on is None or self.revoked_on > on)
        )

    def suspension_on(self, on: date) -> "Suspension | None":
        """The suspension that covers the day; prefetch `suspensions` for lists."""
        return next((one for one in self.suspensions.all() if one.is_running(on)), None)

    def is_in_force(self, on: date) -> bool:
        return self.is_held(on) and self.suspension_on(on) is None


class AccreditationCategory(models.Model):
    """One of the categories that a plaque was granted for."""

    accreditation = models.ForeignKey(Accreditation, models.CASCADE, related_name="categories")
    category = models.CharField(_("类别"), max_length=16, choices=BaseCategoryKind.choices)

    class Meta:
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(
                fields=["accreditation", "category"], name="registry_accreditation_category_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def running(self, on: date) -> "SuspensionQuerySet":
        """Those that cover the day: from the first day to the last, which lifting it brings forward."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Suspension(models.Model):
    """A time in which a plaque does not count: the base may neither file nor start cohorts."""

    accreditation = models.ForeignKey(Accreditation, models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(_("暂停开始"))
    ends_on = models.DateField(_("暂停到"), null=True, blank=True)
    reason = models.CharField(_("暂停原因"), max_length=200)
    lifted_on = models.DateField(_("恢复日期"), null=True, blank=True)
    lifted_reason = models.CharField(_("恢复原因"), max_length=200, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        # Lifted before it began it covers no day: its last day then lies before its first.
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=False)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="registry_suspension_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"

    def is_running(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

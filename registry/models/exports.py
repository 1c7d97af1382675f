"""Exports (数据导出): which file of personal data left the register, why, for whom, and with what in clear."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.fields import PublicIdField
from registry.models.regions import Region, in_subtrees
from registry.rules.access import Actor, Permission


class ExportPurpose(models.TextChoices):
    """What a federation may hand data out for (个人信息保护法 §6: a clear purpose, the least that it needs)."""

    NATIONAL_SYSTEM = "national_system", _("录入全国残疾人就业和职业培训信息管理系统")
    SUPERVISION = "supervision", _("上级检查和报表")
    COMPARISON = "comparison", _("部门间数据比对")
    FUNDS = "funds", _("资金审核和拨付")
    ACCOUNTING = "accounting", _("审计和纪检")
    SERVICE = "service", _("就业和培训服务")
    STATISTICS = "statistics", _("统计监测和信息公开")


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, actor: Actor) -> "ExportQuerySet":
        """Exports of the regions whose data the actor hands out, or whose audit trail the actor reads."""
        if actor.is_system:
            return self
        paths = actor.scope(Permission.DATA_EXPORT).region_paths
        return self.filter(
            in_subtrees("region__path", paths + actor.scope(Permission.AUDIT_READ).region_paths)
        )


class Export(models.Model):
    """One file that was made to be handed out. The row stays when the file is long gone."""

    # Printed in the file itself, so that a copy found somewhere leads back to this row.
    public_id = PublicIdField()
    # Which kind of file: "cohort_roster"; its words are "export.cohort_roster" of `settings.WORDS`.
    about = models.CharField(_("内容"), max_length=40)
    # The public id of the one thing it is about, such as a cohort; empty for a whole region's.
    subject_id = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    purpose = models.CharField(_("用途"), max_length=20, choices=ExportPurpose.choices)
    recipient = models.CharField(_("接收单位"), max_length=80)
    # Labels of the file's columns, and those personal ones among them that were not masked.
    fields = models.JSONField(_("字段"))
    in_clear = models.JSONField(_("完整给出的个人信息"), default=list)
    rows = models.PositiveIntegerField(_("行数"))
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    exported_on = models.DateField(_("导出日期"))
    exported_by = models.CharField(_("导出人"), max_length=50)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(recipient=""), name="registry_export_has_recipient")
        ]

    def __str__(self) -> str:
        return f"Export {self.public_id}"

"""What the public tells about certificates that look wrong, until a federation has dealt with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from registry.models import Region
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class ReportReason(models.TextChoices):
    """What the reporter found; the value is stored, so it never changes."""

    PAPER_DIFFERS = "paper_differs", _("纸上或图片上的内容与查验页不一致")
    OTHER_PERSON = "other_person", _("出示证书的人不是持证人")
    OTHER_SITE = "other_site", _("二维码打开的不是本网站")
    NOT_TRAINED = "not_trained", _("持证人没有参加培训")
    WRONG_CONTENT = "wrong_content", _("证书内容写错了")
    OTHER = "other", _("其他问题")


class CertificateReportQuerySet(models.QuerySet["CertificateReport"]):
    def visible_to(self, actor: Actor) -> "CertificateReportQuerySet":
        """Those of the regions where the actor may suspend and withdraw; never the base that is reported."""
        if actor.is_system:
            return self
        return self.filter(
            in_subtrees("region__path", actor.scope(Permission.CERTIFICATE_WITHDRAW).region_paths)
        )

    def waiting(self) -> "CertificateReportQuerySet":
        return self.filter(closed_on__isnull=True)


class CertificateReport(models.Model):
    public_id = PublicIdField()
    # As it was reported; a forged paper has a code that no certificate has.
    code = models.CharField(_("验证码"), max_length=12)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="reports")
    # Whose federations deal with it: the base's region, or the topmost one's where there is no certificate.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    reason = models.CharField(_("问题"), max_length=16, choices=ReportReason.choices)
    # People write names and numbers here, so it is sealed like everything personal.
    text = SealedTextField(_("说明"), blank=True, default="")
    # Forgotten once the report is closed.
    contact = SealedTextField(_("联系方式"), blank=True, default="")
    made_on = models.DateField(_("提交日期"))
    closed_on = models.DateField(_("办结日期"), null=True)
    closed_by = models.CharField(_("办理人"), max_length=50, blank=True)
    note = SealedTextField(_("办理结果"), blank=True, default="")

    objects = CertificateReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by="")
                | (Q(closed_on__isnull=False) & ~Q(closed_by="")),
                name="certificates_report_closed_by_someone",
            )
        ]
        indexes = [
            models.Index(
                fields=["region"], name="certificates_reports_waiting", condition=Q(closed_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"CertificateReport {self.public_id}"

"""Evidence (佐证材料): scanned papers and photos that a claim, an application or a record rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.bases import TrainingBase
from registry.models.fields import PublicIdField, SealedBytesField, SealedTextField
from registry.models.regions import Region, placed_in
from registry.rules.access import Actor, Permission


class MediaType(models.TextChoices):
    """What a phone or a scanner makes; what a file is, is read from its first bytes, never from its name."""

    PDF = "application/pdf", _("PDF 文件")
    JPEG = "image/jpeg", _("JPEG 图片")
    PNG = "image/png", _("PNG 图片")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, actor: Actor) -> "EvidenceQuerySet":
        """Evidence of the actor's subtrees and of the actor's own bases."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.EVIDENCE_READ)
        return self.filter(placed_in(scope))

    def about(self, subject: models.Model) -> "EvidenceQuerySet":
        """What was handed in for this row, without the bytes."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).defer("data")


class Evidence(models.Model):
    """One file. It is never changed: a better one is added beside it. Its name may hold a person's, so it is sealed."""

    public_id = PublicIdField()
    # What it proves, as "courses.subsidyclaim" and the row's id: kept when that row's app is above this one.
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    # Who may read it: the federations of the region, and the base where it is the base's own business.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    base = models.ForeignKey(TrainingBase, models.PROTECT, null=True, related_name="+")
    name = SealedTextField(_("文件名"))
    media_type = models.CharField(_("文件类型"), max_length=20, choices=MediaType.choices)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    data = SealedBytesField(_("内容"))
    added_on = models.DateField(_("上传日期"))
    added_by = models.CharField(_("上传人"), max_length=50)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="registry_evidence_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sha256"], name="registry_evidence_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"Evidence {self.public_id}"

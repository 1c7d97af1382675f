"""Templates of certificates: how a federation words and adorns them. Each row is one version, fixed once it is in use."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.rules.templates import TemplateState, state_on
from registry.models import Account, Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class CertificateLanguage(models.TextChoices):
    """In what language, or which two, a certificate is printed."""

    ZH_HANS = "zh-hans", _("简体中文")
    ZH_HANT = "zh-hant", _("繁体中文")
    EN = "en", _("英文")
    BILINGUAL = "zh-en", _("简体中文和英文")


class TemplateImage(models.Model):
    """A logo or seal as certificates/faces/pictures.py made it. Never changed: what was printed with it prints again."""

    sha256 = models.CharField(max_length=64, unique=True)
    png = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]


class CertificateTemplateQuerySet(models.QuerySet["CertificateTemplate"]):
    def visible_to(self, actor: Actor) -> "CertificateTemplateQuerySet":
        """Templates of the federations in the actor's subtrees."""
        if actor.is_system:
            return self
        paths = actor.scope(Permission.CERTIFICATE_READ).region_paths
        return self.filter(in_subtrees("federation__region__path", paths))


class CertificateTemplate(models.Model):
    public_id = PublicIdField()
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="certificate_templates")
    # 1, 2, 3 … in the federation.
    version = models.PositiveIntegerField(_("版本"))
    language = models.CharField(_("语言"), max_length=8, choices=CertificateLanguage.choices)

    # In the language; of two, in Chinese.
    title = models.CharField(_("证书名称"), max_length=60)
    certifies = models.CharField(_("姓名前的话"), max_length=60)
    statement = models.CharField(_("姓名后的话"), max_length=200)
    instruction = models.CharField(_("二维码旁的说明"), max_length=200)
    # In English, of two languages; else empty.
    title_en = models.CharField(_("英文证书名称"), max_length=100, blank=True)
    certifies_en = models.CharField(_("英文姓名前的话"), max_length=100, blank=True)
    statement_en = models.CharField(_("英文姓名后的话"), max_length=300, blank=True)
    instruction_en = models.CharField(_("英文二维码旁的说明"), max_length=300, blank=True)

    logo = models.ForeignKey(TemplateImage, models.PROTECT, null=True, related_name="+")
    logo_alt = models.CharField(_("标志的说明"), max_length=100, blank=True)
    seal = models.ForeignKey(TemplateImage, models.PROTECT, null=True, related_name="+")
    seal_alt = models.CharField(_("印章图样的说明"), max_length=100, blank=True)

    drafted_on = models.DateField()
    drafted_by = models.CharField(max_length=50)
    # Who wrote it does not put it in use.
    drafter = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Empty in a draft. The newest of a federation that began is the one in use, until a day that ends it.
    in_use_from = models.DateField(_("启用日期"), null=True)
    approved_by = models.CharField(max_length=50, blank=True)
    ended_on = models.DateField(_("停用日期"), null=True)

    objects = CertificateTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["federation", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version"], name="certificates_template_version_once"
            ),
            models.UniqueConstraint(
                fields=["federation", "in_use_from"], name="certificates_template_one_begins_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(in_use_from__isnull=False),
                name="certificates_template_ends_only_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.federation_id} {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.in_use_from is None

    def state_on(self, on: date, *, newer_from: date | None) -> TemplateState:
        """How it stands on a day; `newer_from`: when the next of its federation begins."""
        return state_on(on, begins=self.in_use_from, ended_on=self.ended_on, newer_from=newer_from)

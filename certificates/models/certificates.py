"""Certificates that bases issue. What was printed is kept as printed; later renames never rewrite it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models.keys import SigningKey
from certificates.models.templates import CertificateLanguage, CertificateTemplate
from courses.models import Enrolment, Skill
from registry.models import Person, TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class CertificateStatus(models.TextChoices):
    """The four values of the two-bit status list, after a draft that is stored before it is signed."""

    DRAFT = "draft", _("待签发")
    ISSUED = "issued", _("有效")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "暂停")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "撤销")
    REPLACED = "replaced", _("已更换")


class ReasonClass(models.TextChoices):
    """Why a certificate changed, as the public may read it."""

    NONE = "", _("无")
    ISSUED_IN_ERROR = "issued_in_error", _("签发有误")
    REQUIREMENTS_NOT_MET = "requirements_not_met", _("未达到发证条件")
    FRAUD = "fraud", _("弄虚作假")
    HOLDER_REQUEST = "holder_request", _("持证人申请")
    UNDER_REVIEW = "under_review", _("正在核查")
    CORRECTED = "corrected", _("内容更正")


class EventVerb(models.TextChoices):
    ISSUED = "issued", _("签发")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "暂停")
    REINSTATED = "reinstated", pgettext_lazy("certificate", "恢复")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "撤销")
    REPLACED = "replaced", _("更正换发")
    PRINTED = "printed", _("打印")
    CORRECTION_ASKED = "correct_asked", _("申请更正")
    WITHDRAWAL_ASKED = "withdraw_asked", _("申请撤销")
    REINSTATEMENT_ASKED = "reinstate_asked", _("申请恢复")
    CHANGE_APPROVED = "change_approved", _("批准更改")
    CHANGE_REFUSED = "change_refused", _("不批准更改")
    CHANGE_UNDONE = "change_undone", _("撤回更改")
    CHANGE_DROPPED = "change_dropped", _("更改没有生效")


ALLOWED = {
    EventVerb.SUSPENDED: (CertificateStatus.ISSUED,),
    EventVerb.REINSTATED: (CertificateStatus.SUSPENDED,),
    EventVerb.WITHDRAWN: (CertificateStatus.ISSUED, CertificateStatus.SUSPENDED),
    EventVerb.REPLACED: (CertificateStatus.ISSUED,),
}
"""From which status each leads on; whatever was withdrawn or replaced stays so."""


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> "CertificateQuerySet":
        """Certificates of the bases the actor reads, and of the people managed in the actor's subtrees."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.CERTIFICATE_READ)
        return self.filter(
            in_subtrees("base__region__path", scope.region_paths)
            | in_subtrees("person__region__path", scope.region_paths)
            | Q(base_id__in=scope.base_ids)
        )

    def numbered(self) -> "CertificateQuerySet":
        """Those that were ever issued, in force or not: a draft is nobody's yet."""
        return self.exclude(status=CertificateStatus.DRAFT)

    def in_force(self) -> "CertificateQuerySet":
        return self.filter(status=CertificateStatus.ISSUED)

    def held_on(self, on: date) -> "CertificateQuerySet":
        """In force, for a skill held by this day: a corrected certificate counts from the first one's issue."""
        first = Q(first_issued_on__isnull=True, issued_on__lte=on) | Q(first_issued_on__lte=on)
        return self.in_force().filter(first)


class Certificate(models.Model):
    public_id = PublicIdField()
    # Without a gap within base and year, so taken last: a draft has none.
    number = models.CharField(_("证书编号"), max_length=24, unique=True, null=True)
    # Random; opens the public page. See docs/certificate-format.md.
    code = models.CharField(_("验证码"), max_length=16, unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="certificates")
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="certificates")

    # As printed.
    # None: the built-in words (faces/built_in.py).
    template = models.ForeignKey(CertificateTemplate, models.PROTECT, null=True, related_name="certificates")
    language = models.CharField(
        max_length=8, choices=CertificateLanguage.choices, default=CertificateLanguage.ZH_HANS
    )
    title = models.CharField(_("证书名称"), max_length=60)
    holder_name = models.CharField(_("持证人"), max_length=50)
    course_name = models.CharField(_("培训项目"), max_length=80)
    skill_name = models.CharField(_("技能"), max_length=80)
    skill_name_en = models.CharField(_("技能英文名"), max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(_("等级"), default=0)
    hours = models.PositiveSmallIntegerField(_("课时"))
    starts_on = models.DateField(_("开班日期"))
    ends_on = models.DateField(_("结业日期"))
    issued_on = models.DateField(_("发证日期"))
    base_name = models.CharField(_("培训单位"), max_length=80)
    issuer_name = models.CharField(_("监制单位"), max_length=80, blank=True)

    status = models.CharField(_("状态"), max_length=10, choices=CertificateStatus.choices)
    reason_class = models.CharField(_("原因"), max_length=24, choices=ReasonClass.choices, blank=True)
    status_since = models.DateField(_("状态日期"))
    # Position in the status list: random and never reused (rules/status_indexes.py); signed into the QR.
    status_index = models.PositiveIntegerField(unique=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("更换自")
    )
    # Of a replacement: when the first of the chain was issued. The skill is held since then.
    first_issued_on = models.DateField(_("首次发证日期"), null=True, blank=True)
    # Made for printing by staff; the history tells of each.
    copies = models.PositiveIntegerField(_("打印份数"), default=0)

    # The signature: empty only in a draft. Decimal digits that follow "#" in the QR.
    signing_key = models.ForeignKey(SigningKey, models.PROTECT, null=True, related_name="certificates")
    fragment = models.CharField(max_length=800, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            # Asking again gives the same certificate: an enrolment has one that was not replaced.
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=~Q(status=CertificateStatus.REPLACED),
                name="certificates_one_current_per_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=CertificateStatus.DRAFT, number__isnull=True, fragment="", signing_key__isnull=True
                )
                | (
                    ~Q(status=CertificateStatus.DRAFT)
                    & Q(number__isnull=False)
                    & ~Q(fragment="")
                    & Q(signing_key__isnull=False)
                ),
                name="certificates_numbered_and_signed_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="certificates_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "skill"],
                name="certificates_in_force",
                condition=Q(status=CertificateStatus.ISSUED),
            )
        ]

    def __str__(self) -> str:
        return self.number or f"Certificate {self.public_id}"


class CertificateEvent(models.Model):
    """One step in a certificate's life: what happened, why in public, why in full."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=20, choices=EventVerb.choices)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    actor_name = models.CharField(max_length=50)
    reason_class = models.CharField(max_length=24, choices=ReasonClass.choices, blank=True)
    # For staff only.
    note = models.CharField(_("内部说明"), max_length=300, blank=True)
    # Of a printing: which copy it was, from 1.
    copy = models.PositiveIntegerField(_("第几份"), null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.certificate_id}"

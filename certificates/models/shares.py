"""Share links (分享链接): what a holder lets an employer see, and for how long."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from registry.models import Person
from registry.models.fields import PublicIdField, SealedTextField


class ShareQuerySet(models.QuerySet["Share"]):
    def in_force(self, on: date) -> "ShareQuerySet":
        return self.filter(ended_on__isnull=True, expires_on__gte=on)


class Share(models.Model):
    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares")
    certificates = models.ManyToManyField(Certificate, related_name="shares")
    # Found by its digest; sealed as well, because the holder is shown the link again.
    digest = models.BinaryField(max_length=32, unique=True)
    token = SealedTextField()
    # Where somebody looks for work is nobody else's business, so this is sealed too.
    label = SealedTextField(_("备注"), blank=True, default="")
    shows_full_name = models.BooleanField(_("显示全名"), default=False)
    made_on = models.DateField(_("生成日期"))
    expires_on = models.DateField(_("有效期至"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Share {self.public_id}"

    def is_open(self, on: date) -> bool:
        """Whether the link still shows anything."""
        return self.ended_on is None and on <= self.expires_on


class ShareOpening(models.Model):
    """How often a share was opened on one day: never by whom."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="openings")
    on = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["share", "on"], name="certificates_share_opening_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.times}"

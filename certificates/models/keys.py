"""Public half of the signing keys; the private half lives in the key store, never in the database."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Federation


class KeyState(models.TextChoices):
    ACTIVE = "active", _("使用中")
    RETIRED = "retired", _("已停用")
    COMPROMISED = "compromised", _("已泄露")


class SigningKey(models.Model):
    """An ES256 key; rotation retires it, and what it signed in its window keeps verifying."""

    kid = models.CharField(max_length=32, unique=True)
    # JWK coordinates, base64url.
    x = models.CharField(max_length=43)
    y = models.CharField(max_length=43)
    owner = models.ForeignKey(Federation, models.PROTECT, related_name="signing_keys")
    not_before = models.DateField(_("启用日期"))
    not_after = models.DateField(_("停用日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=KeyState.choices, default=KeyState.ACTIVE)
    compromised_from = models.DateField(_("泄露起始日期"), null=True, blank=True)

    class Meta:
        ordering = ["not_before", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_after__isnull=True) | Q(not_after__gte=F("not_before")),
                name="certificates_key_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state=KeyState.COMPROMISED, compromised_from__isnull=False)
                | (~Q(state=KeyState.COMPROMISED) & Q(compromised_from__isnull=True)),
                name="certificates_key_compromised_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.kid

"""Public half of the signing keys; the private half lives in the key store, never in the database."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Federation


class KeyPurpose(models.TextChoices):
    """What a key may sign; a verifier accepts nothing else from it."""

    CERTIFICATE = "certificate", _("签发证书")
    """A federation's, ES256: the certificates of its region."""
    SERVICE = "service", _("签发密钥名单和状态表")
    """The installation's, ES256: the trust bundle and the status lists."""
    CREDENTIAL = "credential", _("签发导出的证书")
    """The installation's, Ed25519: certificates exported as Open Badges."""


class KeyState(models.TextChoices):
    NEXT = "next", _("待启用")
    """Published so that verifiers know it beforehand; signs nothing yet."""
    ACTIVE = "active", _("使用中")
    RETIRED = "retired", _("已停用")
    COMPROMISED = "compromised", _("已泄露")


class SigningKey(models.Model):
    """A key of a federation or of the installation; retired, what it signed in its window keeps verifying."""

    kid = models.CharField(max_length=32, unique=True)
    purpose = models.CharField(
        _("用途"), max_length=12, choices=KeyPurpose.choices, default=KeyPurpose.CERTIFICATE
    )
    # JWK coordinates, base64url; an Ed25519 key has no y.
    x = models.CharField(max_length=43)
    y = models.CharField(max_length=43, blank=True)
    # Empty for a key of the installation itself.
    owner = models.ForeignKey(Federation, models.PROTECT, null=True, blank=True, related_name="signing_keys")
    # The first and last issue date it may sign. A next key's window is open already: once it takes over,
    # verifiers that learnt of it long ago accept what it signs.
    not_before = models.DateField(_("启用日期"))
    not_after = models.DateField(_("停用日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=KeyState.choices, default=KeyState.ACTIVE)
    compromised_from = models.DateField(_("泄露起始日期"), null=True, blank=True)
    # When anything about any key last changed decides whether a published bundle is still the present one.
    changed_at = models.DateTimeField(auto_now=True)

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
            models.CheckConstraint(
                condition=Q(purpose=KeyPurpose.CERTIFICATE, owner__isnull=False)
                | (~Q(purpose=KeyPurpose.CERTIFICATE) & Q(owner__isnull=True)),
                name="certificates_key_of_federation_or_installation",
            ),
        ]

    def __str__(self) -> str:
        return self.kid

    @property
    def owner_name(self) -> str:
        """The federation as certificates name it; empty for a key of the installation itself."""
        return self.owner.public_name if self.owner else ""

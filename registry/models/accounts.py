"""Accounts, the roles they hold in organisations, and the tokens with which programmes sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.bases import TrainingBase
from registry.models.federations import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees, of_bases_in
from registry.rules.access import BASE_ROLES, FEDERATION_ROLES, Actor, Permission, Role

ROLE_NAMES = {
    Role.FEDERATION_OFFICER: _("残联经办人"),
    Role.APPROVER: _("残联审批人"),
    Role.COUNSELLOR: _("就业辅导员"),
    Role.EXAMINER: _("考评员"),
    Role.AUDITOR: _("审计员"),
    Role.READ_ONLY: _("只读"),
    Role.BASE_MANAGER: _("基地负责人"),
    Role.TRAINER: _("培训教师"),
}


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)

    def visible_to(self, actor: Actor) -> models.QuerySet["Account"]:
        """Accounts that hold, or held, a role in an organisation whose accounts the actor manages."""
        if actor.is_system:
            return self.all()
        scope = actor.scope(Permission.ACCOUNT_MANAGE)
        members = Membership.objects.filter(
            in_subtrees("federation__region__path", scope.region_paths) | of_bases_in(scope)
        )
        return self.filter(pk__in=members.values("account"))


class Account(AbstractBaseUser):
    public_id = PublicIdField()
    username = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    is_active = models.BooleanField(_("启用"), default=True)
    created_on = models.DateField(_("开通日期"))

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username


class Membership(models.Model):
    """A role held in one organisation, a federation or a training base, until it is ended."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("角色"), max_length=24, choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )
    federation = models.ForeignKey(
        Federation, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    base = models.ForeignKey(TrainingBase, models.PROTECT, null=True, blank=True, related_name="memberships")
    since = models.DateField(_("起始日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(federation__isnull=False, base__isnull=True, role__in=sorted(FEDERATION_ROLES))
                    | Q(federation__isnull=True, base__isnull=False, role__in=sorted(BASE_ROLES))
                ),
                name="registry_membership_role_fits_organisation",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "federation"],
                condition=Q(ended_on__isnull=True, federation__isnull=False),
                name="registry_membership_federation_once",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "base"],
                condition=Q(ended_on__isnull=True, base__isnull=False),
                name="registry_membership_base_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def organisation(self) -> Any:
        """The federation or the base."""
        return self.federation or self.base


class ApiToken(models.Model):
    """A bearer token for the API; only its SHA-256 is kept (the token itself has 256 random bits)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_tokens")
    label = models.CharField(_("用途"), max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("有效期至"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label

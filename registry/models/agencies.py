"""HR agencies and carriers of employment (人力资源服务机构, 就业创业载体): who else helps people into work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.bases import AccessProvision
from registry.models.fields import PublicIdField
from registry.models.regions import Region, in_subtrees
from registry.rules.access import Actor, Permission


class AgencyKind(models.TextChoices):
    HR_AGENCY = "hr_agency", _("人力资源服务机构")
    CARRIER = "carrier", _("就业创业载体")


class AgencyService(models.TextChoices):
    PLACEMENT = "placement", _("职业介绍")
    GUIDANCE = "guidance", _("职业指导")
    ASSESSMENT = "assessment", _("职业能力评估")
    TRAINING = "training", _("培训推荐")
    FLEXIBLE = "flexible", _("灵活就业服务")
    START_UP = "start_up", _("创业指导")
    INCUBATION = "incubation", _("创业孵化")
    WORKSHOP = "workshop", _("就业岗位")


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, actor: Actor) -> "AgencyQuerySet":
        """Agencies of the actor's subtrees; staff of a base see what the public sees."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.BASE_READ).region_paths))


class Agency(models.Model):
    public_id = PublicIdField()
    name = models.CharField(_("名称"), max_length=80)
    # Shown in the public directory, which does not tell whom it serves.
    public_name = models.CharField(_("公开的名称"), max_length=80)
    kind = models.CharField(_("机构类别"), max_length=12, choices=AgencyKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    services = models.JSONField(_("服务"), default=list)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    is_open = models.BooleanField(_("对外公开"), default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="registry_agency_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def service_names(self) -> list[str]:
        return [str(AgencyService(service).label) for service in self.services]


class AgencyProvision(models.Model):
    """One thing that an agency offers so that everybody can come."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="provisions")
    provision = models.CharField(_("无障碍条件"), max_length=16, choices=AccessProvision.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "provision"], name="registry_agency_provision_once")
        ]

    def __str__(self) -> str:
        return str(self.get_provision_display())
